"""Which days a time means ("last week", "3 May", "in October"), seen from a day."""

import calendar
import re
import warnings
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from qa.timewords import MONTHS, NUMBERS, WEEKDAYS, TimeWords

_ROLLING = frozenset({"in", "within", "over", "during", "for", "throughout"})

# First and last day.
Days = tuple[date, date]


def days_meant(one: TimeWords, anchor: date) -> Days | None:
    """Return the first and last day of a time that lies on or before ``anchor``, or None where there is none."""
    words = one.words.lower()
    try:
        if one.kind in ("iso", "day"):
            return _day(words, anchor)
        if one.kind in ("month", "year"):
            return _month_or_year(words, anchor)
        if one.kind in ("weekday", "near"):
            return _near(words, anchor)
        count = next((int(word) if word.isdigit() else NUMBERS[word]
                      for word in _counts(words)), 1)  # fmt: skip
        if one.kind == "ago":
            return _unit_around(_back(anchor, count, words), words)
        if one.kind == "past" or words.startswith("past ") or (one.preposition in _ROLLING and "last" in words):
            return _back(anchor, count, words), anchor
        return _period_before(words, anchor)
    except (ValueError, OverflowError):
        return None


def _counts(words: str) -> Sequence[str]:
    return re.findall(rf"\d+|\b(?:{'|'.join(NUMBERS)})\b", words)


def _day(words: str, anchor: date) -> Days | None:
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found: datetime | None = dateparser.parse(
            words,
            languages=["en"],
            settings={
                # From the day after, so that the day itself is past.
                "RELATIVE_BASE": datetime.combine(anchor + timedelta(days=1), datetime.min.time()),
                "PREFER_DATES_FROM": "past",
                "PARSERS": ["absolute-time"],
                "REQUIRE_PARTS": ["day", "month"],
            },
        )
    return (found.date(), found.date()) if found else None


def _month_or_year(words: str, anchor: date) -> Days:
    year = re.search(r"\d{4}", words)
    name = re.search(r"[a-z]+", re.sub(r"\b(?:last|this)\b", "", words))
    if name is None:
        return date(int(words), 1, 1), date(int(words), 12, 31)
    month = next(number for number, full in enumerate(MONTHS, start=1) if full.lower().startswith(name.group()[:3]))
    if year:
        return _month(int(year.group()), month)
    past = month > anchor.month or (month == anchor.month and words.startswith("last"))
    return _month(anchor.year - past, month)


def _near(words: str, anchor: date) -> Days:
    weekday = next((number for number, name in enumerate(WEEKDAYS) if name.lower() in words), None)
    back = (anchor.weekday() - weekday) % 7 if weekday is not None else int(words == "yesterday")
    # On a Thursday, "last Thursday" is a week ago.
    if weekday is not None and back == 0 and words.startswith(("last", "past")):
        back = 7
    day = anchor - timedelta(days=back)
    return day, day


def _period_before(words: str, anchor: date) -> Days:
    """Return the days of "last week" (Monday to Sunday), "this month", "last night"."""
    back = 0 if words.startswith("this") else 1
    monday = anchor - timedelta(days=anchor.weekday())
    if "weekend" in words:
        # Of a Sunday, "this weekend" has begun; before it, the one before is meant.
        saturday = monday + timedelta(days=5)
        saturday -= timedelta(days=7 if back or saturday > anchor else 0)
        return saturday, saturday + timedelta(days=1)
    if "week" in words:
        first = monday - timedelta(days=7 * back)
        return first, first + timedelta(days=6)
    if "month" in words:
        return _unit_around(_back(anchor.replace(day=1), back, "month"), "month")
    if "year" in words:
        return date(anchor.year - back, 1, 1), date(anchor.year - back, 12, 31)
    return anchor - timedelta(days=back), anchor


def _back(anchor: date, count: int, words: str) -> date:
    """Return the day ``count`` days, weeks, months or years before ``anchor``."""
    if "month" in words or "year" in words:
        months = count * (12 if "year" in words else 1)
        year, month = divmod(anchor.year * 12 + anchor.month - 1 - months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return date(year, month + 1, min(anchor.day, last))
    return anchor - timedelta(days=count * (14 if "fortnight" in words else 7 if "week" in words else 1))


def _unit_around(day: date, words: str) -> Days:
    """Return the week, month or year in which ``day`` lies, or the day itself, as ``words`` has it."""
    if "year" in words:
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if "month" in words:
        return _month(day.year, day.month)
    if "week" in words or "fortnight" in words:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def _month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
