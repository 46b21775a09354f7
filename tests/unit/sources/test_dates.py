"""Dates as articles write them."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.bylines import parse_date_line
from index.sources.dates import find_date, parse_date


@pytest.mark.parametrize(
    "value",
    [
        "2022-06-03",
        "2022-06-03T23:59:59Z",
        "2022-06-03 10:00:00+02:00",
        "2022/06/03",
        "20220603",
        "Fri, 03 Jun 2022 10:00:00 GMT",
        "June 3, 2022",
        "Jun. 3, 2022",
        "Friday, June 3rd, 2022",
        "3 June 2022",
        "03-Jun-2022",
        "6/3/2022",
        "06.03.22",
        "3 juin 2022",
        1654214400,
        1654214400000,
        "1654214400",
        date(2022, 6, 3),
        datetime(2022, 6, 3, 23, 0, tzinfo=UTC),
    ],
)
def test_forms_of_one_date(value: object) -> None:
    assert parse_date(value) == date(2022, 6, 3)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "  ", "today", "yesterday", "3 hours ago", "Wednesday", "June 2022", "2022", "May 16", "soon"),
        *(True, 7, [], "2022-02-30", "99/99/2022", "9999-99-99", "0000-01-01", "x" * 10_000, -5),
        *(float("nan"), float("inf")),
    ],
)
def test_no_date(value: object) -> None:
    assert parse_date(value) is None


def test_month_first_unless_impossible() -> None:
    assert parse_date("03/04/2022") == date(2022, 3, 4)
    assert parse_date("25/12/2022") == date(2022, 12, 25)


def test_find_date_gives_the_place() -> None:
    text = "Updated May 16, 2022 at 9:05"
    found = find_date(text)
    assert found is not None
    assert (found[0], text[found[1] : found[2]]) == (date(2022, 5, 16), "May 16, 2022")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Updated May 16, 2022", date(2022, 5, 16)),
        ("Published: 2022-05-16", date(2022, 5, 16)),
        ("Published 9:05 a.m. ET May 16, 2022 | Updated 10:00 a.m. ET May 17, 2022", date(2022, 5, 16)),
        ("January 3, 2022", date(2022, 1, 3)),
        ("The wall fell on January 3, 2022", None),
        ("Updated May 16", None),
    ],
)
def test_date_lines(line: str, day: date | None) -> None:
    assert parse_date_line(line) == day


def test_ten_thousand_iso_dates_take_under_a_second() -> None:
    start = time.process_time()
    assert all(parse_date(f"20{n % 100:02}-06-03T10:00:00") for n in range(10_000))
    assert time.process_time() - start < 1


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)
