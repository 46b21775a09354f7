"""Speakers who are asked for by a description."""

import pytest

from index.records import Article, Statement
from index.statements import statements
from qa.described import is_described
from tests.unit.qa.conftest import make_article

NEWS = make_article(
    "Ruth Castellane, chief operating officer of the Quayside Tenants in Port Sabine, watched from the pier. "
    "“It was overdue,” Castellane said. “It was a gift.”",
    "“He would have liked it,” said Amos Liddell, a grandson of Otto Liddell, whose family was there with Castellane.",
    "Bo Ekholm, a spokesman for Gov. Iris Vantongeren, said the bridge would open in spring. "
    "The Quayside Tenants met Ekholm on Monday.",
)
LETTER = make_article(
    "Senators Ruth Castellane and Bo Ekholm wrote to the harbour office. "
    "“We must open the bridge within days,” the senators wrote."
)


def _by(text: str, article: Article) -> Statement:
    return next(said for said in statements(article) if text in article.text[said.spans[0][0] : said.spans[-1][1]])


@pytest.mark.parametrize(
    ("asked", "described"),
    [
        ("Quayside Tenants COO in Port Sabine", True),  # initials of her role
        ("chief officer of the tenants", True),
        ("Port Sabine harbour officer", True),  # two words of three
        ("tenants' lawyer at the harbour", False),
        ("Quayside Tenants", False),  # a name that is not hers
        ("Iris Vantongeren", False),
        ("officer who called it a gift", False),  # her own words do not describe her
    ],
)
def test_words_in_a_sentence_with_the_name(asked: str, described: bool) -> None:
    assert is_described(asked, _by("overdue", NEWS), NEWS) is described


@pytest.mark.parametrize(
    ("asked", "described"),
    [("governor", True), ("Gov. Vantongeren", True), ("Iris Vantongeren", True), ("mayor", False), ("Holt", False)],
)
def test_a_spokesperson_stands_for_whom_they_speak(asked: str, described: bool) -> None:
    assert is_described(asked, _by("in spring", NEWS), NEWS) is described


@pytest.mark.parametrize(
    ("asked", "described"),
    [
        ("Castellane and the other senators", True),
        ("Ruth Castellane and her colleagues", True),
        ("Castellane and Ekholm", True),
        ("Holt and the other senators", False),
    ],
)
def test_those_who_signed_a_letter(asked: str, described: bool) -> None:
    assert is_described(asked, _by("within days", LETTER), LETTER) is described


def test_one_of_a_family_is_asked_for_by_any_word_for_it() -> None:
    said = _by("liked", NEWS)
    assert is_described("Otto Liddell's relative", said, NEWS)
    assert not is_described("Otto Liddell's lawyer", said, NEWS)
    assert not is_described("Otto Liddell's relative", _by("overdue", NEWS), NEWS)


def test_another_of_a_family_is_not_asked_for() -> None:
    told = make_article(
        "Ann Holt spoke of the harbor. “I saw it,” Ann Holt said. His brother, Ed Holt, fled the harbor."
    )
    assert not is_described("the harbor man's brother", _by("I saw it", told), told)
    assert is_described("the harbor man's brother", _by("I saw it", told), make_article(told.text.replace("Ed", "Ann")))


def test_a_group_is_not_somebody_with_a_name() -> None:
    assert not is_described("Ekholm and the other senators", _by("overdue", NEWS), NEWS)


def test_the_office_is_what_stands_before_what_it_is_of() -> None:
    told = make_article(
        "Harbor Committee Chairman Ed Holt, a friend of trams, was there. “It was overdue,” Holt said. "
        "Ada Penn spoke to the harbor committee. “It was a gift,” Penn said."
    )
    asked = "chairman of the harbor committee"
    assert is_described(asked, _by("overdue", told), told)
    assert not is_described(asked, _by("a gift", told), told)


def test_a_woman_from_a_body_is_who_the_article_says_is_from_there() -> None:
    told = make_article(
        "Ada Penn of the Tide Institute was there. “It was overdue,” Penn said. “It was a gift,” said Ed Holt."
    )
    assert is_described("woman from the Tide Institute", _by("overdue", told), told)
    assert not is_described("woman from the Tide Institute", _by("a gift", told), told)
