"""Weekdays in an article as dates."""

from datetime import date

import pytest

from qa.article_days import days_beside, days_told

PUBLISHED = date(2023, 5, 10)  # a Wednesday


def _told(text: str) -> list[date]:
    return [one.day for one in days_told(text, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor resigned on Thursday.", date(2023, 5, 4)),
        ("The mayor resigned Wednesday.", date(2023, 5, 10)),
        ("“We waited too long,” Holt said Tuesday.", date(2023, 5, 9)),
        ("The bridge will close on Friday.", date(2023, 5, 12)),
        ("The trial is scheduled to begin Monday.", date(2023, 5, 15)),
        ("The deal must be signed by Friday.", date(2023, 5, 12)),
        ("Holt said Tuesday that the bridge will close.", date(2023, 5, 9)),
        ("The plan, which will cost $4, was announced Monday.", date(2023, 5, 8)),
        ("Holt said the bridge would close Friday.", date(2023, 5, 12)),
        ("It opened last Wednesday.", date(2023, 5, 3)),
        ("It opens this coming Wednesday.", date(2023, 5, 17)),
        ("It opens this Thursday.", date(2023, 5, 11)),
        ("On Thursday Garland resigned.", date(2023, 5, 4)),
        ("They met yesterday.", date(2023, 5, 9)),
        ("They meet tomorrow.", date(2023, 5, 11)),
        ("It rained last night.", date(2023, 5, 9)),
    ],
)
def test_a_day_seen_from_the_day_of_publication(text: str, day: date) -> None:
    assert _told(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The museum is open every Thursday.",
        "Thursdays are quiet.",
        "It was a Sunday.",
        "The sale begins on Black Friday.",
        "The Sunday Times reported it.",
        "He watched Saturday Night Live.",
        "It closed on Monday, Oct. 2.",
        "It closed on Friday the 13th.",
        "They met on Tuesday (3 May).",
        "It falls on the Tuesday after Easter.",
        "They met the following Monday.",
        "It opens next Thursday.",
        "It seems only yesterday.",
        "It closed in May.",
    ],
)
def test_what_is_no_day_seen_from_there(text: str) -> None:
    assert _told(text) == []


def test_the_words_are_a_slice_of_the_text() -> None:
    text = "Holt resigned last Thursday. Corvane will resign Friday."
    told = days_told(text, PUBLISHED)
    assert [text[one.start : one.end] for one in told] == [one.words for one in told] == ["last Thursday", "Friday"]


def test_only_days_of_the_sentences_of_the_answer_are_given_each_once() -> None:
    text = "It rained on Monday. Holt resigned on Thursday, and on Thursday Corvane left. They met Friday."
    start = text.index("Holt")
    [one] = days_beside(text, start, start + len("Holt resigned"), PUBLISHED)
    assert (one.words, one.day, one.start) == ("Thursday", date(2023, 5, 4), text.index("Thursday"))


def test_without_a_day_of_publication_nothing_is_told() -> None:
    assert days_beside("Holt resigned on Thursday.", 0, 4, None) == []
