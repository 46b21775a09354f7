"""Understand a question: make it stand alone, and see whose words it asks for."""

import re
from collections.abc import Sequence

from index.article import storable
from index.errors import QuestionError
from index.records import Filters
from qa.followup import stand_alone
from qa.records import Query

MAX_CHARACTERS = 1000

_SAYING = (
    r"say|said|saying|tell|told|think|thought|believe|claim|argue|argued|deny|denied|respond|react|feel|suggest|warn|"
    r"add|call|describe|explain|expect|promise|predict|propose|urge|want|accuse|mean|recall|announce|comment"
)
# Verbs only: "reaction", "address" and "meaning" begin like verbs of saying and are none.
_SAYS = rf"(?:{_SAYING})(?:s|d|ed)?"
# "What did X say about Y", "How does X feel about Y": speaker and, behind the preposition, topic.
_DID_X_SAY = re.compile(
    r"\b(?:what|how|why|which \w+)\b.*?\b(?:did|does|do|has|have|had|would|is|was)\s+(?P<speaker>.{2,80}?)\s+"
    rf"(?:have said|had to say|have to say|{_SAYS})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_VIEW_OF_X = re.compile(
    r"\bwhat (?:is|was|are|were)\s+(?P<speaker>.{2,60}?)['’]s?\s+(?:view|position|opinion|take|stance|reaction|"
    r"response|comment|outlook)s?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "to" leads to a topic before a noun ("respond to the ruling"), not before a verb ("expect to win").
_TOPIC = re.compile(
    r"^.*?\b(?:about|on|of|regarding|over|concerning|to(?=\s+(?:the|a|an|this|that|his|her|its|their|[A-Z])\b))\s+"
    r"(?P<topic>.+)$"
)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
# How a follow-up that could not be completed comes: "How much was that? (What did the mayor say about the bridge?)"
_POINTING = re.compile(r"^(?P<outer>[^?]*)\? \((?P<base>.*)\)$")
# "Why", "What else": a question of so few words is still about what was asked before.
_BARE_WORDS = 2
_PRONOUNS = frozenset("i you he she it we they this that these those there anyone anybody someone somebody".split())


def understand(
    question: str, history: Sequence[str] = (), filters: Filters = Filters(), prefer_recent: bool = False
) -> Query:
    """Return the question as it will be searched and read.

    Args:
        question: What the user typed.
        history: Earlier questions of the conversation, oldest first.
        filters: Restrictions the user chose.
        prefer_recent: Whether newer articles are to rank higher.

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
    return Query(asked, interpreted, filters, speaker, topic, prefer_recent)


def speaker_and_topic(question: str) -> tuple[str, str]:
    """Return whose words the question asks for and about what; two empty strings where it asks for neither.

    >>> speaker_and_topic("What did Garland say about fentanyl?")
    ('Garland', 'fentanyl')
    """
    pointing = _POINTING.match(question)
    speaker, topic = _spoken_of(pointing["outer"] if pointing else question)
    if pointing:
        earlier_speaker, earlier_topic = _spoken_of(pointing["base"])
        if not speaker and len(pointing["outer"].split()) <= _BARE_WORDS:
            speaker, topic = earlier_speaker, earlier_topic
        speaker = earlier_speaker if speaker.lower() in _PRONOUNS else speaker
        topic = earlier_topic if topic.lower() in _PRONOUNS else topic
    return ("", "") if not speaker or speaker.lower() in _PRONOUNS else (speaker, topic)


def _spoken_of(question: str) -> tuple[str, str]:
    """Find speaker and topic in one question; the speaker may be a pronoun."""
    match = _DID_X_SAY.search(question) or _VIEW_OF_X.search(question)
    if match is None:
        return "", ""
    speaker = _ARTICLE.sub("", match["speaker"].strip() + " ").strip()
    rest = match["rest"].strip(" ?")
    topic = _TOPIC.match(rest)
    return speaker, topic["topic"].strip(" ?") if topic else ""
