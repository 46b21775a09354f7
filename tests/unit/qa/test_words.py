"""Words as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.words import answer_key, content_stems, stem, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("López Obrador’s plan", ["lopez", "obrador", "plan"]),
        ("It's Garland's", ["it", "garland"]),
        ("100,000 deaths, 1.5 percent", ["100,000", "deaths", "1.5", "percent"]),
        ("U.S. BA.5 at 7:30.", ["u.s", "ba.5", "at", "7:30"]),
        ("twenty-two", ["twenty", "two"]),
        ("$5", ["5"]),
        ("“—”", []),
        ("", []),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mile", "miles"),
        ("house", "houses"),
        ("bridge", "bridges"),
        ("close", "closing"),
        ("class", "classes"),
        ("business", "businesses"),
        ("extradited", "extradites"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("bed", "bee"), ("sing", "ses"), ("news", "new"), ("during", "dur")])
def test_short_words_keep_their_endings(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_content_stems_leave_out_function_words_and_repeats() -> None:
    assert content_stems("How many miles of the border, miles of fencing?") == ["mile", "border", "fenc"]


def test_content_stems_of_function_words_alone_are_none() -> None:
    assert content_stems("What did he say about it?") == ["he"]
    assert content_stems("What was that?") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the 17 miles", "17 miles."),
        ("in October", "October"),
        ("López Obrador", "lopez obrador"),
        ("“yes”", "Yes"),
        ("about 100,000", "100,000"),
        ("in the United States", "United States"),
        ("5%", "5 percent"),
    ],
)
def test_answers_that_say_the_same_have_one_key(one: str, other: str) -> None:
    assert answer_key(one) == answer_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("17 miles", "18 miles"), ("$5", "5%"), ("$5", "5"), ("$5", "€5"), ("1.5", "15")]
)
def test_answers_that_differ_have_two_keys(one: str, other: str) -> None:
    assert answer_key(one) != answer_key(other)


@pytest.mark.parametrize("text", ["", "—", "“”", "$", "..."])
def test_what_has_no_words_has_an_empty_key(text: str) -> None:
    assert answer_key(text) == ""


def test_a_leading_word_that_is_all_there_is_stays() -> None:
    assert answer_key("the") == "the"
    assert answer_key("in the") == "the"


@given(st.text(alphabet="aBc é1.’“$% -", max_size=20))
def test_a_key_ignores_case_and_outer_punctuation(text: str) -> None:
    assert answer_key(f"“{text.upper()}”,") == answer_key(text.lower())
