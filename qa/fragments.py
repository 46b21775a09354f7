"""Questions without a verb ("By whom?", "In which state?", "Who else?") asked of an earlier question."""

import re

from qa.asked import spoken_of
from qa.mentions import NAME, SPEAKER_SLOT
from qa.pointing import without_mark
from qa.verbs import AUXILIARY, is_participle, is_verb, past

_PREPOSITION = (
    r"(?:in|on|at|by|for|to|from|with|of|about|against|under|since|until|till|through|over|near|after|before)"
)
_WH = r"(?:whom?|whose|what|which|where|when|how)"
_NO_VERB = rf"(?!{AUXILIARY}\b|(?:to|about)\s*\?*$)[\w’'-]+"
# "By whom", "with what share of the vote", "since when", "how long", "what time", "which court"
_FRAGMENT = re.compile(
    rf"^(?:and\s+|but\s+|so\s+)?(?P<words>{_PREPOSITION}\s+{_WH}(?:\s+{_NO_VERB}){{0,5}}|"
    rf"how\s+(?:long|often|far|soon|fast|many\s+(?:times|days|weeks|months|years))|"
    r"what\s+(?:time|day|date|year|month|kind|sort)|(?:which|whose)\s+(?P<noun>[a-z][\w-]*))\s*\?*$",
    re.IGNORECASE,
)
# "And how many lorries?"
_COUNTS = re.compile(
    rf"^(?:and\s+|but\s+|so\s+)?how\s+(?P<many>many|much)\s+(?P<things>{_NO_VERB}(?:\s+{_NO_VERB}){{0,3}})\s*\?*$",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(rf"{_PREPOSITION}|more|else|it|them|these|those|there|died|came|went|left", re.IGNORECASE)
_COUNTED = re.compile(
    rf"^how\s+(?:many|much)\s+(?:(?!{AUXILIARY}\b)[\w’'-]+\s+)+?(?P<rest>{AUXILIARY}\b.*)$", re.IGNORECASE
)
_ELSE = re.compile(r"^(?:and\s+|but\s+|so\s+)?(?:who|any(?:one|body))\s+else\s*\?*$", re.IGNORECASE)
_HOW_MANY = re.compile(r"^(?:and\s+|but\s+|so\s+)?how\s+(?P<many>many|much)\s*\?*$", re.IGNORECASE)
_YES_NO = re.compile(
    rf"^(?P<verb>{AUXILIARY})\s+(?!not\b|there\b|it (?:true|likely|right|possible)\b)(?P<rest>.+?)\s*\?*$",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(rf"^(?:when|where|why|how)\s+(?P<verb>{AUXILIARY})\s+(?P<rest>.+?)\s*\?*$", re.IGNORECASE)
_WHO = re.compile(r"^who\s+(?P<rest>.+)$", re.IGNORECASE)
_PLURAL_OBJECT = re.compile(
    r"^(?:(?P<particle>off|out|up|down|away|back)\s+)?(?:(?:any|some)\s+)?"
    r"(?P<noun>(?:[a-z][\w-]*\s+){0,2}?(?:[a-z][\w-]*[a-rt-z]s|people|men|women|children))$"
)
_SUBJECT_NAME = re.compile(rf"^(?:the\s+)?(?:[a-z]+\s+)?{NAME.pattern}\s+(?P<deed>(?!and\b|or\b)[a-z].*)$")


def lacks_verb(question: str) -> bool:
    """Return whether a question is a question word without a verb."""
    return any(kind.match(question.strip()) for kind in (_FRAGMENT, _ELSE, _HOW_MANY)) or bool(_counts(question))


def _counts(question: str) -> re.Match[str] | None:
    """Return the match of a question for a number of other things and no more: "And how many lorries?"."""
    counts = _COUNTS.match(question.strip())
    words = counts["things"].split() if counts else []
    return None if any(is_verb(word) or is_participle(word) or _NO_NOUN.fullmatch(word) for word in words) else counts


def with_fragment(question: str, base: str) -> str:
    """Return ``base`` asked with a question word that has no verb; "" where it cannot be.

    >>> with_fragment("By whom?", "Was the bridge damaged?")
    'By whom was the bridge damaged?'
    >>> with_fragment("Who else?", "Did Holt sign the petition?")
    'Who else signed the petition?'
    """
    if _ELSE.match(question.strip()):
        return _others(base)
    counts, counted = _counts(question), _COUNTED.match(base)
    if counts and counted:
        return f"How {counts['many'].lower()} {counts['things']} {counted['rest']}"
    if SPEAKER_SLOT.search(base) and spoken_of(base)[0]:
        return ""
    yes_no = _YES_NO.match(base)
    if yes_no and (many := _HOW_MANY.match(question.strip())):
        return _how_many(many["many"], yes_no["verb"].lower(), yes_no["rest"])
    fragment = _FRAGMENT.match(question.strip())
    asked = yes_no or _ADVERBIAL.match(base)
    if fragment is None or asked is None:
        return ""
    words = fragment["words"][:1].upper() + fragment["words"][1:]
    verb, rest = asked["verb"].lower(), asked["rest"]
    return _which_one(words, fragment["noun"], verb, rest) if fragment["noun"] else f"{words} {verb} {rest}?"


def _others(base: str) -> str:
    """Return who else did what ``base`` asks about; of words, who else spoke about their topic."""
    speaker, topic = spoken_of(base)
    if speaker:
        return f"Who else spoke about {topic}?" if topic else ""
    who, yes_no = _WHO.match(base), _YES_NO.match(base)
    if who:
        return f"Who else {who['rest']}"
    subject = _SUBJECT_NAME.match(yes_no["rest"]) if yes_no else None
    return f"Who else {_done(yes_no['verb'].lower(), subject['deed'])}?" if yes_no and subject else ""


def _how_many(many: str, verb: str, rest: str) -> str:
    """Return "How many nurses did it hire" of "Did it hire nurses"; "" where nothing that is counted ends that."""
    words = rest.split()
    verb_at = next((at for at, word in enumerate(words) if at and is_verb(word)), 0)
    counted = _PLURAL_OBJECT.match(" ".join(words[verb_at + 1 :]))
    if many.lower() != "many" or verb not in ("did", "does", "do") or not verb_at or counted is None:
        return ""
    deed = " ".join([*words[: verb_at + 1], counted["particle"] or ""]).strip()
    return f"How many {counted['noun']} {verb} {deed}?"


def _which_one(words: str, noun: str, verb: str, rest: str) -> str:
    """Return the question with "which court" in the place of "the court"; "" where it has none."""
    place = re.search(rf"\b(?:the|an?|any|some)\s+{re.escape(noun)}\b", rest, re.IGNORECASE)
    if place is None:
        return ""
    if place.start() == 0:
        return f"{words} {_done(verb, rest[place.end() :].strip())}?"
    return f"{words} {verb} {without_mark(rest[: place.start()])}{rest[place.end() :]}?"


def _done(verb: str, deed: str) -> str:
    """Return "signed the letter" of "did" and "sign the letter", "is running" of "is" and "running"."""
    first, _, rest = deed.partition(" ")
    if verb in ("did", "does", "do"):
        return f"{past(first) if verb == 'did' else first + 's' * (verb == 'does')} {rest}".strip()
    return f"{verb} {deed}"
