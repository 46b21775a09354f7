"""Sentences about numbers, dates and sources."""

from datetime import date

import pytest

from index.records import LibraryStats
from ui import phrases


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 10, 2), date(2023, 10, 22), "2–22 October 2023"),
        (date(2023, 9, 28), date(2023, 10, 3), "28 September – 3 October 2023"),
        (date(2022, 12, 31), date(2023, 1, 2), "31 December 2022 – 2 January 2023"),
        (date(2023, 10, 2), date(2023, 10, 2), "2 October 2023"),
        (None, None, ""),
    ],
)
def test_dates(first: date | None, last: date | None, words: str) -> None:
    assert phrases.dates(first, last) == words


def test_holdings() -> None:
    stats = LibraryStats(28, 90, ("A", "B", "C", "D", "E"), date(2023, 10, 2), date(2023, 10, 22))
    assert phrases.holdings(stats) == "28 articles from 5 publications, 2–22 October 2023"
    assert phrases.holdings(LibraryStats(1, 1, ("",), None, None)) == "1 article"
    assert phrases.holdings(LibraryStats(3, 9, ("A",), None, None), 1204) == "3 of 1,204 articles from 1 publication"
    assert phrases.holdings(LibraryStats(0, 0, (), None, None), 1) == "0 of 1 article"
    assert phrases.holdings(LibraryStats(1, 1, (), None, None), 1) == "1 article"
    assert phrases.holdings(LibraryStats(1204, 1, ("A",), None, None)) == "1,204 articles from 1 publication"


@pytest.mark.parametrize(("probability", "words"), [(0.784, "78 % likely"), (1.0, "99 % likely"), (0.0, "1 % likely")])
def test_likelihood(probability: float, words: str) -> None:
    assert phrases.likelihood(probability).replace("\u00a0", " ") == words


def test_source_line_leaves_out_what_is_missing() -> None:
    assert phrases.source_line("Bridge", "Times", ("A", "B", "C"), date(2023, 10, 2)) == (
        "Bridge — Times, A, B and C, 2 October 2023"
    )
    assert phrases.source_line("Bridge", "", (), None) == "Bridge"
    assert phrases.source_line("", "Times", (), None) == "Untitled — Times"


def test_progress() -> None:
    assert phrases.progress(120, 1000, 10.0) == "120 of 1,000 articles · 12 a second · 73 s left"
    assert phrases.progress(3, None, 2.0) == "3 articles · 1.5 a second"
    assert phrases.progress(0, 40, 1.0) == "0 of 40 articles"
    assert phrases.progress(4, 4, 1.0) == "4 of 4 articles · 4.0 a second"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "under a second"), (42.2, "42 s"), (200, "3 min"), (7500, "2 h 5 min")]
)
def test_duration(seconds: float, words: str) -> None:
    assert phrases.duration(seconds) == words
