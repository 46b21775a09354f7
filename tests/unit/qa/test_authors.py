"""Those who wrote an article, asked for their words."""

from dataclasses import replace

import pytest

from index.statements import statements
from qa.asked_words import asked_words
from qa.authors import is_author
from qa.records import Query
from tests.unit.qa.conftest import make_article, make_hit, make_span

COLUMN = replace(
    make_article("The ferry is slow and dear. “It is a joy,” Amos Liddell said."), authors=("Ruth Castellane",)
)
PRESENTED = make_article(
    "Editor’s note: Iris Vantongeren, a pilot, is the author of “Tides.” The views are her own.", "The ferry is slow."
)


@pytest.mark.parametrize(
    ("asked", "author"),
    [
        ("Ruth Castellane", True),
        ("Castellane", True),
        ("columnist Castellane", True),
        ("the Quayside's Castellane", True),
        ("Castellane's lawyer", False),
        ("Bo Castellane", False),
        ("Amos Liddell", False),
    ],
)
def test_a_byline_names_who_wrote_it(asked: str, author: bool) -> None:
    assert is_author(asked, COLUMN) is author


def test_an_editors_note_names_who_wrote_it() -> None:
    assert is_author("Iris Vantongeren", PRESENTED)
    assert not is_author("Ruth Castellane", PRESENTED)


def test_a_line_below_the_text_names_who_wrote_it() -> None:
    column = make_article("The ferry is slow.", "Iris Vantongeren is a columnist. She can be reached at the harbor.")
    assert is_author("columnist Vantongeren", column)
    told_of = make_article("Iris Vantongeren left the ferry.", "Iris Vantongeren is a pilot.")
    assert not is_author("Vantongeren", told_of)  # an article about her, which ends with her


def test_a_headline_names_whose_statement_it_is() -> None:
    statement = replace(make_article("The ferry is slow."), title="Statement by Mayor Iris Vantongeren on the Ferry")
    assert is_author("Mayor Vantongeren", statement)
    assert is_author("Iris Vantongeren", statement)
    assert not is_author("Governor Vantongeren", statement)
    assert not is_author("Ruth Castellane", statement)


def test_an_authors_words_are_all_but_what_others_say_in_it() -> None:
    hit = make_hit(COLUMN)
    words = asked_words(Query("q", "What does Castellane think?", speaker="Castellane"), [hit], statements)
    assert words.are_theirs(make_span(hit, "slow and dear", 1.0, 0.0))
    assert not words.are_theirs(make_span(hit, "a joy", 1.0, 0.0))


def test_of_one_who_is_quoted_only_the_quoted_words_count() -> None:
    hit = make_hit(replace(COLUMN, authors=("Amos Liddell",)))
    words = asked_words(Query("q", "What does Liddell think?", speaker="Liddell"), [hit], statements)
    assert words.said
    assert not words.are_theirs(make_span(hit, "slow and dear", 1.0, 0.0))
