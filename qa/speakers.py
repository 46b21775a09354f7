"""Find whose words a question asks for, and the statements that are theirs, among those in the passages."""

import re
from collections.abc import Sequence

from index.records import Statement
from index.statements import same_person
from qa.described import is_described
from qa.records import Hit, Query

# Questions for a fact have no speaker even where they name one: "How many seasons was McGrath part of?"
_FACT = re.compile(
    r"^\W*(?:(?:and|but|at|by|for|from|in|of|on|since|to|until|with) )?"
    r"(?:who|whom|whose|when|where|which|how (?:many|much|long|old|often|far))\b",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(
    r"\b(?:did|does|do|has|have|had|would|will|is|was|are|were|can|could)(?:n['’]t)?\s+", re.IGNORECASE
)
_ACCORDING_TO = re.compile(
    r"\b(?:according to|as told by|in the (?:words|eyes|view|opinion) of)\s+(?P<who>[^?,]+)", re.IGNORECASE
)
_POSSESSIVE = re.compile(
    r"\b(?P<who>[\w.’' -]{2,60}?)['’]s?\s+(?:\w+\s+)?(?:view|position|opinion|take|stance|reaction|response|comment|"
    r"outlook|eyes|words|argument|advice|verdict|impression|answer|statement|remark|warning)s?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w.&’'-]+")
_LONGEST = 8
# Where the name in "Did Castellane, the mayor, expect" ends for certain.
_PAUSE = re.compile(r"[?,;:(]")
# "Was Castellane's office shut", "Did the doctors' union expect": the owner does not speak.
_OWNER = re.compile(r"(?:['’]s|s['’])$")
# "They" is also how an article writes a speaker whom it does not name.
_PRONOUNS = frozenset("i you he she it we they this that these those there".split())


def asked_speaker(query: Query, stated: Sequence[Statement]) -> str:
    """Return whose words the question asks for, as the question writes it; "" where it asks for nobody's.

    A question of the form "What did X say" tells by itself. Others ("How did X remember Y", "Does X expect Y") tell
    only together with the statements at hand: X must be somebody who is quoted.

    Args:
        query: The question.
        stated: Statements of the passages that were found for it.
    """
    if query.speaker:
        return query.speaker
    question = query.interpreted_as
    for pattern in (_ACCORDING_TO, _POSSESSIVE):
        match = pattern.search(question)
        if match:
            # The name ends the part before the possessive ("What is Shimon Peres's take"), and begins the other.
            words = _WORD.findall(match["who"])
            tails = [" ".join(words[i:]) for i in range(len(words))]
            found = _known(tails if pattern is _POSSESSIVE else _openings(words), stated)
            if found:
                return found
    if _FACT.match(question):
        return ""
    for auxiliary in _AUXILIARY.finditer(question):
        words = _WORD.findall(_PAUSE.split(question[auxiliary.end() :])[0])[:_LONGEST]
        found = _known(_subjects(words), stated)
        if found:
            return found
    return ""


def theirs(speaker: str, stated: Sequence[tuple[Hit, Statement]]) -> list[tuple[Hit, Statement]]:
    """Return the statements of the one who was asked for; where name and role fit nobody, of who is described so."""
    if not speaker:
        return []
    fitting = [pair for pair in stated if same_person(speaker, pair[1])]
    return fitting or [(hit, said) for hit, said in stated if is_described(speaker, said, hit.article)]


def _openings(words: Sequence[str]) -> list[str]:
    """Return the openings of a phrase, longest first: the name may be followed by anything."""
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]


def _subjects(words: Sequence[str]) -> list[str]:
    """Return the openings that may be a subject, longest first; "the State" of "the State Department" is none."""
    following = [*words[1:], ""]
    ends = [not after[:1].isupper() and not _OWNER.search(word) for word, after in zip(words, following, strict=True)]
    return [" ".join(words[: count + 1]) for count in reversed(range(len(words))) if ends[count]]


def _known(names: Sequence[str], stated: Sequence[Statement]) -> str:
    """Return the first of ``names`` that means somebody who is quoted."""
    return next(
        (
            name
            for name in names
            if name.lower() not in _PRONOUNS and any(same_person(name, statement) for statement in stated)
        ),
        "",
    )
