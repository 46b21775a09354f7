"""Statements over time: a bar chart, the sentence that says the same, and the table that gives the numbers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import streamlit as st

from ui import escape, phrases

Unit = Literal["day", "month", "year"]
# More bars than this are too thin to tell apart.
_MOST_DAYS = 62
_MOST_MONTHS = 120
# Of both themes' red: the light one's is lost on the dark page.
_BAR = "#bd5b45"


@dataclass(frozen=True, slots=True)
class Timeline:
    """How many statements each day, month or year has, in order and without gaps.

    Attributes:
        unit: What one bar is.
        counts: "2023-10-02", "2023-10" or "2023", and the number of statements.
        undated: How many statements are of no known date.
    """

    unit: Unit
    counts: tuple[tuple[str, int], ...]
    undated: int


def timeline(days: Sequence[date | None]) -> Timeline:
    """Count the days of statements: by day within two months, by month within ten years, else by year."""
    known = [day for day in days if day]
    if not known:
        return Timeline("day", (), len(days))
    first, last = min(known), max(known)
    unit = _unit(first, last)
    counted = Counter(_label(day, unit) for day in known)
    labels = dict.fromkeys(_label(first + timedelta(n), unit) for n in range((last - first).days + 1))
    return Timeline(unit, tuple((label, counted[label]) for label in labels), len(days) - len(known))


def _unit(first: date, last: date) -> Unit:
    if (last - first).days < _MOST_DAYS:
        return "day"
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    return "month" if months <= _MOST_MONTHS else "year"


def _label(day: date, unit: Unit) -> str:
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def described(shown: Timeline) -> str:
    """Return what the chart shows in words: from when to when, when most, and how many it leaves out."""
    undated = f"{phrases.count(shown.undated, 'statement')} without a date." if shown.undated else ""
    if len(shown.counts) < 2:
        return undated
    busiest, most = max(shown.counts, key=lambda pair: pair[1])
    first, last = spelled(shown.counts[0][0]), spelled(shown.counts[-1][0])
    at = "on" if shown.unit == "day" else "in"
    words = f"By {shown.unit}, from {first} to {last}; most {at} {spelled(busiest)} ({most:,})."
    return f"{words} {undated}".strip()


def spelled(label: str) -> str:
    """Return "2 October 2023" for "2023-10-02", "October 2023" for "2023-10", "2023" for itself."""
    parts = label.split("-")
    if len(parts) == 1:
        return label
    day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    return phrases.day(day) if len(parts) > 2 else f"{day:%B} {day.year}"


def chart(shown: Timeline, who: str) -> None:
    """Show the chart, which has a description for screen readers, and its numbers as a table."""
    if len(shown.counts) > 1:
        st.vega_lite_chart(spec(shown, who), width="stretch")
        with st.expander("The chart as a table"):
            st.html(table(shown))


def spec(shown: Timeline, who: str) -> dict[str, Any]:
    """Return the chart in Vega-Lite; dates are labels, so no time zone moves them."""
    return {
        "description": f"Bar chart of statements by {who}. {described(shown)}",
        "data": {"values": [{"when": when, "statements": number} for when, number in shown.counts]},
        "mark": {"type": "bar", "tooltip": True, "color": _BAR, "width": {"band": 0.8}},
        "height": 180,
        "encoding": {
            "x": {
                "field": "when",
                "type": "ordinal",
                "title": None,
                "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 12},
            },
            "y": {
                "field": "statements",
                "type": "quantitative",
                "title": None,
                "axis": {"tickMinStep": 1, "format": ",d"},
            },
        },
    }


def table(shown: Timeline) -> str:
    """Return days, months or years that have statements as an HTML table."""
    rows = "".join(
        f'<tr><th scope="row">{escape.html(spelled(when))}</th><td>{number:,}</td></tr>'
        for when, number in shown.counts
        if number
    )
    head = f'<tr><th scope="col">{shown.unit.capitalize()}</th><th scope="col">Statements</th></tr>'
    return f'<table class="or-table"><thead>{head}</thead><tbody>{rows}</tbody></table>'
