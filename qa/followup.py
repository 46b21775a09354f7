"""Make a follow-up question stand alone, from the questions before it."""

import re
from collections.abc import Sequence

_WORD = r"[A-Za-zÀ-ÿ0-9]"
# A name as it is written in a question: capitalised words, initials and codes, joined by spaces or small particles.
_CAPITALISED = r"(?:(?:[A-ZÀ-Þ]\.)+(?=\s+[A-ZÀ-Þ])|[A-ZÀ-Þ][\w.'’&-]*\w|[A-ZÀ-Þ])"
_NAME = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:of|the|for|de|da|van|von|bin|al)\s+)?{_CAPITALISED})*")
_ABOUT = frozenset({"about", "on", "of", "regarding"})
_OPENERS = frozenset(
    "a according am an and any anything are as at be but by can could did do does for from had has have how i in is "
    "it may might more of on or our really should so tell than that the their them then there these they this those "
    "to was we were what when where which who whom whose why will with would you".split()
)
_PERSON_PRONOUN = re.compile(r"\b(he|she|him|his|her|hers)\b", re.IGNORECASE)
_POSSESSIVE = frozenset({"his", "her", "hers", "its", "their"})
_THING_PRONOUN = re.compile(
    r"\b(it|its|they|them|their|theirs|those|these|that one|this one|that|this|there)\b", re.IGNORECASE
)
_AND_WHAT_OF = re.compile(
    r"^\s*(?:and|but|or|so)?[\s,]*(?:(?:what|how)\s+about|and|but)\s+(?P<rest>.+?)\s*\?*\s*$", re.IGNORECASE
)
_BARE = re.compile(
    r"^\s*(?:(?:and|but|so)\s+)?(?:why(?: not)?|when|where|who|how|(?:by )?how (?:many|much|long|often|old)|since when|"
    r"by whom|then|(?:what|who|where|anything|anyone) else)\s*\??\s*$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|\d{1,4})\s*)+"
)
# "What did Richmond's mayor say about": the one whose words are asked for.
_SPEAKER_SLOT = re.compile(
    r"\b(?:did|does|do|has|have|is|was)\s+(?P<speaker>.+?)\s+(?:say|said|tell|told|think|thought|believe|claim|argue|"
    r"feel|want|call|promise|deny|respond|react|describe|explain|expect|suggest|warn|add|mean)\b",
    re.IGNORECASE,
)
# Lower-case words for one who can say something, so that "What about the governor?" asks for another speaker.
_ROLE = re.compile(
    r"\b(?:president|premier|governor|mayor|minister|secretary|senator|congress\w*|representative|chief|sheriff|police|"
    r"officials?|spokes\w+|director|coach|prosecutors?|judge|lawyers?|attorney|doctors?|scientists?|union|company|"
    r"administration|department|agency|council|committee|party|republicans?|democrats?|family|owners?|residents|"
    r"witness\w*|experts?|critics|opponents?|leaders?|others?|wife|husband|son|daughter|mother|father|brother|sister)\b",
    re.IGNORECASE,
)
# "the mayor of Springfield", "in Saco": a name that is hardly a person.
_PLACE_BEFORE = re.compile(r"\b(?:of|in|at|from|near)\s+(?:the\s+)?$", re.IGNORECASE)
_QUESTION_WORD = re.compile(
    r"^(?:who|whom|whose|what|when|where|why|which|how|is|are|was|were|did|does|do|has|have|had|can|could|will|would|"
    r"should|in which|in what|at which|at what|on what|on which)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?:in|on|at|for|about|by|from|with|to|of|since|until|after|before|during)\b", re.IGNORECASE
)


def stand_alone(question: str, history: Sequence[str]) -> str:
    """Return ``question`` with what it leaves out filled in from ``history`` (oldest first).

    A question that lacks nothing is returned as it is, so a new topic is not dragged into the old one.
    """
    asked = [earlier.strip() for earlier in history if earlier.strip()]
    if not asked:
        return question
    base = asked[0]
    for number, earlier in enumerate(asked[1:], start=1):
        completed = _complete(earlier, base, asked[:number])
        # A question that only points at the one before it cannot be the base of the next one.
        base = base if completed.endswith(f"({base})") else completed
    return _complete(question, base, [*asked, base])


def _complete(question: str, base: str, asked: Sequence[str]) -> str:
    """Complete one question from ``base``, the newest before it that stands alone."""
    pointing = f"{_without_mark(question)}? ({base})"
    if _BARE.match(question):
        return pointing
    elliptic = _AND_WHAT_OF.match(question)
    if elliptic and not _QUESTION_WORD.match(elliptic["rest"]) and not _PERSON_PRONOUN.search(elliptic["rest"]):
        return _swap(base, elliptic["rest"])
    names = [match for match in _names(question) if not _CALENDAR.fullmatch(match.group())]
    person = _PERSON_PRONOUN.search(question)
    if person and not names:
        antecedent = _last_name(asked)
        if antecedent:
            resolved = _replace_pronoun(question, person, antecedent)
            return f"{_without_mark(resolved)}? ({base})" if _THING_PRONOUN.search(question) else resolved
    if person or _THING_PRONOUN.search(question) or (elliptic and not names) or not _has_topic(question):
        return pointing
    return question


def _names(question: str) -> list[re.Match[str]]:
    """Return the names in a question, leaving out a capital that only opens the sentence."""
    found = []
    for match in _NAME.finditer(question):
        first, _, rest = match.group().partition(" ")
        if match.start() > 0 or re.sub(r"['’]s?$", "", first.lower()) not in _OPENERS:
            found.append(match)
        elif rest and (inner := _NAME.search(question, match.start() + len(first))):
            found.append(inner)
    return found


def _last_name(asked: Sequence[str]) -> str:
    """Return who was asked about last: a speaker named by role or in lower case, else the fullest name."""
    for earlier in reversed(asked):
        speaker = _SPEAKER_SLOT.search(earlier)
        if speaker and not _NAME.search(speaker["speaker"]) and not _refers_back(speaker["speaker"]):
            return speaker["speaker"]
        # The longest name is the likeliest to be a person.
        names = [
            re.sub(r"['’]s?$", "", match.group())
            for match in _names(earlier)
            if not _PLACE_BEFORE.search(earlier[: match.start()])
        ]
        if names:
            return max(names, key=lambda name: len(name.split()))
    return ""


def _refers_back(words: str) -> bool:
    return bool(_PERSON_PRONOUN.search(words) or _THING_PRONOUN.search(words))


def _replace_pronoun(question: str, pronoun: re.Match[str], name: str) -> str:
    word = pronoun.group().lower()
    following = question[pronoun.end() :].lstrip()
    # "her" is possessive before a noun ("her speech"), not before the end or a preposition ("ask her about").
    possessive = word in _POSSESSIVE and not (
        word == "her" and (not following[:1].isalpha() or _PREPOSITION.match(following))
    )
    ending = ("’" if name.endswith("s") else "’s") if possessive else ""
    return question[: pronoun.start()] + name + ending + question[pronoun.end() :]


def _swap(base: str, rest: str) -> str:
    """Put ``rest`` ("Biggs", "in July", "the governor") into the place its like has in ``base``."""
    new = rest.rstrip("? ")
    preposition = _PREPOSITION.match(new)
    if preposition:
        like = "about|on|of|regarding" if preposition.group().lower() in _ABOUT else preposition.group()
        place = re.search(rf"\b(?:{like})\s+[^?]+", base, re.IGNORECASE)
        if place and (len(place.group().split()) <= 5 or preposition.group().lower() in _ABOUT):
            return base[: place.start()] + new + base[place.end() :]
        return f"{_without_mark(base)} {new}?"
    date = _CALENDAR.search(base) if _CALENDAR.fullmatch(new) else None
    if date:
        return base[: date.start()] + new + (" " if date.group().endswith(" ") else "") + base[date.end() :]
    names = _names(base)
    speaker = _SPEAKER_SLOT.search(base)
    if speaker and _is_topic(new, base):
        return _swap(base, f"about {new}")
    if speaker and (not names or len(new.split()) <= 3):
        return base[: speaker.start("speaker")] + new + base[speaker.end("speaker") :]
    if not names or len(new.split()) > 5:
        return f"{new}? ({base})"
    target = max(names, key=lambda match: _likeness(match.group(), new))
    ending = "’s" if re.search(r"['’]s?$", target.group()) else ""
    if ending and re.search(r"['’]s?(?:\s|$)", new):
        return f"{new}? ({base})"  # "Biggs’ view": what is viewed is in both
    return base[: target.start()] + new + ending + base[target.end() :]


def _is_topic(new: str, base: str) -> bool:
    """Return whether ``new`` is a thing rather than a speaker; where names have capitals, their lack tells."""
    return base[:1].isupper() and not _NAME.search(new) and not _ROLE.search(new)


def _likeness(name: str, other: str) -> float:
    """Return how alike two names are in shape: shared opening ("BA.5", "BA.4"), digits, number of words."""
    shared = 0
    for mine, theirs in zip(name, other, strict=False):
        if mine != theirs:
            break
        shared += 1
    same_digits = any(c.isdigit() for c in name) == any(c.isdigit() for c in other)
    return shared / max(len(name), 1) + 0.5 * same_digits - 0.1 * abs(len(name.split()) - len(other.split()))


def _has_topic(question: str) -> bool:
    """Return whether the question has words of its own to search for (a name, or at least three content words)."""
    words = [word.lower() for word in re.findall(rf"{_WORD}[\w'’.-]*", question)]
    content = [word for word in words if word not in _OPENERS]
    return bool(_names(question)) or len(content) >= 3


def _without_mark(question: str) -> str:
    return question.strip().rstrip("?").rstrip()
