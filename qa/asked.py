"""Whose words one question asks for, and about what."""

import re

from qa.dates import without_times

_SAYING = (
    r"say|said|saying|tell|told|think|thought|believe|claim|argue|argued|deny|denied|respond|react|feel|suggest|warn|"
    r"add|call|describe|explain|expect|promise|predict|propose|urge|want|accuse|mean|recall|announce|comment|"
    r"fear|hope|worry|concede|admit|acknowledge|conclude|insist|stress|vow|pledge|complain|criticize|criticise|praise|"
    r"condemn|justify|judge|blame|demand|recommend|advise|foresee|boast|joke|dismiss|defend|object|remember|compare|"
    r"write|wrote|tweet|allege|contend|note|mention|declare|testify|caution|applaud|hail|thank|credit|attribute|cite|"
    r"characteri[sz]e|regard|consider|view|liken|label|portray|rate|rank|sum up"
)
# Verbs only: "reaction", "address" and "meaning" begin like verbs of saying and are none.
_SAYS = rf"(?:{_SAYING})(?:s|d|ed)?"
# At the end of a question these are nouns: "How long would it extend the tax credit?"
_NOUNS_TOO = r"(?:credit|rate|rank|label|note|view|object|judge)"
# Nobody's name holds such a clause: "How did Garland know that agents felt so", "the response when someone fears it".
_NO_CLAUSE = r"(?:(?!\s(?:that|when|if|whether)\b|, as\b).)"
# "What did X say about Y", "How does X feel about Y": speaker and, behind the preposition, topic.
_DID_X_SAY = re.compile(
    r"\b(?:what|how|why|which \w+)\b.*?\b(?:did|does|do|has|have|had|would)\s+"
    rf"(?P<speaker>(?!to\b|by\b){_NO_CLAUSE}{{2,80}}?)\s+"
    rf"(?:have said|had to say|have to say|(?!mean to\b)(?!{_NOUNS_TOO}\W*$){_SAYS})\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "was explained by her" is no saying of its subject.
_IS_X_SAYING = re.compile(
    rf"\b(?:what|how|why)\s+(?:is|was|are|were)\s+(?P<speaker>{_NO_CLAUSE}{{2,80}}?)\s+(?:{_SAYING})ing\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_VIEW_OF_X = re.compile(
    r"\bwhat (?:is|was|are|were)\s+(?P<speaker>[^,]{2,60}?)['’]s?\s+(?:view|position|opinion|take|stance|reaction|"
    r"response|comment|outlook)s?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
# "to" leads to a topic before a noun ("respond to the ruling"), not before a verb ("expect to win").
_TOPIC = re.compile(
    r"^.*?\b(?:about|on|of|regarding|over|concerning|to(?=\s+(?:the|a|an|this|that|his|her|its|their|[A-Z])\b))\s+"
    r"(?P<topic>.+)$"
)
# "on Twitter about the treaty"
_WHERE_SAID = re.compile(r"\bon\s+[A-Z][\w.’']*(?:\s+[A-Z][\w.’']*){0,2}\s+(?=(?:about|regarding)\s)")
# Whoever else is named, these words tell whose words are asked for: see ``qa.speakers``.
_ACCORDING_TO = re.compile(r"\baccording to\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def spoken_of(question: str) -> tuple[str, str]:
    """Return speaker and topic of one question, "" for what it lacks; the speaker may be a pronoun.

    >>> spoken_of("What did the mayor say about trams last week?")
    ('mayor', 'trams')
    """
    speaker, rest = _asks_for(question)
    topic = _TOPIC.match(_WHERE_SAID.sub("", rest))
    return _ARTICLE.sub("", f"{speaker} ").strip(), topic["topic"].strip(" ?") if topic else ""


def ends_with_saying(question: str) -> bool:
    """Return whether a question asks for somebody's words and says no more: "And what did Holt say?"."""
    speaker, rest = _asks_for(question)
    return bool(speaker) and not rest


def _asks_for(question: str) -> tuple[str, str]:
    """Return the speaker as written, and what follows the verb, without times and question mark."""
    question = without_times(question)
    if _ACCORDING_TO.search(question):
        return "", ""
    found = (pattern.search(question) for pattern in (_DID_X_SAY, _IS_X_SAYING, _VIEW_OF_X))
    match = next(filter(None, found), None)
    return (match["speaker"].strip(), match["rest"].strip(" ?")) if match else ("", "")
