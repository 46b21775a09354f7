"""Which pronouns of a question stand for something outside it."""

import re

from qa.verbs import AUXILIARY
from qa.words import content_stems

_PERSON = re.compile(r"\b(he|she|him|his|her|hers)\b", re.IGNORECASE)
_THING = re.compile(r"\b(it|its|they|them|their|theirs|those|these|that one|this one|that|this|there)\b", re.IGNORECASE)
_POSSESSIVE = frozenset({"his", "her", "hers", "its", "their", "theirs"})
_SUBJECT = frozenset({"he", "she", "it", "they"})
_PREPOSITION = re.compile(
    r"^(?:in|on|at|for|about|by|from|with|to|of|since|until|after|before|during|when|while|and|or)\b", re.IGNORECASE
)
_SAYING = (
    r"(?:says?|said|think|thought|believe[ds]?|claim(?:s|ed)?|argue[ds]?|den(?:y|ied)|know|knew|feel|felt|hope[ds]?|"
    r"suggest(?:s|ed)?|warn(?:s|ed)?|add(?:s|ed)?|announce[ds]?|admit(?:s|ted)?|insist(?:s|ed)?|expect(?:s|ed)?|"
    r"promise[ds]?|tell|told|report(?:s|ed)?|fact|idea|evidence|claim|so|now|true|clear|"
    r"likely|possible|certain|sure|known)"
)
# "How old was Holt when he left?": a pronoun in the second clause of a question can mean somebody in the first.
_CLAUSE = re.compile(
    r",|\b(?:when|while|after|before|because|if|since|until|as|and|but|although|where|who|whose)\b", re.I
)
_NAME_OR_THING = re.compile(r"\b(?:[A-ZÀ-Þ]\w+|(?:the|an?)\s+\w+)")
_SAID_BY_NAME = re.compile(rf"\b[A-ZÀ-Þ][\w.’'-]+\s+(?:\w+\s+)?(?:say|said|{_SAYING})\b")
_YES_NO = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:did|does|do|is|was|are|were|has|have|had|can|could|will|would)\b", re.I
)
# Of so many content words before it, one is what a pronoun means: seen on questions put after others they do not
# follow.
_ENOUGH_FOR_OWN = 3
_ENOUGH_FOR_OTHERS = 5
_DOES = re.compile(rf"['’]s\b|\s+(?:{AUXILIARY}|\w+(?:s|ed))\b", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Þ][\w.’'&-]*(?:\s+[A-ZÀ-Þ][\w.’'&-]*)*")
_OWN = re.compile(r"\s+own\b", re.IGNORECASE)
_OPENING = re.compile(r"^\W*\w+")
# "How long does it take to …", "Is it true that …", "Was it raining": the word means nothing.
_IDLE_IT = re.compile(
    r"(?:\bit\s+(?:takes?|took|costs?|means?|meant|feels?|felt|seems?|was like|be like|rain\w*|snow\w*)\b"
    r".*\b(?:to|that)\b|"
    r"\b(?:is|was|be)\s+it\s+(?:\w+\s+)?\w+\s+(?:to|that|for|if|whether)\b|\bit\s+(?:is|was|be)\s+\w+\s+(?:to|that)\b|"
    r"\bit\s+(?:like\s+to)\b|\b(?:is|was|did)\s+it\s+(?:rain|snow)\w*)",
    re.IGNORECASE,
)  # fmt: skip
_IS_THERE = re.compile(
    r"\bhow (?:many|much)\b.*\b(?:is|are|was|were)\s+there\s+\w|"
    r"\b(?:is|are|was|were|been|be|has|have)\s+there\s+(?!in\b|on\b|at\b|when\b|by\b|with\b|for\b|since\b|then\b|now\b)\w|"
    r"\bthere\s+(?:is|are|was|were|will be|has been|have been|had been)\b|\bthere\s+be(?:en)?\s+\w",
    re.IGNORECASE,
)
_THIS_TIME = re.compile(
    r"^this\s+(?:year|month|week|weekend|morning|afternoon|evening|summer|spring|autumn|fall|winter|season|century|"
    r"decade|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    re.IGNORECASE,
)
_THOSE_WHO = re.compile(r"^those\s+(?:who|whose|in|with|from|at|on|living|killed|injured|affected)\b", re.IGNORECASE)
# "the storm that hit Saco", "anybody that knows"
_RELATIVE = re.compile(
    r"\b(?:the|an?|any|every|no|some|people|anyone|someone|everyone|anything|something|everything)\s+(?:\w+\s+)?$", re.I
)


def free_person(question: str) -> re.Match[str] | None:
    """Return the first pronoun for a person who is not named in the question itself, or None.

    >>> free_person("How old was Holt when he left?") is None, free_person("How old was he?").group()
    (True, 'he')
    """
    return next((match for match in _PERSON.finditer(question) if not _bound(question, match)), None)


def free_thing(question: str) -> re.Match[str] | None:
    """Return the first pronoun for things, places or several people that are not in the question itself, or None.

    >>> free_thing("Was there a fire in Saco this week?") is None, free_thing("Who paid for it?").group()
    (True, 'it')
    """
    return next((match for match in _THING.finditer(question) if not _idle(question, match)), None)


def refers_back(words: str) -> bool:
    """Return whether words hold a pronoun for somebody or something else."""
    return bool(_PERSON.search(words) or _THING.search(words))


def _idle(question: str, match: re.Match[str]) -> bool:
    word, before, after = match.group().lower(), question[: match.start()], question[match.start() :]
    if word == "there":
        return bool(_IS_THERE.search(question))
    if word == "it" and _IDLE_IT.search(question):
        return True
    if word == "this":
        return bool(_THIS_TIME.match(after))
    if word == "those":
        return bool(_THOSE_WHO.match(after))
    if word == "that":
        return _joins(before, question[match.end() :])
    return word in _SUBJECT | _POSSESSIVE and _bound(question, match)


def _told_before(question: str, match: re.Match[str]) -> bool:
    """Return whether so much stands before a pronoun that it hardly means anything outside the question."""
    before, after = question[: match.start()], question[match.end() :]
    word = match.group().lower()
    if word in _SUBJECT and re.search(rf"\b{AUXILIARY}\s+$", before, re.IGNORECASE):
        return False  # "Which team did she join?"
    if word in ("he", "she", "they") or is_possessive(question, match) or (word == "it" and _DOES.match(after)):
        return _told(before) >= _ENOUGH_FOR_OWN
    return word in ("him", "her") and _told(before) >= _ENOUGH_FOR_OTHERS


def _told(before: str) -> int:
    """Return how many content words there are, a name being one."""
    before = _OPENING.sub("", before)
    names = _NAME.findall(before)
    return len(content_stems(_NAME.sub(" ", before))) + len(names)


def _joins(before: str, following: str) -> bool:
    """Return whether "that" joins clauses ("said that the bridge …", "the storm that hit Saco")."""
    if not re.match(r"\s+\w", following):
        return False
    if re.search(r"\b(?:in|on|at|of|for|about|with|by|to|from|after|before)\s+$", before, re.IGNORECASE):
        return False  # "in that speech"
    told = _told(before)
    if told > _ENOUGH_FOR_OWN or (told > 1 and len(following.split()) > _ENOUGH_FOR_OWN):
        return True  # "Who must certify that opening the program to more people is safe?"
    if re.search(rf"\b{_SAYING}\s+$", before, re.IGNORECASE):
        return bool(re.match(r"\s+\w+\s+\w", following))
    # "Did the mayor like that bridge?" is no relative clause, "the storm that hit" is one.
    relative = _RELATIVE.search(before)
    verb_before = re.search(r"\b(?:did|does|do)\s+(?:the|an?)\s+\w+\s+\w+\s+$", before, re.IGNORECASE)
    return bool(relative) and not verb_before


def _bound(question: str, match: re.Match[str]) -> bool:
    """Return whether a pronoun can mean somebody or something named before it in the question."""
    word = match.group().lower()
    before = _OPENING.sub("", question[: match.start()])
    if _told_before(question, match) or (is_possessive(question, match) and _OWN.match(question[match.end() :])):
        return True
    if not (word in _SUBJECT or is_possessive(question, match)):
        return False  # "Did Holt agree with him?": never the subject of its own clause
    named = _NAME_OR_THING.search(before)
    if named is None:
        return False
    if _CLAUSE.search(before, named.end()):
        return True
    said = _SAID_BY_NAME.search(before)
    directly = said and before[said.end() :].strip() in ("", "that") and re.match(r"\s+\w", question[match.end() :])
    if said and (word not in ("it", "they") or directly):
        return True  # "What did Holt say about his plans?", "What did the EPA say it would do?"
    if is_possessive(question, match):
        own = question[match.end() :].lstrip().lower().startswith("own ")
        by_name = re.search(r"\b[A-ZÀ-Þ]\w+", before)
        # "Where did Holt spend her childhood?" tells of Holt; "Did Holt attend her funeral?" of somebody else.
        return own or (bool(by_name) and not _YES_NO.match(question))
    return False


def is_possessive(question: str, pronoun: re.Match[str]) -> bool:
    """Return whether a pronoun owns: "her" does before a noun ("her speech"), not in "ask her about"."""
    word, following = pronoun.group().lower(), question[pronoun.end() :].lstrip()
    return word in _POSSESSIVE and not (
        word == "her" and (not following[:1].isalpha() or _PREPOSITION.match(following))
    )


def replaced(question: str, pronoun: re.Match[str], name: str) -> str:
    """Return the question with a name in place of the pronoun."""
    ending = ("’" if name.endswith("s") else "’s") if is_possessive(question, pronoun) else ""
    return question[: pronoun.start()] + name + ending + question[pronoun.end() :]
