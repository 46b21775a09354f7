"""Days and times as news text writes them, and whether two of them cannot both be right."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_WEEKDAYS = {name[:3].lower(): number for number, name in enumerate(calendar.day_name)}
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b", re.IGNORECASE),
        (rf"\b{_MONTH}\s+{_DAY}\b(?!:)(?:,?\s+{_YEAR})?", 0),
        (rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)(?:,?\s+{_YEAR})?", 0),
        (rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b", 0),
        (rf"\b{_MONTH}(?!\w)", 0),
        (rf"(?<![$€£\d,.-]){_YEAR}(?![\d,%-]|\.\d|s\b)", 0),
    )
)
_WEEKDAY = re.compile(r"\b(?P<name>Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?")
_NEAR = re.compile(r"\b(?P<word>today|tonight|yesterday|tomorrow|this (?:morning|afternoon|evening))\b", re.IGNORECASE)
_AROUND = re.compile(r"\b(?P<which>last|this|next)\s+(?P<what>year|month)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?|\b(?P<word>noon|midnight)\b|"
    r"\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b",
    re.IGNORECASE,
)
# A zone would have to be reckoned with; "before 10 a.m." is no time but a limit.
_ZONE = re.compile(r"\b(?:[ECMP][SD]?T|GMT|UTC|eastern|central|mountain|pacific|local time)\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:before|after|since|until|till|by|from|through|between|to|or|and|about|around|early|late|mid|end|beginning|"
    r"start|circa|ago|spring|summer|fall|autumn|winter|decade|century|week(?:end|s)?|later|earlier|as early as)\b|"
    r"\d\d\d0s",
    re.IGNORECASE,
)
# How far a weekday may be from the day of publication, and a day of publication from the day of writing.
_WEEKDAY_REACH = timedelta(days=8)
_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a text tells of a time; what it does not tell is None.

    Attributes:
        month: 1 to 12.
        weekday: 0 for Monday.
        minute: Minutes after midnight.
        first: The earliest day that can be meant.
        last: The latest.
        guessed: The year of these two is the one that is nearest to the day of publication.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    minute: int | None = None
    first: date | None = None
    last: date | None = None
    guessed: bool = False


def moment(text: str, published: date | None, before: str = "") -> Moment | None:
    """Return the one day or time that a text tells, or None where it tells none, several, or a limit only.

    Args:
        text: The words.
        published: When they were published: "Monday" is a Monday near it.
        before: What stands before the words: "after" may be the last word of it.
    """
    if _LIMIT.search(text) or _LIMIT.search(" ".join(before.split()[-2:])) or _ZONE.search(text):
        return None
    dates, rest = _taken(text)
    weekdays = {_WEEKDAYS[match["name"][:3].lower()] for match in _WEEKDAY.finditer(rest)}
    clocks = {_minute(match) for match in _CLOCK.finditer(rest)}
    relative = _relative(rest, published)
    if max(len(dates), len(weekdays), len(clocks)) > 1 or not (dates or weekdays or clocks or relative):
        return None
    year, month, day = dates[0] if dates else (None, None, None)
    weekday = next(iter(weekdays), None)
    try:
        first, last = relative or _days(year, month, day, weekday, published)
        guessed = bool(month and not year and first)
    except ValueError:  # 31 April
        return None
    if weekday is None and year and day and first:
        weekday = first.weekday()
    return Moment(year, month, day, weekday, next(iter(clocks), None), first, last, guessed)


def moments_differ(one: Moment, other: Moment) -> bool:
    """Return whether two times cannot both be right; False where they tell different things, or it is not certain."""
    if _conflict(one.year, other.year) or _conflict(one.month, other.month) or _conflict(one.day, other.day):
        return True
    if not (one.guessed or other.guessed) and _apart(one, other):
        return True
    return _conflict(one.weekday, other.weekday) or _conflict(one.minute, other.minute)


def moments_agree(one: Moment, other: Moment) -> bool:
    """Return whether two times tell something of the same kind and can be one."""
    if moments_differ(one, other):
        return False
    if one.first and other.first:
        return not _apart(one, other)
    return any(
        mine is not None and mine == theirs
        for mine, theirs in ((one.weekday, other.weekday), (one.month, other.month), (one.minute, other.minute))
    )


def _apart(one: Moment, other: Moment) -> bool:
    """Return whether the days that can be meant have none in common."""
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.first > other.last or other.first > one.last


def _conflict(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one != other


_Parts = tuple[int | None, int | None, int | None]


def _taken(text: str) -> tuple[list[_Parts], str]:
    """Return year, month and day of each date, and the text with the dates blanked."""
    found: list[_Parts] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            number, name = groups.get("number"), groups.get("month")
            month = int(number) if number else _MONTHS[name[:3].lower()] if name else None
            year, day = groups.get("year"), groups.get("day")
            found.append((int(year) if year else None, month, int(day) if day else None))
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return list(dict.fromkeys(found)), text


def _minute(match: re.Match[str]) -> int:
    if match["word"]:
        return 720 if match["word"].lower() == "noon" else 0
    if match["hour24"]:
        return int(match["hour24"]) * 60 + int(match["minute24"])
    return (int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p")) * 60 + int(match["minute"] or 0)


def _relative(text: str, published: date | None) -> tuple[date, date] | None:
    """Return the days of "yesterday" or "last month", a day more on either side of a day."""
    if published is None:
        return None
    if match := _NEAR.search(text):
        day = published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(match["word"].lower(), 0))
        return day - _SLACK, day + _SLACK
    if match := _AROUND.search(text):
        step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
        if match["what"].lower() == "year":
            return date(published.year + step, 1, 1), date(published.year + step, 12, 31)
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return date(year, month + 1, 1), date(year, month + 1, calendar.monthrange(year, month + 1)[1])
    return None


def _days(
    year: int | None, month: int | None, day: int | None, weekday: int | None, published: date | None
) -> tuple[date | None, date | None]:
    """Return the first and the last day that can be meant; None where any day can.

    A month without a year is the one nearest to the day of publication.

    Raises:
        ValueError: There is no such day.
    """
    if year and month:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, day or 1), date(year, month, day or last)
    if year:
        return date(year, 1, 1), date(year, 12, 31)
    if month and published:
        leap = (day or 1) > 28 and month == 2
        years = [y for y in range(published.year - 1, published.year + 2) if not leap or calendar.isleap(y)]
        spans = [_days(y, month, day, None, None) for y in years]
        return min(spans, key=lambda span: abs(published - span[0]) if span[0] else timedelta.max)
    if month:
        date(2024, month, day or 1)
        return None, None
    if weekday is not None and published:
        return published - _WEEKDAY_REACH, published + _WEEKDAY_REACH
    return None, None
