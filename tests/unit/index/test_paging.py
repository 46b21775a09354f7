"""Lists page by page: all of it once, also while articles come and go."""

import base64
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from index.errors import CursorError
from index.library import Library
from index.paging import Page
from index.records import Filters
from tests.unit.index.library_fakes import draft, open_library

EVERYTHING = Filters()
DAYS = (date(2023, 10, 5), None, date(2023, 10, 7), date(2023, 10, 5), None)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Five articles, some of the same day and some without."""
    with open_library(tmp_path) as library:
        list(library.add([draft(number, day=day) for number, day in enumerate(DAYS)]))
        yield library


def _pages(page: Callable[[str], Page[Any]]) -> Iterator[list[Any]]:
    cursor = ""
    while True:
        found = page(cursor)
        yield found.rows
        if not (cursor := found.cursor):
            return


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6])
def test_pages_are_the_list(library: Library, limit: int) -> None:
    articles = list(_pages(lambda cursor: library.articles_page(EVERYTHING, "", limit, cursor)))
    assert list(chain(*articles)) == library.articles()
    assert all(len(rows) == limit for rows in articles[:-1])
    statements = list(_pages(lambda cursor: library.statements_page(EVERYTHING, "", "", limit, cursor)))
    assert list(chain(*statements)) == library.statements()
    assert len(library.statements()) > len(DAYS)


def test_pages_keep_to_what_is_asked_for(library: Library) -> None:
    filters = Filters(since=date(2023, 10, 6))
    assert library.articles_page(filters, "council", 5) == Page(library.articles(filters), "")
    assert library.articles_page(EVERYTHING, "nowhere to be found", 5).rows == []
    said = list(_pages(lambda cursor: library.statements_page(filters, "Reed", "vote", 1, cursor)))
    assert list(chain(*said)) == library.statements(filters, "Reed", "vote") != []


def test_what_comes_and_goes_moves_nothing_else(library: Library) -> None:
    before = library.articles()
    first = library.articles_page(EVERYTHING, "", 2)
    library.remove(first.rows[1].id)
    list(library.add([draft(9, day=date(2024, 1, 1))]))
    assert library.articles_page(EVERYTHING, "", 9, first.cursor).rows == before[2:]
    heard = library.statements()
    said = library.statements_page(EVERYTHING, "", "", 1)
    library.remove(said.rows[0].article_id)
    following = library.statements_page(EVERYTHING, "", "", 99, said.cursor).rows
    assert following == [row for row in heard if row.article_id != said.rows[0].article_id]


@pytest.mark.parametrize(
    "cursor",
    ["x", "é", "====", *(base64.urlsafe_b64encode(text).decode() for text in (b"[1]", b'["a",1]', b"\xff", b"[" * 99))],
)
def test_a_cursor_that_no_page_gave_is_refused(library: Library, cursor: str) -> None:
    for page in (
        lambda: library.articles_page(EVERYTHING, "", 2, cursor),
        lambda: library.statements_page(EVERYTHING, "", "", 2, cursor),
    ):
        with pytest.raises(CursorError, match="Begin the list again"):
            page()


def test_numbers_that_sqlite_cannot_hold_are_refused(library: Library) -> None:
    cursor = base64.urlsafe_b64encode(f'["~",{2**63},1]'.encode()).decode()
    with pytest.raises(CursorError):
        library.statements_page(EVERYTHING, "", "", 2, cursor)
