"""Times in a question as days of publication."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Filters, LibraryStats
from qa.dates import period_of, restricted, without_times
from qa.query import understand
from qa.records import Period

FIRST = date(2019, 3, 1)
NEWEST = date(2023, 5, 10)  # a Wednesday
LATER = date(2026, 1, 1)


def _period(question: str, says: bool = True, newest: date = NEWEST, today: date = LATER) -> Period | None:
    return period_of(question, says, FIRST, newest, today)


def _days(question: str, says: bool = True) -> tuple[date | None, date | None]:
    period = _period(question, says)
    assert period is not None
    return period.since, period.until


@pytest.mark.parametrize(
    ("time", "since", "until"),
    [
        ("last week", date(2023, 5, 1), date(2023, 5, 8)),  # Monday to Sunday, and the papers of the day after
        ("this week", date(2023, 5, 8), None),
        ("yesterday", date(2023, 5, 9), date(2023, 5, 10)),
        ("on Thursday", date(2023, 5, 4), date(2023, 5, 5)),
        ("on Wednesday", date(2023, 5, 10), None),
        ("last Wednesday", date(2023, 5, 3), date(2023, 5, 4)),
        ("last weekend", date(2023, 5, 6), date(2023, 5, 8)),
        ("last night", date(2023, 5, 9), None),
        ("last month", date(2023, 4, 1), date(2023, 4, 30)),
        ("last year", date(2022, 1, 1), date(2022, 12, 31)),
        ("this year", date(2023, 1, 1), None),
        ("two weeks ago", date(2023, 4, 24), date(2023, 5, 1)),
        ("three months ago", date(2023, 2, 1), date(2023, 2, 28)),
        ("four days ago", date(2023, 5, 6), date(2023, 5, 7)),
        ("in the past three weeks", date(2023, 4, 19), None),
        ("in the last month", date(2023, 4, 10), None),
        ("in October", date(2022, 10, 1), date(2022, 10, 31)),
        ("in april", date(2023, 4, 1), date(2023, 4, 30)),
        ("in October 2021", date(2021, 10, 1), date(2021, 10, 31)),
        ("last May", date(2022, 5, 1), date(2022, 5, 31)),
        ("in 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("on 3 May", date(2023, 5, 3), date(2023, 5, 4)),
        ("on May 10", date(2023, 5, 10), None),
        ("on Dec. 24", date(2022, 12, 24), date(2022, 12, 25)),
        ("on March 4, 2021", date(2021, 3, 4), date(2021, 3, 5)),
        ("on 2021-03-04", date(2021, 3, 4), date(2021, 3, 5)),
        ("since 3 May", date(2023, 5, 3), None),
        ("since the election was called on 3 May", date(2023, 5, 3), None),
        ("since last week", date(2023, 5, 1), None),
        ("after the vote on Thursday", date(2023, 5, 4), None),
        ("before 3 May", None, date(2023, 5, 2)),
        ("until last month", None, date(2023, 4, 30)),
        ("between 1 March and 5 April", date(2023, 3, 1), date(2023, 4, 5)),
        ("from March to April 2021", date(2021, 3, 1), date(2021, 4, 30)),
        ("between 2020 and 2021", date(2020, 1, 1), date(2021, 12, 31)),
    ],
)
def test_the_days_of_what_somebody_said(time: str, since: date | None, until: date | None) -> None:
    assert _days(f"What did Holt say {time}?") == (since, until)


@pytest.mark.parametrize("question", ["What did Holt on Thursday say about trams?", "On Thursday, what did Holt say?"])
def test_the_time_may_stand_anywhere(question: str) -> None:
    assert _days(question) == (date(2023, 5, 4), date(2023, 5, 5))


@pytest.mark.parametrize(
    ("question", "since"),
    [
        # What was so then may be told any time after.
        ("How many geese died in 2022?", date(2022, 1, 1)),
        ("How many geese died last week?", date(2023, 5, 1)),
        ("How many geese died since 2021?", date(2021, 1, 1)),
    ],
)
def test_other_facts_have_a_first_day_only(question: str, since: date) -> None:
    assert _days(question, says=False) == (since, None)


def test_what_happened_is_told_at_that_time() -> None:
    assert _days("What happened in Arbor last week?", says=False) == (date(2023, 5, 1), date(2023, 5, 8))
    # And of a year in the next one too.
    assert _days("What happened in Arbor in 2021?", says=False) == (date(2021, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    "question",
    [
        # The time is asked for.
        "When did the strike end last week?",
        "In what month of 2022 did the strike end?",
        "And what year was it, 2021 or 2022?",
        "How long did the strike last in 2022?",
        # The time belongs to a thing.
        "What did Holt say about the 2022 budget?",
        "What did Holt say about last week's vote?",
        "What did Holt say about the May 3 attack?",
        "What did Holt say about last week?",
        "Who won the election of 2022?",
        "What is offered on Black Friday?",
        "What opens every Friday?",
        # It is the day of a week that is talked about.
        "Who spoke on the Monday?",
        # It is what something is for.
        "What did Holt say about the field for 2022?",
        # It is counted from something else.
        "What did Holt say on the last weekend before the vote?",
        # It is how things are.
        "How is the harbor run today?",
        "What does Holt say about how trams are paid for today?",
        # It lies ahead.
        "What will happen in October?",
        "What does Holt expect this year?",
        "What did Holt say about next week?",
        # No time, or none there is.
        "What did Holt say about trams?",
        "How may I march?",
        "What did Holt say on 31 February?",
        "What did Holt say on 3 May 2024?",
    ],
)
@pytest.mark.parametrize("says", [True, False])
def test_what_does_not_restrict(question: str, says: bool) -> None:
    assert _period(question, says) is None


@pytest.mark.parametrize("question", ["How much was paid in July?", "Who was hurt on 3 May?", "How many left by 2022?"])
def test_a_fact_of_a_day_whose_year_is_a_guess_is_looked_for_everywhere(question: str) -> None:
    assert _period(question, says=False) is None


@pytest.mark.parametrize("question", ["What is happening in the harbor today?", "What did Holt say today?"])
def test_what_is_told_today_was_printed_today(question: str) -> None:
    assert _period(question) is not None


def test_a_first_day_before_the_oldest_article_restricts_nothing() -> None:
    assert _period("How many geese died since 2018?", says=False) is None


def test_a_library_without_dates_is_not_restricted() -> None:
    assert period_of("What did Holt say last week?", True, None, None, LATER) is None


def test_days_are_counted_from_the_newest_article_of_an_archive_and_from_today_in_a_current_library() -> None:
    question = "What did Holt say yesterday?"
    old = _period(question, today=NEWEST + timedelta(days=8))
    assert old is not None
    assert (old.since, old.counted_from) == (NEWEST - timedelta(days=1), NEWEST)
    today = NEWEST + timedelta(days=1)
    current = _period(question, today=today)
    assert current is not None
    assert (current.since, current.counted_from) == (NEWEST, today)


def test_an_article_dated_in_the_future_does_not_move_today() -> None:
    today = date(2023, 5, 10)
    period = _period("What did Holt say yesterday?", newest=date(2033, 1, 1), today=today)
    assert period is not None
    assert period.counted_from == today


def test_words_with_a_year_are_counted_from_nothing() -> None:
    period = _period("What did Holt say in October 2021?")
    assert period == Period("in October 2021", date(2021, 10, 1), date(2021, 10, 31))


def test_the_filters_of_the_user_and_of_the_question_both_count() -> None:
    filters = Filters(("Harbour Times",), date(2023, 5, 3), date(2023, 5, 20))
    period = Period("last week", date(2023, 5, 1), date(2023, 5, 8))
    assert restricted(filters, period) == Filters(("Harbour Times",), date(2023, 5, 3), date(2023, 5, 8))
    assert restricted(filters, None) is filters


def test_without_times() -> None:
    asked = "What did Holt say on Thursday about the 2022 budget last week?"
    assert without_times(asked) == "What did Holt say about the 2022 budget?"


def test_understanding_restricts_where_it_knows_the_library() -> None:
    left = LibraryStats(3, 9, ("Harbour Times",), FIRST, NEWEST)
    question = "What did Holt say about trams in 2021?"
    query = understand(question, left=left)
    assert query.filters == Filters((), date(2021, 1, 1), date(2021, 12, 31))
    assert query.period is not None
    assert (query.speaker, query.topic) == ("Holt", "trams")
    unread = understand(question)
    assert (unread.filters, unread.period) == (Filters(), None)


def test_a_follow_up_keeps_the_time_of_the_question_it_completes() -> None:
    left = LibraryStats(3, 9, (), FIRST, NEWEST)
    query = understand("And Corvane?", ["What did Holt say about trams in 2021?"], left=left)
    assert query.filters.since == date(2021, 1, 1)


def test_a_follow_up_keeps_the_time_of_the_question_behind_it_only_for_what_that_asks() -> None:
    left = LibraryStats(3, 9, (), FIRST, NEWEST)
    said = understand("What else did he say of it?", ["What did Holt write in 2021?"], left=left)
    assert (said.filters.since, said.filters.until) == (date(2021, 1, 1), date(2021, 12, 31))
    fact = understand("What did the mayor say to that?", ["How much did the ferry cost in 2021?"], left=left)
    assert (fact.filters.since, fact.filters.until) == (date(2021, 1, 1), None)
    asks_time = understand("When was that?", ["What did Holt write in 2021?"], left=left)
    assert asks_time.period is None


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.booleans())
def test_any_text_gives_days_in_order(question: str, newest: date, says: bool) -> None:
    period = period_of(question, says, date(1980, 1, 1), newest, date(2030, 1, 1))
    if period and period.since and period.until:
        assert period.since <= period.until


_times = st.sampled_from(
    "last week|yesterday|on Friday|in May|in 2001|last weekend|two months ago|in the past year|on 29 February|"
    "last month|this morning|since Monday|on 31 January|a year ago|last night".split("|")
)


@given(_times, st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_no_time_begins_after_the_day_from_which_it_is_counted(time: str, newest: date) -> None:
    period = period_of(f"What did Holt say {time}?", True, date(1980, 1, 1), newest, date(2031, 1, 1))
    if period and period.since:
        assert period.since <= newest
