"""Questions to the catalog. Each runs inside ``Catalog.reading()`` and returns records."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.article import article_id
from index.errors import ArticleNotFoundError, LibraryError
from index.filters import authors_of, filter_sql
from index.keyword import search_query
from index.records import AS_WRITTEN, Article, ArticleSummary, Chunk, Filters, Paragraph, ParagraphKind, Version
from index.seals import REBUILD, SEALED, check, columns, damaged_article, is_sealed, layout

Unread = Callable[[LibraryError], object]  # told why an article cannot be read
SHORTEST_ID = 6
# All of an article but its text, sealed; first in a query, so that ``check_head`` finds it.
HEAD = columns("article", "a")
_HEAD_WIDTH = len(SEALED["article"]) + 1


class ArticlePlace(NamedTuple):
    """Where an article stands in the list of articles: its day ("" without one), when it was added, and its id."""

    published: str
    added_at: str
    id: str


def full_id(connection: sqlite3.Connection, article_id: str) -> str:
    """Return the whole id for an id or for its first characters.

    Raises:
        ArticleNotFoundError: None or several begin so.
    """
    wanted = article_id.strip().lower()
    if len(wanted) >= SHORTEST_ID and wanted.isalnum():
        rows = connection.execute("SELECT id FROM article WHERE id GLOB ? LIMIT 2", (f"{wanted}*",)).fetchall()
        if len(rows) == 1:
            return str(rows[0]["id"])
        if rows:
            raise ArticleNotFoundError(f"Several articles have an id that begins with '{wanted}'. Give more of it.")
    raise ArticleNotFoundError(f"No article has the id '{article_id}'. List them: python -m index list --library DIR")


def read_name(connection: sqlite3.Connection, article_id: str) -> tuple[str, str]:
    """Return the title and source of an article that is there, which may be damaged."""
    row = connection.execute("SELECT title, source FROM article WHERE id = ?", (article_id,)).fetchone()
    return str(row["title"]), str(row["source"])


def read_articles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """Return the articles with these ids, replaced ones too; ids that are not there are left out.

    Raises:
        LibraryError: One of them is not what was written.
    """
    wanted = json.dumps(sorted(set(ids)))
    within = "IN (SELECT value FROM json_each(?))"
    paragraphs: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for article, *paragraph in connection.execute(
        f'SELECT article, start, "end", kind FROM paragraph WHERE article {within} ORDER BY article, position',  # noqa: S608
        (wanted,),
    ):
        paragraphs[article].append((paragraph[0], paragraph[1], paragraph[2]))
    rows = connection.execute(f"SELECT {HEAD}, a.text FROM article AS a WHERE id {within}", (wanted,))  # noqa: S608
    return {row["id"]: _article(row, paragraphs[row["id"]]) for row in rows}


def read_summaries(
    connection: sqlite3.Connection,
    filters: Filters,
    search: str,
    limit: int | None = None,
    offset: int = 0,
    after: ArticlePlace | None = None,
) -> Iterator[ArticleSummary]:
    """Yield articles newest first, those without a date last; with ``after`` only those that come after that place."""
    condition, values = filter_sql(connection, filters)
    if search.strip():
        like = f"%{_escaped(search.strip())}%"
        found = " OR ".join(f"a.{column} LIKE ? ESCAPE '\\'" for column in ("title", "publication", "authors"))
        values += [like] * 3
        if query := search_query(search):
            found += " OR a.id IN (SELECT article FROM chunk WHERE id IN (SELECT rowid FROM chunk_fts(?)))"
            values.append(query)
        condition += f" AND ({found})"
    if after:
        days = "(coalesce(a.published, ''), a.added_at)"
        condition += f" AND ({days} < (?, ?) OR {days} = (?, ?) AND a.id > ?)"
        values += [after.published, after.added_at, *after]
    rows = connection.execute(
        f"SELECT {HEAD} FROM article AS a "  # noqa: S608
        f"WHERE {condition} ORDER BY published DESC NULLS LAST, added_at DESC, id LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    yield from map(_summary, rows)


def read_article_place(connection: sqlite3.Connection, article_id: str) -> ArticlePlace:
    """Return where an article of the library stands in the list of ``read_summaries``."""
    row = connection.execute(
        "SELECT coalesce(published, ''), added_at, id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    return ArticlePlace(*row)


def read_live_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all articles that are searched, in the order they were added."""
    return [row[0] for row in connection.execute("SELECT id FROM article WHERE replaced_by IS NULL ORDER BY rowid")]


def read_chunks(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Chunk]:
    """Return the chunks with these ids; ids that are not there are left out."""
    wanted = json.dumps([int(i) for i in ids])
    rows = connection.execute(
        f"SELECT c.id, {columns('chunk', 'c')} FROM chunk AS c "  # noqa: S608
        "WHERE id IN (SELECT value FROM json_each(?))",
        (wanted,),
    ).fetchall()
    for row in rows:
        check(tuple(row)[1:], f"Passage {row['id']}", REBUILD)
    return {row["id"]: Chunk(row["id"], row["article"], row["start"], row["end"]) for row in rows}


def read_chunks_of(connection: sqlite3.Connection, article_id: str) -> list[tuple[int, int]]:
    """Return the spans of the passages of one article."""
    rows = connection.execute('SELECT start, "end" FROM chunk WHERE article = ? ORDER BY id', (article_id,))
    return [(row[0], row[1]) for row in rows]


def read_chunk_ids(connection: sqlite3.Connection, filters: Filters) -> NDArray[np.int64]:
    """Return the ids of the chunks that ``filters`` leave, ascending."""
    condition, values = filter_sql(connection, filters)
    rows = connection.execute(
        f"SELECT chunk.id FROM chunk JOIN article AS a ON a.id = chunk.article WHERE {condition}",  # noqa: S608
        values,
    )
    return np.sort(np.fromiter((row[0] for row in rows), dtype=np.int64))


def read_dates(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, date | None]:
    """Return when the articles of these chunks were published, by chunk; ids that are not there are left out."""
    rows = connection.execute(
        "SELECT chunk.id, a.published FROM chunk JOIN article AS a ON a.id = chunk.article "
        "WHERE chunk.id IN (SELECT value FROM json_each(?))",
        (json.dumps([int(i) for i in ids]),),
    )
    return {row[0]: _date(row[1]) for row in rows}


def iter_live_articles(
    connection: sqlite3.Connection, at_once: int = 100, unread: Unread | None = None
) -> Iterator[Article]:
    """Yield every article that is searched, in the order they were added.

    Args:
        connection: Where to read.
        at_once: How many articles are held.
        unread: Called with why an article cannot be read, which is then left out; None to raise it.
    """
    ids = read_live_ids(connection)
    for first in range(0, len(ids), at_once):
        batch = ids[first : first + at_once]
        try:
            found = read_articles(connection, batch)
        except (LibraryError, sqlite3.DatabaseError):
            if unread is None:
                raise
            found = _sound_ones(connection, batch, unread)
        yield from (found[i] for i in batch if i in found)


def _sound_ones(connection: sqlite3.Connection, ids: Iterable[str], unread: Unread) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in ids:
        try:
            found |= read_articles(connection, [article])
        except LibraryError as error:
            unread(error)
        except sqlite3.DatabaseError as error:
            unread(LibraryError(f"Article {article} is damaged on disk ({error})."))
    return found


def read_versions(connection: sqlite3.Connection, article_id: str) -> list[Version]:
    """Return all texts that the article had, the newest, which is the one that is answered from, first.

    Args:
        connection: Where to read.
        article_id: Whole id of any of them; a single version where the article was never replaced.
    """
    rows = connection.execute(
        f"""
        WITH RECURSIVE later (id, step) AS (
            SELECT ?, 0
            UNION SELECT a.replaced_by, step + 1 FROM article AS a JOIN later ON a.id = later.id
            WHERE a.replaced_by IS NOT NULL
        ), version (id, depth) AS (
            SELECT * FROM (SELECT id, 0 FROM later ORDER BY step DESC LIMIT 1)
            UNION SELECT a.id, depth + 1 FROM article AS a JOIN version ON a.replaced_by = version.id
        )
        SELECT {HEAD}, n.added_at AS replaced_at
        FROM version JOIN article AS a ON a.id = version.id LEFT JOIN article AS n ON n.id = a.replaced_by
        ORDER BY depth, a.added_at DESC, a.rowid DESC
        """,  # noqa: S608
        (article_id,),
    )
    return [_version(row) for row in rows]


def export_row(article: Article) -> dict[str, Any]:
    """Return an article as the JSON object that the JSONL reader makes the same article of."""
    return {
        AS_WRITTEN: True,
        "url": article.url,
        "title": article.title,
        "deck": article.deck,
        "publication": article.publication,
        "published": article.published.isoformat() if article.published else None,
        "authors": list(article.authors),
        "agency": article.agency,
        "place": article.place,
        "section": article.section,
        "text": article.text,
    }


def check_head(row: sqlite3.Row) -> None:
    """Refuse a row of ``HEAD`` that is not what was written.

    Raises:
        LibraryError: It is not.
    """
    if not is_sealed(tuple(row)[:_HEAD_WIDTH]):  # slices of a Row are tuples, but types do not know that
        raise damaged_article(row["id"])


def _article(row: sqlite3.Row, paragraphs: list[tuple[int, int, str]]) -> Article:
    check_head(row)
    written = article_id(row["publication"], row["title"], row["text"]) == row["id"]
    if not written or layout(paragraphs) != row["layout"]:
        raise damaged_article(row["id"])
    return Article(
        id=row["id"],
        text=row["text"],
        paragraphs=tuple(Paragraph(start, end, ParagraphKind(kind)) for start, end, kind in paragraphs),
        title=row["title"],
        deck=row["deck"],
        publication=row["publication"],
        authors=authors_of(row["authors"]),
        agency=row["agency"],
        place=row["place"],
        section=row["section"],
        published=_date(row["published"]),
        url=row["url"],
        source=row["source"],
    )


def _summary(row: sqlite3.Row) -> ArticleSummary:
    check_head(row)
    return ArticleSummary(
        id=row["id"],
        title=row["title"],
        publication=row["publication"],
        authors=authors_of(row["authors"]),
        published=_date(row["published"]),
        url=row["url"],
        source=row["source"],
        words=row["words"],
    )


def _version(row: sqlite3.Row) -> Version:
    check_head(row)
    return Version(
        id=row["id"],
        title=row["title"],
        published=_date(row["published"]),
        source=row["source"],
        words=row["words"],
        added_at=datetime.fromisoformat(row["added_at"]),
        replaced_by=row["replaced_by"] or "",
        replaced_at=datetime.fromisoformat(row["replaced_at"]) if row["replaced_at"] else None,
    )


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
