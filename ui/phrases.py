"""Plain sentences about numbers, dates and sources. No Streamlit, no markup."""

from collections.abc import Sequence
from datetime import date, datetime

from index.records import LibraryStats

NO_ANSWER = "No article here answers that."
DISAGREE = "Sources here give different answers. None of them is shown as the right one."
_NO_BREAK = "\u00a0"


def count(number: int, noun: str) -> str:
    """Return "1 article", "28 articles", "1,204 articles"."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def day(value: date | None) -> str:
    """Return "2 October 2023", or "" for None."""
    return f"{value.day} {value:%B} {value.year}" if value else ""


def local_day(moment: datetime) -> date:
    """Return the day of a moment where On Record runs."""
    return moment.astimezone().date()


def dates(first: date | None, last: date | None) -> str:
    """Return the span of two dates, saying month and year once: "2–22 October 2023"."""
    if not first or not last or first == last:
        return day(first or last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def holdings(stats: LibraryStats, held: int = 0) -> str:
    """Return what a library, or a part of its ``held`` articles, holds.

    "28 articles from 5 publications, 2–22 October 2023" or "3 of 28 articles from 1 publication, 2 October 2023".
    """
    named = [name for name in stats.publications if name]
    part = held > stats.articles
    words = f"{stats.articles:,} of {count(held, 'article')}" if part else count(stats.articles, "article")
    if named:
        words += f" from {count(len(named), 'publication')}"
    when = dates(stats.first, stats.last)
    return f"{words}, {when}" if when else words


def all_statements(number: int, newest_first: bool = False) -> str:
    """Return the label over the statements of one speaker."""
    return f"All {number:,} statements, {'newest' if newest_first else 'oldest'} first"


def listed(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def likelihood(probability: float) -> str:
    """Return "78 % likely". Never 0 or 100: no estimate is that sure."""
    return f"{percent(probability)}{_NO_BREAK}%{_NO_BREAK}likely"


def likelihood_explained(probability: float) -> str:
    """Return what the number means."""
    shown = percent(probability)
    return f"Of answers shown at {shown} %, about {shown} % are right."


def percent(probability: float) -> int:
    """Return ``probability`` as whole percent between 1 and 99."""
    return min(99, max(1, round(probability * 100)))


def byline(publication: str, authors: Sequence[str], published: date | None) -> str:
    """Return "Publication, A and B, 2 October 2023" without what is missing."""
    return ", ".join(part for part in (publication, listed(authors), day(published)) if part)


def source_line(title: str, publication: str, authors: Sequence[str], published: date | None) -> str:
    """Return "Headline — Publication, A and B, 2 October 2023"."""
    return " — ".join(part for part in (title or "Untitled", byline(publication, authors, published)) if part)


def duration(seconds: float) -> str:
    """Return "under a second", "42 s", "3 min" or "2 h 5 min", rounded for reading."""
    if seconds < 1:
        return "under a second"
    if seconds < 90:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


def progress(done: int, total: int | None, seconds: float, noun: str = "article") -> str:
    """Return "120 of 1,000 articles · 35 a second · 25 s left"; without ``total`` the time left is unknown."""
    parts = [f"{done:,} of {count(total, noun)}" if total else count(done, noun)]
    rate = done / seconds if seconds > 0 else 0.0
    if rate > 0:
        parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        if total and total > done:
            parts.append(f"{duration((total - done) / rate)} left")
    return " · ".join(parts)
