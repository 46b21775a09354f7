"""Lists read page by page. A page begins after the last row of the one before, whatever was written meanwhile.

So what is in the library all the time comes once and only once, which an offset cannot promise.
"""

import base64
import binascii
import json
import sqlite3
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from index.catalog_reads import ArticlePlace, read_article_place, read_summaries
from index.errors import CursorError
from index.records import ArticleSummary, Filters
from index.statement_store import StatementPlace, StatementRow, read_statement_place, read_statements

Row = TypeVar("Row")
Place = TypeVar("Place")

# What a client may send instead of the cursor it was given must not be more than SQLite can hold.
Number = Annotated[int, Field(ge=0, lt=2**63)]
_ARTICLE = TypeAdapter[tuple[str, str, str]](tuple[str, str, str])
_STATEMENT = TypeAdapter[tuple[str, int, int]](tuple[str, Number, Number])


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Part of a list.

    Attributes:
        rows: What is on it.
        cursor: What gives the next page; "" where this is the last.
    """

    rows: list[Row]
    cursor: str


def page_of_articles(
    connection: sqlite3.Connection, filters: Filters, search: str, limit: int, cursor: str = ""
) -> Page[ArticleSummary]:
    """Return a page of ``Lookups.articles``.

    Raises:
        CursorError: The cursor is not one that a page gave.
    """
    after = ArticlePlace(*read_cursor(_ARTICLE, cursor)) if cursor else None
    rows = list(read_summaries(connection, filters, search, limit + 1, 0, after))
    more = len(rows) > limit
    return Page(rows[:limit], write_cursor(read_article_place(connection, rows[limit - 1].id)) if more else "")


def page_of_statements(
    connection: sqlite3.Connection, filters: Filters, speaker: str, about: str, limit: int, cursor: str = ""
) -> Page[StatementRow]:
    """Return a page of ``Lookups.statements``.

    Raises:
        CursorError: The cursor is not one that a page gave.
    """
    after = StatementPlace(*read_cursor(_STATEMENT, cursor)) if cursor else None
    rows = read_statements(connection, filters, speaker, about, None, limit + 1, 0, after)
    more = len(rows) > limit
    return Page(rows[:limit], write_cursor(read_statement_place(connection, rows[limit - 1])) if more else "")


def write_cursor(place: tuple[str | int, ...]) -> str:
    """Return the cursor of what comes after a place."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode()


def read_cursor(kind: TypeAdapter[Place], cursor: str) -> Place:
    """Return the place that a cursor was made of.

    Raises:
        CursorError: It was not made of such a place.
    """
    try:
        return kind.validate_json(base64.b64decode(cursor, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, ValidationError) as error:
        raise CursorError("The cursor is not one that a page gave. Begin the list again without a cursor.") from error
