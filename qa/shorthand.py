"""Questions in shorthand, of people who search: "Garland on fentanyl", "castellane message to the crew"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index import cues
from qa.pointing import parted
from qa.records import Query
from qa.speakers import Stated, known, openings

# Openings that are tried, the shortest: names are short.
_MOST = 8
# Who asks in full begins so, or with a preposition: "In the mayor's view", "After Holt left".
_IN_FULL = re.compile(
    r"^\W*(?:and |but |so )?(?:who|whom|whose|what|whats|which|when|where|why|how|is|are|was|were|am|be|do|does|did|"
    r"has|have|had|can|could|will|would|should|may|might|must|tell|list|explain|describe|name|show|give|about|"
    r"according|at|by|for|from|in|of|on|since|to|until|with|after|before|during|if|"
    # "Share of senators who", "reason Barty gave": a fact about somebody.
    r"(?:the )?(?:numbers?|share|total|amount|percentage|cost|price|dates?|days?|years?|reasons?|list|names?|place))\b",
    re.IGNORECASE,
)
_NOUNS = "|".join(
    (
        r"advice analysis answer argument assessment account charge claim comments? complaint concerns? criticism "
        r"defen[cs]e demand description estimate explanation fears? feelings forecast hopes? impression "
        r"justification lessons? letter message op-ed opinion outlook plea pledge position praise prediction promise "
        r"quotes? reaction remarks? reply request response slogan speech stance statement take testimony thoughts "
        r"tweet tribute verdict views? vow warning words worry worries"
    ).split()
)
_VERBS = "|".join(
    sorted(
        cues.SAY
        | cues.THAT
        | cues.STANCE
        | cues.WITH_QUOTE
        | frozenset("compares recommends thanks thanked credits credited likens".split())
    )
)
# What tells that words are asked for, right behind the name: with a topic, or by itself.
_ON = re.compile(
    rf"^(?:['’]s?)?\s+(?:on|about|re|regarding|(?:\w+\s+)?(?:{_NOUNS})\s+(?:on|about|regarding|over|to))\s+"
    r"(?P<topic>\S.*)$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    rf"^(?:['’]s?)?(?::\s|\s+(?:what|how|why|whether|where|when|if|after|over|to|(?:\w+\s+)?(?:{_NOUNS})|{_VERBS})\b)",
    re.IGNORECASE,
)


def spelled_out(query: Query, stated: Sequence[Stated]) -> Query:
    """Return the question with its speaker and topic where it is shorthand for "What did X say about Y?".

    It opens with somebody who is quoted, and goes on with "on", "about", a verb or noun of saying, a question word or
    a colon. "War on drugs" opens with nobody.

    Args:
        query: The question.
        stated: Statements of the passages that were found for it.
    """
    question, _ = parted(query.interpreted_as)
    if query.speaker or not stated or _IN_FULL.match(question):
        return query
    names = [name for name in openings(question)[-_MOST:] if _follows(name, question)]
    speaker = known(names, stated)
    if not speaker:
        return query
    topic = _ON.match(_behind(speaker, question))
    return replace(query, speaker=speaker, topic=topic["topic"].strip(" ?") if topic else "")


def _follows(name: str, question: str) -> bool:
    rest = _behind(name, question)
    return bool(_ON.match(rest) or _SAYS.match(rest))


def _behind(name: str, question: str) -> str:
    """Return what stands behind a name, whose words may be further apart in the question."""
    match = re.search(r"\W+".join(map(re.escape, name.split())), question)
    return question[match.end() :] if match else ""
