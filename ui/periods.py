"""Plain sentences about the days of publication that were read from a question. No Streamlit, no markup."""

from qa.records import Period
from ui import phrases


def line(period: Period) -> str:
    """Return "Published 1–8 May 2023 (last week)"."""
    if period.since and period.until:
        when = phrases.dates(period.since, period.until)
    else:
        when = f"from {phrases.day(period.since)}" if period.since else f"until {phrases.day(period.until)}"
    return f"Published {when} ({period.words})"


def explained(period: Period) -> str:
    """Return where the days come from and what pressing does."""
    counted = f"Counted from {phrases.day(period.counted_from)}. " if period.counted_from else ""
    return f"Only articles of these days were searched. {counted}Press to ask without this."


def read_from(period: Period) -> str:
    """Return where the days of a restriction come from: "Days read from the question: last week (from 10 May 2023)"."""
    counted = f" (counted from {phrases.day(period.counted_from)})" if period.counted_from else ""
    return f"Days read from the question: {period.words}{counted}"
