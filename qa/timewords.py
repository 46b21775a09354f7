"""Where a text speaks of a time ("last week", "on 3 May", "in October"): the words only, not what they mean."""

import re
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"a": 1, "an": 1, "few": 3, "couple of": 2}  # fmt: skip

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = f"(?:{'|'.join(WEEKDAYS)})"
_YEAR = r"(?:19|20)\d\d"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(NUMBERS)})"
_UNIT = "(?:day|week|fortnight|month|year)"
_PREPOSITION = r"in|on|since|after|before|until|untill|till|by|during|throughout|within|over|from|of|for|as of"
# "May" and "March" are also no months: they count with a preposition, a day or a year beside them.
_TIME = re.compile(
    rf"(?<![\w-])(?:(?P<preposition>{_PREPOSITION})\s+)?(?:the\s+)?(?:(?:early|mid|late|beginning of|end of)[\s-]+)?"
    rf"(?:(?P<iso>{_YEAR}-\d\d-\d\d)"
    rf"|(?P<day>(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?)(?!\d)"
    rf"(?:,?\s+{_YEAR})?)"
    rf"|(?P<month>(?:last\s+|this\s+)?{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?)"
    rf"|(?P<year>{_YEAR})"
    rf"|(?P<weekday>(?:(?:last|this|past|next)\s+)?{_WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?)"
    rf"|(?P<ago>{_COUNT}\s+{_UNIT}s?\s+ago)"
    rf"|(?P<past>(?:last|past)\s+{_COUNT}\s+{_UNIT}s?)"
    rf"|(?P<period>(?:last|this|past|next|previous)\s+(?:week(?:end)?|month|year|night|morning|afternoon|evening))"
    r"|(?P<near>today|yesterday|tonight|tomorrow))(?![\w-])(?!['’]s?\b)",
    re.IGNORECASE,
)  # fmt: skip
KINDS = ("iso", "day", "month", "year", "weekday", "ago", "past", "period", "near")
_ALSO_WORDS = re.compile(r"^(?:may|march|mar)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words for a time: ``text[start:end]``.

    Attributes:
        preposition: "in", "since", …, lower case, or "".
        kind: One of ``KINDS``.
        words: The time without the preposition and "the": "3 May", "last week".
    """

    start: int
    end: int
    preposition: str
    kind: str
    words: str


def time_words(text: str) -> list[TimeWords]:
    """Return the times that a text speaks of, in order.

    >>> [(one.preposition, one.words) for one in time_words("What did she say on 3 May and last week?")]
    [('on', '3 May'), ('', 'last week')]
    """
    found = []
    for match in _TIME.finditer(text):
        kind = next(kind for kind in KINDS if match[kind])
        preposition = (match["preposition"] or "").lower()
        if not preposition and _ALSO_WORDS.match(match[kind]):
            continue
        found.append(TimeWords(match.start(), match.end(), preposition, kind, match[kind]))
    return found
