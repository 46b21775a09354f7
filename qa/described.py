"""Speakers who are asked for by more than name and role: "the Black Lives Matter COO in Richmond"."""

import re
from collections.abc import Iterator

from index import wordlists
from index.identity import same_speaker
from index.names import expand
from index.records import Article
from index.sentences import sentence_spans
from index.statements import Statement
from qa.words import content_stems, stem, tokens

# Share of the words of a description that must stand in a sentence with the speaker's name.
LEAST = 2 / 3
# An article about a letter begins with those who signed it.
OPENING = 600
# "Ricketts and the other senators", "Robin Kelly and her colleagues", "Larson and the Connecticut delegation"
_JOINT = re.compile(r"^(?P<name>.+?),? and \S", re.IGNORECASE)
_UNNAMED_GROUP = re.compile(r"^(?:they|we|the (?:\w+ )?\w+s)$", re.IGNORECASE)
_ON_BEHALF = re.compile(r"\bspokes\w+\s+(?:for|of)\s+(?P<whose>.+)$", re.IGNORECASE)
_ROLES = wordlists.ROLE_NOUNS | wordlists.TITLES
_LONGEST_ACRONYM = 4


def is_described(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether an article describes the speaker of a statement as the question does.

    To be asked only where neither name nor role fits anybody, see ``index.identity.same_speaker``: the speaker's name
    shares a sentence with the words asked for; or it is a spokesperson of the one asked for; or somebody and others are
    asked for, who is named at the beginning, and a group without a name speaks.

    Args:
        asked: "Black Lives Matter COO in Richmond", "governor", "Ricketts and the other senators".
        statement: One that somebody made in ``article``.
        article: The article.
    """
    if joint := _JOINT.match(asked):
        return _signs(joint["name"], article) and not statement.speaker and bool(
            _UNNAMED_GROUP.match(statement.speaker_text)
        )  # fmt: skip
    if behalf := _ON_BEHALF.search(statement.role):
        return same_speaker(asked, "", behalf["whose"], "")
    if not statement.speaker or not expand(asked) & _ROLES:
        return False  # a name that is nobody's here, or nobody to describe
    wanted = set(content_stems(asked))
    return any(len(wanted & words) >= LEAST * len(wanted) for words in _descriptions(statement, article.text))


def _signs(name: str, article: Article) -> bool:
    """Return whether the last word of a name stands in the headline or the beginning of the article."""
    return set(tokens(name)[-1:]) <= set(tokens(f"{article.title} {article.deck} {article.text[:OPENING]}"))


def _descriptions(statement: Statement, text: str) -> Iterator[set[str]]:
    """Yield the stems of each sentence that names the speaker, without what is quoted of the speaker in it."""
    last_name = re.compile(rf"\b{re.escape(statement.speaker.split()[-1])}\b")
    role = _stems(statement.role)
    for start, end in sentence_spans(text):
        if last_name.search(text, start, end):
            yield role | _stems(_without(text, start, end, statement.spans))


def _without(text: str, start: int, end: int, spans: tuple[tuple[int, int], ...]) -> str:
    """Return ``text[start:end]`` without the spans."""
    kept, at = [], start
    for first, last in spans:
        if first < end and last > at:
            kept.append(text[at : max(at, first)])
            at = max(at, last)
    return " ".join([*kept, text[at:end]])


def _stems(text: str) -> set[str]:
    """Return the stems of the words, and the initials of those in a row: "coo" for "chief operating officer"."""
    words = tokens(text)
    acronyms = {
        "".join(word[0] for word in words[at : at + length])
        for length in range(2, _LONGEST_ACRONYM + 1)
        for at in range(len(words) - length + 1)
    }
    return {stem(word) for word in words} | acronyms
