"""Publication dates as articles write them."""

import re
import warnings
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>[12]\d{3})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        r"\b(?P<year>[12]\d{3})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?!\d)",
        rf"\b{_MONTH}\s*{_DAY}(?:,\s*|\s+){_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?[\s-]+{_MONTH}[,\s-]+{_YEAR}\b",
        r"\b(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>[12]\d{3})\b",
        r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>[12]\d{3})\b",
    )
)
# "02.28.13" and "2/28/13", as press offices stamp their pages; only where nothing else stands in the text.
_SHORT_YEAR = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_WORTH_PARSING = re.compile(r"(?=.*\b[12]\d{3}\b)(?=.*[^\W\d_]{3})", re.DOTALL)
# dateparser loads seconds of data where it has to find out the language itself.
_LANGUAGES = ["en", "es", "fr", "de", "it", "pt", "nl"]
_LONGEST = 60
_FIRST_YEAR, _LAST_YEAR = 1600, 2100


def parse_date(value: object) -> date | None:
    """Read a publication date.

    Args:
        value: A date, datetime, epoch seconds (or milliseconds), or text: ISO with or without time, RFC 2822,
            "June 3, 2022", "3 June 2022", "Jan. 3, 2022", "03/04/2022" (US month first unless impossible).

    Returns:
        The date as written, without any change of time zone; None where ``value`` is no full date.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_epoch(value)
    return _from_text(value.strip()) if isinstance(value, str) else None


def find_date(text: str) -> tuple[date, int, int] | None:
    """Find the first full date that stands in ``text``.

    Args:
        text: A short text, such as a line.

    Returns:
        The date and the half-open range of characters it takes, or None.
    """
    found = []
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match and (day := _from_match(match)):
            found.append((match.start(), day, match.end()))
    if not found:
        return None
    start, day, end = min(found)
    return day, start, end


def _from_text(text: str) -> date | None:
    if match := _ISO.match(text):
        return _build(match[1], match[2], match[3])
    if not text or len(text) > _LONGEST:
        return None
    if match := _COMPACT.fullmatch(text):
        return _build(match[1], match[2], match[3])
    if match := _SHORT_YEAR.fullmatch(text):
        year = int(match[3]) + (2000 if int(match[3]) < 70 else 1900)
        return _build(str(year), match[1], match[2]) or _build(str(year), match[2], match[1])
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    if found := find_date(text):
        return found[0]
    return _from_rfc(text) or _from_dateparser(text)


def _from_rfc(text: str) -> date | None:
    try:
        return _within(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_dateparser(text: str) -> date | None:
    """Other languages and rare forms; slow, so only where a year and a word stand in the text."""
    if not _WORTH_PARSING.match(text):
        return None
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            parsed: datetime | None = dateparser.parse(
                text,
                languages=_LANGUAGES,
                settings={
                    "STRICT_PARSING": True,
                    "REQUIRE_PARTS": ["day", "month", "year"],
                    "PARSERS": ["absolute-time"],
                },
            )
        except (ValueError, OverflowError, TypeError, RecursionError):
            return None
    return _within(parsed.date()) if parsed else None


def _from_match(match: re.Match[str]) -> date | None:
    month = match["month"].lower()
    number = str(_MONTHS[month]) if month in _MONTHS else month
    # "25/12/2022": the month cannot be 25, so the writer put the day first.
    return _build(match["year"], number, match["day"]) or (
        _build(match["year"], match["day"], number) if match["month"].isdigit() and int(number) > 12 else None
    )


def _build(year: str, month: str, day: str) -> date | None:
    try:
        return _within(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _from_epoch(seconds: int | float) -> date | None:
    if not 1e8 <= seconds < 1e13:
        return None
    if seconds >= 1e11:
        seconds /= 1000
    try:
        return _within(datetime.fromtimestamp(seconds, tz=UTC).date())
    except (ValueError, OverflowError, OSError):
        return None


def _within(day: date) -> date | None:
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
