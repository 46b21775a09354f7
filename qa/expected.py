"""What kind of words a question asks for, as far as its opening tells: a number, a date, a name."""

import re
from collections.abc import Callable
from enum import StrEnum

_NUMBER_QUESTION = re.compile(
    r"^\W*(?:and |but )?(?:exactly )?(?:how (?:many|much|old|long|often|far|large|big|fast|high|tall)|"
    r"(?:at |for |by )?what (?:share|portion|percentage|proportion|price|number|size|amount|age))\b",
    re.IGNORECASE,
)
_DATE_QUESTION = re.compile(
    r"^\W*(?:since |until )?(?:when|(?:on |in )?what (?:date|day|year|month|time))\b", re.IGNORECASE
)
_NAME_QUESTION = re.compile(
    r"^\W*(?:who|whom|whose|where|(?:in |at |on )?which (?:judge|person|man|woman|senator|city|town|state|country|"
    r"stadium|school|company|team|newspaper))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?|billions?|"
    r"trillions?|half|third|quarter|none|no|zero)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d|\b(?:January|February|(?-i:March|May)|April|June|July|August|September|October|November|December|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|years?|months?|weeks?|days?|today|yesterday|tomorrow|tonight|"
    r"morning|summer|spring|fall|winter|autumn)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-ZÀ-Þ]")


class Expected(StrEnum):
    """What a question expects."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"


_KINDS = {
    Expected.NUMBER: (_NUMBER_QUESTION, _NUMBER),
    Expected.DATE: (_DATE_QUESTION, _DATE),
    Expected.NAME: (_NAME_QUESTION, _NAME),
}


def expected(question: str) -> Expected | None:
    """Return what ``question`` expects, or None where its opening does not tell.

    >>> expected("How many miles of fence?"), expected("Why was it shut?")
    (<Expected.NUMBER: 'number'>, None)
    """
    return next((kind for kind, (asked, _) in _KINDS.items() if asked.match(question)), None)


def expectation(question: str) -> Callable[[str], bool]:
    """Return the test for words that may answer ``question``; a question that tells nothing takes any words.

    >>> expectation("How many miles of fence?")("17 miles"), expectation("When was that?")("the meeting")
    (True, False)
    """
    kind = expected(question)
    if kind is None:
        return lambda _: True
    wanted = _KINDS[kind][1]
    return lambda words: bool(wanted.search(words))
