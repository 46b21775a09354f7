"""Speakers who are asked for by more than name and role: "the Black Lives Matter COO in Richmond"."""

import re
from collections.abc import Iterator

from index import wordlists
from index.identity import same_speaker
from index.names import expand
from index.records import Article, Statement
from index.sentences import sentence_spans
from qa.mentions import ROLES
from qa.seats import has_seat
from qa.words import content_stems, stem, tokens

# Share of the words of a description that must stand in a sentence with the speaker's name.
LEAST = 2 / 3
# An article about a letter begins with those who signed it.
OPENING = 600
# "Ricketts and the other senators", "Robin Kelly and her colleagues", "Larson and the Connecticut delegation"
_JOINT = re.compile(r"^(?P<name>.+?),? and \S", re.IGNORECASE)
_UNNAMED_GROUP = re.compile(r"^(?:they|we|the (?:\w+ )?\w+s)$", re.IGNORECASE)
_ON_BEHALF = re.compile(
    r"\bspokes\w+\s+(?:for|of)\s+(?P<whose>.+)$|^(?P<whose_before>\S.*?)(?:['’]s)?\s+spokes\w+$", re.IGNORECASE
)
# Told apart by an article, and not by who asks: "A.P. Hill's relative" is one of his descendants.
_KIN = frozenset(
    "relative relatives family descendant descendants mother father parent parents son daughter child children wife "
    "husband spouse widow widower brother sister sibling siblings grandson granddaughter nephew niece cousin uncle "
    "aunt".split()
)
_ANYBODY = frozenset(stem(word) for word in ("woman", "man", "person", "guy", "lady", "somebody", "someone"))
_ROLES = ROLES | wordlists.DOCUMENTS | _KIN
# What an office is of: "chairman of the harbor committee"
_OF_WHAT = re.compile(r"\s(?:of|for|in|at|from|on)\s", re.IGNORECASE)
_LONGEST_ACRONYM = 4


def is_described(asked: str, statement: Statement, article: Article) -> bool:
    """Return whether an article describes the speaker of a statement as the question does.

    To be asked only where neither name nor role fits anybody, see ``index.identity.same_speaker``: the speaker has the
    seat asked for (``qa.seats``); or the speaker's name shares a sentence with the words asked for; or it is a
    spokesperson of the one asked for; or somebody and others are asked for, who is named at the beginning, and a group
    without a name speaks.

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
        return same_speaker(asked, "", behalf["whose"] or behalf["whose_before"], "")
    seated = has_seat(asked, statement.speaker, statement.role, article.text)
    if seated is not None:
        return seated
    wanted = tokens(_same_kin(asked))
    stems = set(content_stems(" ".join(wanted)))
    office = tokens(_same_kin(_OF_WHAT.split(asked, maxsplit=1)[0]))
    roles = {stem(word) for word in office if word in _ROLES or word == "kin"}
    if not statement.speaker or not roles:
        return False  # a name that is nobody's here, or nobody to describe
    if roles <= _ANYBODY:  # "the woman from the Tide Institute"
        return stems > roles and any(stems - roles <= words for words in _descriptions(statement, article.text))
    if "kin" in roles and "kin" not in _stems(statement.role) and not _is_called_kin(statement.speaker, article.text):
        return False  # of a sentence with a name and "family", nothing says whose family it is
    told = _descriptions(statement, article.text)
    return any(roles & words and len(stems & words) >= LEAST * len(stems) for words in told)


def _is_called_kin(name: str, text: str) -> bool:
    """Return whether a text calls somebody a relative beside the name: "his sister, Ann Holt", "Holt, his sister"."""
    kin, first, last = "|".join(_KIN), re.escape(name.split()[0]), re.escape(name.split()[-1])
    whole = rf"(?:{first}\s+(?:[\w.]+\s+)?)?{last}"  # of "his brother, Ed Holt", Ann Holt is none
    return re.search(rf"\b(?:{kin}),?\s+{whole}\b|\b{last},\s+(?:[\w’']+\s+){{1,4}}(?:{kin})\b", text) is not None


def _signs(name: str, article: Article) -> bool:
    """Return whether the last word of a name stands in the headline or the beginning of the article."""
    return set(tokens(name)[-1:]) <= set(tokens(f"{article.title} {article.deck} {article.text[:OPENING]}"))


def _descriptions(statement: Statement, text: str) -> Iterator[set[str]]:
    """Yield the stems of each sentence that names the speaker, without what is quoted of the speaker in it."""
    last_name = re.compile(rf"\b{re.escape(statement.speaker.split()[-1])}\b")
    role = _stems(statement.role) | {stem(word) for word in expand(statement.role)}
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
    words = tokens(_same_kin(text))
    acronyms = {
        "".join(word[0] for word in words[at : at + length])
        for length in range(2, _LONGEST_ACRONYM + 1)
        for at in range(len(words) - length + 1)
    }
    return {stem(word) for word in words} | acronyms


def _same_kin(text: str) -> str:
    return " ".join("kin" if word in _KIN else word for word in tokens(text))
