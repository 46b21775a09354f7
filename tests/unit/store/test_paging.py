"""Lists page by page: all of it once, also while articles come and go."""

import base64
import random
import threading
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest

from index.errors import CursorError
from index.milvus.articles import Articles
from index.milvus.statements import Statements
from index.milvus.store import MilvusLibrary
from index.milvus.words import WordVectors
from index.paging import Page
from index.records import Filters
from index.store import Store
from tests.unit.index.library_fakes import WordEmbedder, draft, settings
from tests.unit.store.conftest import Opener, add

EVERYTHING = Filters()
DAYS = (date(2023, 10, 5), None, date(2023, 10, 7), date(2023, 10, 5), None)


@pytest.fixture
def five(store: Store) -> Store:
    """A library of five articles, some of the same day and some without."""
    add(store, *(draft(number, day=day) for number, day in enumerate(DAYS)))
    return store


def _pages(page: Callable[[str], Page[Any]]) -> Iterator[list[Any]]:
    cursor = ""
    while True:
        found = page(cursor)
        yield found.rows
        if not (cursor := found.cursor):
            return


@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_pages_are_the_list(five: Store, limit: int) -> None:
    articles = list(_pages(lambda cursor: five.articles_page(EVERYTHING, "", limit, cursor)))
    assert list(chain(*articles)) == five.articles()
    assert all(len(rows) == limit for rows in articles[:-1])
    statements = list(_pages(lambda cursor: five.statements_page(EVERYTHING, "", "", limit, cursor)))
    assert list(chain(*statements)) == five.statements()
    assert len(five.statements()) > len(DAYS)


def test_an_empty_library_has_one_empty_page(store: Store) -> None:
    assert store.articles_page(EVERYTHING, "", 5) == Page([], "")
    assert store.statements_page(EVERYTHING, "", "", 5) == Page([], "")


def test_pages_keep_to_what_is_asked_for(five: Store) -> None:
    filters = Filters(since=date(2023, 10, 6))
    assert five.articles_page(filters, "council", 5) == Page(five.articles(filters), "")
    assert five.articles_page(EVERYTHING, "nowhere to be found", 5).rows == []
    found = list(_pages(lambda cursor: five.articles_page(EVERYTHING, "town", 2, cursor)))
    assert list(chain(*found)) == five.articles(search="town") == five.articles()
    said = list(_pages(lambda cursor: five.statements_page(filters, "Reed", "vote", 1, cursor)))
    assert list(chain(*said)) == five.statements(filters, "Reed", "vote") != []
    assert five.statements_page(EVERYTHING, "Garland", "", 5).rows == []


def test_what_comes_and_goes_moves_nothing_else(five: Store) -> None:
    before = five.articles()
    first = five.articles_page(EVERYTHING, "", 2)
    five.remove(first.rows[1].id)
    add(five, draft(9, day=date(2024, 1, 1)))
    assert five.articles_page(EVERYTHING, "", 9, first.cursor).rows == before[2:]
    heard = five.statements()
    said = five.statements_page(EVERYTHING, "", "", 1)
    five.remove(said.rows[0].article_id)
    following = five.statements_page(EVERYTHING, "", "", 99, said.cursor).rows
    assert following == [row for row in heard if row.article_id != said.rows[0].article_id]


def test_what_stays_comes_once_while_another_writes(five: Store, opened: Opener) -> None:
    stays = {article.id for article in five.articles()}
    ended = threading.Event()

    def come_and_go() -> None:
        other = opened()
        for number in range(100, 106):
            for article_id in add(other, *(draft(number + 10 * n, day=day) for n, day in enumerate(DAYS))):
                other.remove(article_id)
        ended.set()

    writer = threading.Thread(target=come_and_go)
    writer.start()
    while not ended.is_set():
        seen = [row.id for row in chain(*_pages(lambda cursor: five.articles_page(EVERYTHING, "", 2, cursor)))]
        assert sorted(i for i in seen if i in stays) == sorted(stays)
        said = chain(*_pages(lambda cursor: five.statements_page(EVERYTHING, "", "", 3, cursor)))
        assert sum(row.article_id in stays for row in said) == 2 * len(stays)
    writer.join()


CURSORS = ["x", "é", "====", *(base64.urlsafe_b64encode(text).decode() for text in (
    b"[1]", b'["a",1]', b"\xff", b"[" * 99, f'["~",{2**63},1]'.encode(), b'[1,2,"\\" or id > \\""]', b'[-1,"a",1]',
))]  # fmt: skip


def test_a_cursor_that_no_page_gave_is_refused(five: Store) -> None:
    for cursor in CURSORS:
        with pytest.raises(CursorError, match="Begin the list again"):
            five.articles_page(EVERYTHING, "", 2, cursor)
        with pytest.raises(CursorError, match="Begin the list again"):
            five.statements_page(EVERYTHING, "", "", 2, cursor)


@pytest.mark.parametrize("at_once", [1, 5])
def test_a_long_list_in_milvus_is_not_read_whole(address: str, at_once: int) -> None:
    """Few rows are read at once, of days and articles that have more."""
    some = random.Random(at_once)  # noqa: S311
    days = [some.choice(DAYS) for _ in range(14)]
    with MilvusLibrary.open(address, WordEmbedder(), settings(), create=True) as library:
        add(library, *(draft(number, day=day) for number, day in enumerate(days)))
        tables = library._tables
        articles = Articles(tables, at_once=at_once)
        statements = Statements(tables, articles, WordVectors(40), at_once)
        pages = _pages(lambda cursor: articles.page(EVERYTHING, "", (), 5, cursor))
        assert list(chain(*pages)) == library.articles()
        said = _pages(lambda cursor: statements.page(EVERYTHING, "", "", 9, cursor))
        assert list(chain(*said)) == library.statements()
        reeds = _pages(lambda cursor: statements.page(EVERYTHING, "Reed", "", 9, cursor))
        assert list(chain(*reeds)) == library.statements(speaker="Reed") != []
