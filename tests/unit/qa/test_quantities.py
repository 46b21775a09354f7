"""Numbers: which pairs are the same, which cannot both be right, and which tell nothing of each other."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.quantities import Quantity, numbers_agree, numbers_differ, quantities

SAME = [
    ("17 miles", "seventeen miles"),
    ("$5m", "$5 million"),
    ("about 300", "300"),
    ("$5 million", "5 million dollars"),
    ("1.2 million", "1,200,000"),
    ("1.2 million", "1,203,411"),
    ("more than 300", "312"),
    ("nearly 300", "297"),
    ("12", "a dozen"),
    ("two dozen", "24"),
    ("50 percent", "half"),
    ("33%", "a third"),
    ("two-thirds", "66 percent"),
    ("nine weeks", "63 days"),
    ("10 to 12 miles", "11 miles"),
    ("between 10 and 12", "12"),
    ("one hundred and fifty", "150"),
    ("half a million", "500,000"),
    ("five and a half", "5.5"),
    ("5½", "5.5"),
    ("none", "zero"),
    ("17", "17 miles"),
    ("$1.5bn", "$1.5 billion"),
    ("twenty-five people", "25"),
    ("up to 40", "38"),
    ("at least 12 people", "14"),
    ("3,000", "3,012"),
    ("a hundred", "100"),
    ("one hour", "60 minutes"),
    ("12 percent", "12 per cent"),
    ("90,000", "ninety thousand"),
    ("two million", "2 million"),
    ("half an hour", "30 minutes"),
    ("300 or more", "340"),
    ("20 or so", "22"),
    ("52", "52 years old"),
    ("52-year-old", "52"),
    ("$41 million", "$41.3 million"),
]
DIFFERENT = [
    ("17 miles", "20 miles"),
    ("$5 million", "$7 million"),
    ("$40 million", "$41 million"),
    ("12", "14"),
    ("12 people", "14 people"),
    ("300", "345"),
    ("seventeen", "eighteen"),
    ("about 300", "500"),
    ("30 percent", "45%"),
    ("nine weeks", "three weeks"),
    ("two years", "18 months"),
    ("$1.2 billion", "$1.2 million"),
    ("more than 300", "200"),
    ("200 arrests", "240 arrests"),
    ("52", "54"),
    ("half", "10 percent"),
    ("10 to 12 miles", "20 miles"),
    ("1.2 million", "1.4 million"),
    ("2019", "2021"),
    ("five", "six people"),
]
INCOMPARABLE = [
    ("17 miles", "$5"),
    ("12 workers", "14 passengers"),
    ("1970", "52"),
    ("17 miles", "17 years"),
    ("third", "4"),
    ("dozens", "14"),
    ("12:30", "14"),
    ("$5", "€7"),
    ("5th", "6th"),
]


def _only(text: str, before: str = "", after: str = "") -> Quantity:
    (found,) = quantities(text, before, after)
    return found


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    first, second = quantities(one)[0], quantities(other)[0]
    assert numbers_agree(first, second) and numbers_agree(second, first)
    assert not numbers_differ(first, second) and not numbers_differ(second, first)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_not_the_same(one: str, other: str) -> None:
    first, second = quantities(one)[0], quantities(other)[0]
    assert numbers_differ(first, second) and numbers_differ(second, first)
    assert not numbers_agree(first, second)


@pytest.mark.parametrize(("one", "other"), INCOMPARABLE)
def test_nothing_is_said_of_what_cannot_be_compared(one: str, other: str) -> None:
    pairs = [(a, b) for a in quantities(one)[:1] for b in quantities(other)[:1]]
    assert not any(numbers_differ(a, b) or numbers_differ(b, a) for a, b in pairs)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("17", 17),
        ("1,204 people", 1204),
        ("two hundred and ten thousand", 210_000),
        ("one thousand two hundred", 1200),
        ("ninety-nine", 99),
        ("a million", 1e6),
        ("3.5", 3.5),
        (".5", 0.5),
        ("$5 million", 5e6),
        ("5bn euros", 5e9),
        ("half a billion", 5e8),
        ("three and a half million", 3.5e6),
        ("three-quarters", 75),
        ("nobody", 0),
    ],
)
def test_values(text: str, value: float) -> None:
    found = _only(text)
    assert (found.low + found.high) / 2 == pytest.approx(value)


def test_words_without_a_number_have_none() -> None:
    for text in ("", "the bridge", "dozens", "hundreds of people", "5th", "12:30", "a teacher", "millions"):
        assert quantities(text) == []


def test_a_range_is_one_number() -> None:
    assert [(q.low, q.high) for q in quantities("10 to 12 miles")] == [(10, 12)]
    assert [(q.low, q.high) for q in quantities("between ten and 12")] == [(10, 12)]
    low, high = (_only("10 to 12 million").low, _only("10 to 12 million").high)
    assert 9e6 < low <= 10e6 and 12e6 <= high < 13e6
    assert len(quantities("12 people and 2 dogs")) == 2


def test_the_words_next_to_an_answer_count() -> None:
    assert not numbers_differ(_only("17 miles", before="built about"), _only("18 miles"))
    assert numbers_differ(_only("17 miles", before="They built"), _only("18 miles"))
    assert not numbers_differ(_only("300", before="more than"), _only("400"))
    assert not numbers_differ(_only("300", after=" or more people"), _only("400"))
    assert _only("17", after=" miles of fence").dimension == "length"
    assert _only("17 people", after=" miles").dimension == ""


def test_what_is_counted() -> None:
    assert _only("12 workers").counted == {"worker"}
    assert _only("12 people").counted == frozenset()
    assert (_only("5 euros").dimension, _only("$5").dimension, _only("5 percent").dimension) == ("€", "$", "share")
    assert (_only("2019").year, _only("2,019").year, _only("2019 people").year) == (True, False, True)
    assert not _only("2019 miles").year


@given(st.integers(0, 10**7))
def test_a_number_agrees_with_itself_and_not_with_one_far_away(value: int) -> None:
    same, spelt = _only(f"{value}"), _only(f"{value:,}")
    assert numbers_agree(same, spelt)
    assert numbers_differ(_only(f"{value} miles"), _only(f"{2 * value + 100} miles"))


@example("10-1m")
@given(st.text("0123456789 aonef.,$-–½%:thdmil", max_size=30))
def test_no_text_is_too_strange(text: str) -> None:
    for found in quantities(text, text, text):
        assert found.low <= found.high
        assert numbers_agree(found, found)
        assert not numbers_differ(found, found)
