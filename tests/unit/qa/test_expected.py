"""Words that may answer, by the opening of the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.expected import Expected, expectation, expected


@pytest.mark.parametrize(
    "question",
    [
        "How many miles of fence were built?",
        "how much did it cost",
        "How old is the bridge?",
        "And how often does the ferry run?",
        "Exactly how far is it?",
        "What share of voters came?",
        "At what price were the shares sold?",
        "By what percentage did it fall?",
    ],
)
@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("17 miles", True),
        ("$5", True),
        ("Seventeen miles", True),
        ("fourteen", True),
        ("twenty-five", True),
        ("dozens of people", True),
        ("none", True),
        ("the northern bridge", False),
        ("a lone tenor in the canteen", False),  # "one", "ten" and "teen" inside words
        ("", False),
    ],
)
def test_number_questions(question: str, words: str, fits: bool) -> None:
    assert expectation(question)(words) is fits


@pytest.mark.parametrize(
    "question", ["When was that?", "Since when is it shut?", "What year was it built?", "On what day did it open?"]
)
@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("on Tuesday", True),
        ("2019", True),
        ("last May", True),
        ("in March", True),
        ("two weeks ago", True),
        ("tomorrow", True),
        ("it may rain", False),
        ("the march on the capital", False),
        ("the meeting", False),
        ("a holiday resort", False),  # "day" inside a word
        ("", False),
    ],
)
def test_date_questions(question: str, words: str, fits: bool) -> None:
    assert expectation(question)(words) is fits


@pytest.mark.parametrize(
    "question", ["Who won?", "Whose bridge is it?", "Where is it?", "Which team won?", "In which city was it?"]
)
@pytest.mark.parametrize(
    ("words", "fits"),
    [("Ruth Castellane", True), ("the mayor of Saco", True), ("Émile", True), ("the mayor", False), ("17", False)],
)
def test_name_questions(question: str, words: str, fits: bool) -> None:
    assert expectation(question)(words) is fits


@pytest.mark.parametrize(
    "question",
    [
        "Why was it shut?",
        "What did the mayor say?",
        "How did it happen?",
        "Which bridge was shut?",  # a thing without a name
        "The bridge: how many people cross it?",  # only the opening tells
        "Whoever won?",
        "Whenever it rains?",
        "",
    ],
)
@given(words=st.text(max_size=20))
def test_other_questions_take_any_words(question: str, words: str) -> None:
    assert expectation(question)(words)


def test_marks_before_the_question_do_not_count() -> None:
    assert not expectation("“How many miles?”")("the fence")


def test_what_a_question_expects() -> None:
    questions = ("How many miles?", "When was that?", "Who won?", "Why was it shut?", "Whoever won?")
    assert [expected(q) for q in questions] == [Expected.NUMBER, Expected.DATE, Expected.NAME, None, None]
