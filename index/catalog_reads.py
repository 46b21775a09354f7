"""Questions to the catalog. Each runs inside ``Catalog.reading()`` and returns records."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from index.errors import ArticleNotFoundError, LibraryError
from index.keyword import keyword_query, search_query
from index.records import Article, ArticleSummary, Chunk, Filters, LibraryStats, Paragraph, ParagraphKind

SHORTEST_ID = 6


def filter_sql(filters: Filters) -> tuple[str, list[str]]:
    """Return the condition on the article ``a`` that ``filters`` stand for, and its values."""
    conditions, values = ["a.replaced_by IS NULL"], []
    if filters.publications:
        conditions.append("a.publication COLLATE NOCASE IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(filters.publications))
    if filters.since:
        conditions.append("a.published >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        conditions.append("a.published <= ?")
        values.append(filters.until.isoformat())
    return " AND ".join(conditions), values


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


def read_articles(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
    """Return the articles with these ids, replaced ones too; ids that are not there are left out."""
    wanted = json.dumps(sorted(set(ids)))
    within = "IN (SELECT value FROM json_each(?))"
    paragraphs: dict[str, list[Paragraph]] = defaultdict(list)
    for row in connection.execute(
        f'SELECT article, start, "end", kind FROM paragraph WHERE article {within} ORDER BY article, position',  # noqa: S608
        (wanted,),
    ):
        paragraphs[row["article"]].append(Paragraph(row["start"], row["end"], ParagraphKind(row["kind"])))
    rows = connection.execute(f"SELECT * FROM article WHERE id {within}", (wanted,))  # noqa: S608
    return {row["id"]: _article(row, paragraphs[row["id"]]) for row in rows}


def read_summaries(
    connection: sqlite3.Connection, filters: Filters, search: str, limit: int | None, offset: int
) -> list[ArticleSummary]:
    """Return articles newest first, those without a date last."""
    condition, values = filter_sql(filters)
    if search.strip():
        like = f"%{_escaped(search.strip())}%"
        found = " OR ".join(f"a.{column} LIKE ? ESCAPE '\\'" for column in ("title", "publication", "authors"))
        values += [like] * 3
        if query := search_query(search):
            found += " OR a.id IN (SELECT article FROM chunk WHERE id IN (SELECT rowid FROM chunk_fts(?)))"
            values.append(query)
        condition += f" AND ({found})"
    rows = connection.execute(
        "SELECT id, title, publication, authors, published, url, source, words FROM article AS a "  # noqa: S608
        f"WHERE {condition} ORDER BY published DESC NULLS LAST, added_at DESC, id LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    return [_summary(row) for row in rows]


def read_live_ids(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of all articles that are searched, in the order they were added."""
    return [row[0] for row in connection.execute("SELECT id FROM article WHERE replaced_by IS NULL ORDER BY rowid")]


def read_stats(connection: sqlite3.Connection, filters: Filters) -> LibraryStats:
    """Count what ``filters`` leave."""
    condition, values = filter_sql(filters)
    row = connection.execute(
        f"SELECT count(*) AS n, min(published) AS first, max(published) AS last FROM article AS a WHERE {condition}",  # noqa: S608
        values,
    ).fetchone()
    joined = f"JOIN article AS a ON a.id = chunk.article WHERE {condition}" if filters else ""
    chunks = connection.execute(f"SELECT count(*) FROM chunk {joined}", values if filters else ()).fetchone()[0]  # noqa: S608
    publications = tuple(read_publications(connection, filters))
    return LibraryStats(row["n"], chunks, publications, _date(row["first"]), _date(row["last"]))


def read_publications(connection: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    """Return how many articles each named publication has, in alphabetical order."""
    condition, values = filter_sql(filters)
    rows = connection.execute(
        f"SELECT publication, count(*) FROM article AS a WHERE {condition} AND publication <> '' "  # noqa: S608
        "GROUP BY publication ORDER BY publication COLLATE NOCASE",
        values,
    )
    return dict(rows.fetchall())


def read_chunks(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Chunk]:
    """Return the chunks with these ids; ids that are not there are left out."""
    wanted = json.dumps([int(i) for i in ids])
    rows = connection.execute(
        'SELECT id, article, start, "end" FROM chunk WHERE id IN (SELECT value FROM json_each(?))', (wanted,)
    )
    return {row["id"]: Chunk(row["id"], row["article"], row["start"], row["end"]) for row in rows}


def read_chunks_of(connection: sqlite3.Connection, article_id: str) -> list[tuple[int, int]]:
    """Return the spans of the passages of one article."""
    rows = connection.execute('SELECT start, "end" FROM chunk WHERE article = ? ORDER BY id', (article_id,))
    return [(row[0], row[1]) for row in rows]


def read_chunk_ids(connection: sqlite3.Connection, filters: Filters) -> list[int]:
    """Return the ids of the chunks that ``filters`` leave."""
    condition, values = filter_sql(filters)
    rows = connection.execute(
        f"SELECT chunk.id FROM chunk JOIN article AS a ON a.id = chunk.article WHERE {condition}",  # noqa: S608
        values,
    )
    return [row[0] for row in rows]


def match_keywords(
    connection: sqlite3.Connection, question: str, limit: int, filters: Filters
) -> list[tuple[int, float]]:
    """Return chunk ids with their bm25 score (higher is better), best first."""
    query = keyword_query(question)
    if not query:
        return []
    if not filters:
        sql = "SELECT rowid, -rank FROM chunk_fts WHERE chunk_fts MATCH ? ORDER BY rank LIMIT ?"
        return [(row[0], row[1]) for row in connection.execute(sql, (query, limit))]
    condition, values = filter_sql(filters)
    rows = connection.execute(
        "SELECT f.rowid, -f.rank FROM chunk_fts AS f JOIN chunk AS c ON c.id = f.rowid JOIN article AS a "  # noqa: S608
        f"ON a.id = c.article WHERE f.chunk_fts MATCH ? AND {condition} ORDER BY f.rank LIMIT ?",
        (query, *values, limit),
    )
    return [(row[0], row[1]) for row in rows]


def iter_live_articles(connection: sqlite3.Connection, at_once: int = 100) -> Iterator[Article]:
    """Yield every article that is searched, in the order they were added."""
    ids = read_live_ids(connection)
    for first in range(0, len(ids), at_once):
        batch = ids[first : first + at_once]
        found = read_articles(connection, batch)
        yield from (found[i] for i in batch if i in found)


def export_row(article: Article) -> dict[str, Any]:
    """Return an article as the JSON object that the JSONL reader makes the same article of."""
    return {
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


def _article(row: sqlite3.Row, paragraphs: list[Paragraph]) -> Article:
    return Article(
        id=row["id"],
        text=row["text"],
        paragraphs=tuple(paragraphs),
        title=row["title"],
        deck=row["deck"],
        publication=row["publication"],
        authors=_authors(row),
        agency=row["agency"],
        place=row["place"],
        section=row["section"],
        published=_date(row["published"]),
        url=row["url"],
        source=row["source"],
    )


def _summary(row: sqlite3.Row) -> ArticleSummary:
    return ArticleSummary(
        id=row["id"],
        title=row["title"],
        publication=row["publication"],
        authors=_authors(row),
        published=_date(row["published"]),
        url=row["url"],
        source=row["source"],
        words=row["words"],
    )


def _authors(row: sqlite3.Row) -> tuple[str, ...]:
    try:
        return tuple(str(name) for name in json.loads(row["authors"]))
    except ValueError as error:
        raise LibraryError(f"The catalog holds authors of article {row['id']} that cannot be read.") from error


def _date(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
