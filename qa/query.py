"""Understand a question: make it stand alone, and see whose words it asks for."""

import re
from collections.abc import Sequence

from index.article import storable
from index.errors import QuestionError
from index.records import Filters, LibraryStats
from qa.asked import spoken_of
from qa.dates import period_of, restricted
from qa.followup import stand_alone
from qa.pronouns import refers_back
from qa.records import Query

MAX_CHARACTERS = 1000

# How a follow-up that could not be completed comes: "How much was that? (What did the mayor say about the bridge?)"
_POINTING = re.compile(r"^(?P<outer>[^?]*)\? \((?P<base>.*)\)$")
# "Why", "What else": a question of so few words is still about what was asked before.
_BARE_WORDS = 2
_PRONOUNS = frozenset("i you he she it we they this that these those there anyone anybody someone somebody".split())


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
    interpreted = stand_alone(asked, [" ".join(storable(earlier).split()) for earlier in history])
    speaker, topic = speaker_and_topic(interpreted)
    period = period_of(interpreted, bool(speaker), left.first, left.last) if left else None
    return Query(asked, interpreted, restricted(filters, period), speaker, topic, prefer_recent, period)


def read_as(question: str) -> str:
    """Return what the reader is asked: a follow-up without the earlier question behind it, where no pronoun needs that.

    The earlier question finds the passages. Beside the one that is asked, it may get answered in its place.

    >>> read_as("Who founded the contest? (Where will the next contest take place?)")
    'Who founded the contest?'
    >>> read_as("When did they found it? (Where will the next contest take place?)")
    'When did they found it? (Where will the next contest take place?)'
    """
    pointing = _POINTING.match(question)
    if not pointing or len(pointing["outer"].split()) <= _BARE_WORDS or refers_back(pointing["outer"]):
        return question
    return f"{pointing['outer']}?"


def speaker_and_topic(question: str) -> tuple[str, str]:
    """Return whose words the question asks for and about what; two empty strings where it asks for neither.

    >>> speaker_and_topic("What did Garland say about fentanyl?")
    ('Garland', 'fentanyl')
    """
    pointing = _POINTING.match(question)
    speaker, topic = spoken_of(pointing["outer"] if pointing else question)
    if pointing:
        earlier_speaker, earlier_topic = spoken_of(pointing["base"])
        if not speaker and len(pointing["outer"].split()) <= _BARE_WORDS:
            speaker, topic = earlier_speaker, earlier_topic
        speaker = earlier_speaker if speaker.lower() in _PRONOUNS else speaker
        topic = earlier_topic if topic.lower() in _PRONOUNS else topic
    return ("", "") if not speaker or speaker.lower() in _PRONOUNS else (speaker, topic)
