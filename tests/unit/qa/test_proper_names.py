"""Names: which pairs may be the same, which mean different ones, and what is no name."""

import pytest

from qa.proper_names import in_text, names_differ, proper_name

SAME = [
    ("Garland", "Merrick Garland"),
    ("Attorney General Merrick Garland", "Garland"),
    ("Merrick B. Garland", "Merrick Garland"),
    ("U.S.", "the United States"),
    ("NAACP", "National Association for the Advancement of Colored People"),
    ("Portland", "Portland, Maine"),
    ("Grodsky", "Matt Grodski"),
    ("Mike", "Michael"),
    ("Sen. Holt", "Holt"),
    ("the Department of Justice", "Justice Department"),
    ("America", "U.S."),
    ("Ruth Castellane", "Ms. Castellane"),
    ("Robert Jr.", "Robert"),
    ("Biden", "President Joe Biden"),
    ("José Álvarez", "Jose Alvarez"),
    ("DOJ", "Department of Justice"),
    ("Garland's", "Garland"),
]
DIFFERENT = [
    ("Garland", "Blinken"),
    ("Merrick Garland", "Antony Blinken"),
    ("Portland", "Boston"),
    ("Sen. Holt", "Rep. Reed"),
    ("Boeing", "Lockheed Martin"),
    ("Ann Lee", "Bo Ek"),
    ("President Joe Biden", "Donald Trump"),
]
UNCERTAIN = [
    ("the attorney general", "Garland"),
    ("the Republican nominee", "Trump"),
    ("Elon Musk", "X Holdings Corp."),
    ("Garland and Blinken", "Milgram"),
    ("a teacher", "Ann Lee"),
    ("NASA", "Ann Lee"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same(one: str, other: str) -> None:
    first, second = proper_name(one), proper_name(other)
    assert first and second
    assert not names_differ(first, second) and not names_differ(second, first)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_not_the_same(one: str, other: str) -> None:
    first, second = proper_name(one), proper_name(other)
    assert first and second
    assert names_differ(first, second) and names_differ(second, first)


@pytest.mark.parametrize(("one", "other"), UNCERTAIN)
def test_nothing_is_said_where_it_is_uncertain(one: str, other: str) -> None:
    first, second = proper_name(one), proper_name(other)
    assert first is None or second is None or not names_differ(first, second)


def test_what_is_no_name() -> None:
    for text in ("", "the mayor", "17 miles", "Garland and Blinken", "Republican nominee"):
        assert proper_name(text) is None, text
    bank = proper_name("the Bank of Nova Scotia")
    assert bank and bank.institution and "of" not in bank.words


def test_a_name_is_found_in_a_text() -> None:
    garland = proper_name("Attorney General Merrick Garland")
    body = proper_name("Drug Enforcement Administration")
    assert garland and body
    assert in_text(garland, "Said Garland’s deputy.")
    assert not in_text(garland, "Merrick Street is closed.")
    assert in_text(body, "The DEA raided it.")
    assert not in_text(body, "Drug raids went on.")
