"""Days and times: which pairs are the same, which cannot both be right, and what tells none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.moments import Moment, moment, moments_agree, moments_differ

TUESDAY, THURSDAY = date(2023, 10, 3), date(2023, 10, 5)
SAME = [
    ("Monday", "on Monday, Oct. 2"),
    ("Oct. 2", "October 2, 2023"),
    ("2 October 2023", "Oct. 2"),
    ("2023", "October 2023"),
    ("last month", "September"),
    ("yesterday", "Monday"),
    ("yesterday", "Oct. 3"),
    ("last year", "2022"),
    ("10 a.m.", "10:00"),
    ("noon", "12 p.m."),
    ("Monday at 10 a.m.", "Monday"),
    ("May 2019", "2019"),
    ("in March", "March 3"),
    ("2023-10-02", "October 2"),
    ("Monday", "Oct. 9"),
    ("today", "Oct. 4"),
    ("Monday", "Mon."),
    ("8 p.m.", "20:00"),
    ("March 1", "1st of March"),
    ("this month", "October 2023"),
    ("Tuesday night", "Tuesday"),
]
DIFFERENT = [
    ("Monday", "Tuesday"),
    ("Oct. 2", "Oct. 3"),
    ("2019", "2020"),
    ("May 2019", "June 2019"),
    ("10 a.m.", "11 a.m."),
    ("noon", "midnight"),
    ("last year", "2020"),
    ("Oct. 2, 2023", "Monday, Oct. 9, 2023"),
    ("Monday", "Oct. 16, 2023"),
    ("March", "April 5"),
    ("March 3", "March 4"),
    ("Monday at 10 a.m.", "Monday at 11 a.m."),
    ("3 May", "4 May"),
    ("Oct. 3, 2023", "Monday"),
]
SILENT = [
    ("before Monday", "Tuesday"),
    ("Monday or Tuesday", "Wednesday"),
    ("10 a.m. ET", "11 a.m."),
    ("two weeks ago", "Oct. 3"),
    ("in the 1990s", "2001"),
    ("after the vote", "Monday"),
    ("early 2019", "2020"),
    ("Monday to Friday", "Saturday"),
    ("it may rain", "June"),
    ("the march", "April"),
    ("31 April", "May 1"),
    ("summer", "July"),
]


def _both(one: str, other: str) -> list[tuple[Moment | None, Moment | None]]:
    """Read a pair as published on Tuesday and on Thursday, and the other way round."""
    return [(moment(a, TUESDAY), moment(b, THURSDAY)) for a, b in ((one, other), (other, one))]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    for first, second in _both(one, other):
        assert first and second
        assert not moments_differ(first, second)
        assert moments_agree(first, second)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_not_the_same(one: str, other: str) -> None:
    for first, second in _both(one, other):
        assert first and second
        assert moments_differ(first, second)
        assert not moments_agree(first, second)


@pytest.mark.parametrize(("one", "other"), SILENT)
def test_limits_and_what_is_vague_tell_nothing(one: str, other: str) -> None:
    assert all(first is None or second is None for first, second in _both(one, other))


def test_a_time_of_the_day_and_a_day_are_neither_the_same_nor_different() -> None:
    for first, second in _both("10 a.m.", "Monday"):
        assert first and second
        assert not moments_differ(first, second) and not moments_agree(first, second)


def test_a_limit_before_the_words_counts() -> None:
    assert moment("Monday", TUESDAY, before="It opens after") is None
    assert moment("Monday", TUESDAY, before="It opens on") is not None
    assert moment("Monday", TUESDAY, before="After the storm, it opens") is not None


def test_without_a_day_of_publication_relative_words_tell_nothing() -> None:
    assert moment("yesterday", None) is None
    found = moment("Monday", None)
    assert found == Moment(weekday=0)


def test_parts() -> None:
    assert moment("Monday, Oct. 2, 2023, at 10:30 a.m.", None) == Moment(
        2023, 10, 2, 0, 630, date(2023, 10, 2), date(2023, 10, 2)
    )
    assert moment("12 a.m.", None) == Moment(minute=0)
    assert moment("2023", None) == Moment(2023, first=date(2023, 1, 1), last=date(2023, 12, 31))
    assert moment("yesterday", TUESDAY) == Moment(first=date(2023, 10, 1), last=date(2023, 10, 3))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_itself_in_all_spellings(day: date) -> None:
    spellings = [f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}", f"{day:%A}, {day:%B} {day.day}"]
    read = [moment(text, day) for text in (*spellings, day.isoformat())]
    assert all(read)
    for one in read:
        for other in read:
            assert one and other and not moments_differ(one, other) and moments_agree(one, other)


@given(st.text("0123456789 OctMay.,:ap-m1 noon", max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    found = moment(text, TUESDAY, text)
    assert found is None or not moments_differ(found, found)
