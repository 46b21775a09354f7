"""Understand a question: make it stand alone, and see whose words it asks for."""

import re
from collections.abc import Sequence

from index.article import storable
from index.errors import QuestionError
from index.records import Filters, LibraryStats
from qa.asked import spoken_of
from qa.dates import asks_time, period_of, restricted
from qa.followup import stand_alone
from qa.mentions import is_role
from qa.pointing import parted
from qa.records import Period, Query
from qa.words import content_stems

MAX_CHARACTERS = 1000

# "Why", "What else": a question of so few words is still about what was asked before.
_BARE_WORDS = 2
_PRONOUNS = frozenset(
    "i you he she it we they him her them this that these those there anyone anybody someone somebody".split()
)
_POINTERS = frozenset("this that these those".split())
# Without what it is about, "Does it end?" and "What is it supposed to do?" tell too little to be answered.
_ASKS_FOR_WORDS = re.compile(
    r"^(?:and |but |so )?(?:who|whom|whose|what|when|where|why|which|how|(?:in|on|at|by|since|from|for|to) wh\w+)"
    r"\s+\S+\s+\S",
    re.IGNORECASE,
)
_TELLING_STEMS = 2


def understand(
    question: str,
    history: Sequence[str] = (),
    filters: Filters = Filters(),
    prefer_recent: bool = False,
    left: LibraryStats | None = None,
) -> Query:
    """Return the question as it will be searched and read.

    Args:
        question: What the user typed.
        history: Earlier questions of the conversation, oldest first.
        filters: Restrictions the user chose.
        prefer_recent: Whether newer articles are to rank higher.
        left: What ``filters`` leave of the library. With it a time in the question ("last week") restricts further,
            counted from the newest article; without it times are only words.

    Raises:
        QuestionError: There is nothing to ask, or far too much.
    """
    asked = " ".join(storable(question).split())
    if not re.search(r"\w", asked):
        raise QuestionError("There is no question. Type one, for example: What did the mayor say about the bridge?")
    if len(asked) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(asked):,} characters; {MAX_CHARACTERS:,} is the limit. Ask in one or two sentences."
        )
    before = [tidied for earlier in history if (tidied := " ".join(storable(earlier).split()))]
    interpreted = stand_alone(asked, before)
    earlier = stand_alone(before[-1], before[:-1]) if interpreted != asked and before else ""
    speaker, topic = speaker_and_topic(interpreted)
    period = _period(interpreted, bool(speaker), left) if left else None
    return Query(asked, interpreted, restricted(filters, period), speaker, topic, prefer_recent, period, earlier)


def _period(question: str, says: bool, left: LibraryStats) -> Period | None:
    """Return the days asked for: those of the question itself, else of the earlier one behind it, for what that is."""
    outer, base = parted(question)
    period = period_of(outer, says, left.first, left.last)
    if period or not base or asks_time(outer):
        return period
    return period_of(base, bool(spoken_of(base)[0]), left.first, left.last)


def read_as(question: str) -> str:
    """Return what the reader is asked: a follow-up without the earlier question behind it, where it can do without.

    The earlier question finds the passages. Beside the one that is asked, it may get answered in its place.

    >>> read_as("When was his sister arrested? (Who won the contest?)")
    'When was his sister arrested?'
    >>> read_as("Does it end? (When did the contest begin?)")
    'Does it end? (When did the contest begin?)'
    """
    outer, base = parted(question)
    tells_enough = _ASKS_FOR_WORDS.match(outer) and len(content_stems(outer)) >= _TELLING_STEMS
    return f"{outer}?" if base and tells_enough else question


def speaker_and_topic(question: str) -> tuple[str, str]:
    """Return whose words the question asks for and about what; two empty strings where it asks for neither.

    >>> speaker_and_topic("What did Garland say about fentanyl?")
    ('Garland', 'fentanyl')
    """
    outer, base = parted(question)
    speaker, topic = spoken_of(outer if base else question)
    if base:
        earlier_speaker, earlier_topic = spoken_of(base)
        if not speaker and len(outer.split()) <= _BARE_WORDS:
            speaker, topic = earlier_speaker, earlier_topic
        speaker = earlier_speaker if _is_pronoun(speaker) else speaker
        topic = earlier_topic if _is_pronoun(topic) else topic
    return ("", "") if not speaker or _is_pronoun(speaker) else (speaker, topic)


def _is_pronoun(words: str) -> bool:
    """Return whether words are a pronoun or, as "this party" does, point at what is no speaker's name."""
    first, _, rest = words.lower().partition(" ")
    return (not rest and first in _PRONOUNS) or (first in _POINTERS and not is_role(rest))
