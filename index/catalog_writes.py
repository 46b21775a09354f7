"""Statements that change the catalog. Each runs inside ``Catalog.writing()``."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from index.article import url_key
from index.duplicate_groups import remove_from_group
from index.records import AddStatus, Article
from index.seals import layout, sealed
from index.statement_writes import delete_statements

Spans = Sequence[tuple[int, int]]
Vectors = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Decision:
    """What adding an article would do: ADDED, REPLACED or ALREADY_THERE, why, and the id of what it replaces."""

    status: AddStatus
    reason: str = ""
    replaces: str = ""


def decide(connection: sqlite3.Connection, article: Article) -> Decision:
    """Say what adding ``article`` would do."""
    row = connection.execute("SELECT source, replaced_by FROM article WHERE id = ?", (article.id,)).fetchone()
    if row is not None:
        newer = row["replaced_by"] is not None
        return Decision(AddStatus.ALREADY_THERE, "a newer version is here" if newer else f"same as {row['source']}")
    key = url_key(article.url)
    if not key:
        return Decision(AddStatus.ADDED)
    row = connection.execute(
        "SELECT id, source, published FROM article WHERE url_key = ? AND url_key <> '' AND replaced_by IS NULL", (key,)
    ).fetchone()
    if row is None:
        return Decision(AddStatus.ADDED)
    if row["published"] and article.published and row["published"] > article.published.isoformat():
        return Decision(AddStatus.ALREADY_THERE, "a newer version is here")
    return Decision(AddStatus.REPLACED, f"the version from {row['source']}", row["id"])


def insert_article(connection: sqlite3.Connection, article: Article) -> None:
    """Store an article with its paragraphs."""
    connection.execute(
        "INSERT INTO article (id, text, title, deck, publication, authors, agency, place, section, published, url, "
        "source, url_key, words, added_at, layout) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.id,
            article.text,
            article.title,
            article.deck,
            article.publication,
            json.dumps(article.authors, ensure_ascii=False),
            article.agency,
            article.place,
            article.section,
            article.published.isoformat() if article.published else None,
            article.url,
            article.source,
            url_key(article.url),
            len(article.text.split()),
            datetime.now(UTC).isoformat(timespec="seconds"),
            layout([(p.start, p.end, p.kind.value) for p in article.paragraphs]),
        ),
    )
    _seal_article(connection, article.id)
    connection.executemany(
        'INSERT INTO paragraph (article, position, start, "end", kind) VALUES (?, ?, ?, ?, ?)',
        [(article.id, i, p.start, p.end, p.kind.value) for i, p in enumerate(article.paragraphs)],
    )


def _seal_article(connection: sqlite3.Connection, article_id: str) -> None:
    connection.execute(f"UPDATE article SET seal = {sealed('article')} WHERE id = ?", (article_id,))  # noqa: S608


def insert_chunks(connection: sqlite3.Connection, article_id: str, spans: Spans, vectors: Vectors) -> None:
    """Store the passages of an article with their vectors, shape (len(spans), dimension), and index their words."""
    _insert_rows(connection, article_id, spans, vectors)
    connection.execute(
        "INSERT INTO chunk_fts (rowid, title, text) SELECT id, title, text FROM chunk_text "
        "WHERE id IN (SELECT id FROM chunk WHERE article = ?)",
        (article_id,),
    )


def replace_all_chunks(connection: sqlite3.Connection, passages: Iterable[tuple[str, Spans, Vectors | None]]) -> None:
    """Store these passages (article id, spans, vectors) instead of all there are, and index their words again."""
    connection.execute("DELETE FROM chunk")
    for article_id, spans, vectors in passages:
        if vectors is not None:
            _insert_rows(connection, article_id, spans, vectors)
    connection.execute("INSERT INTO chunk_fts (chunk_fts) VALUES ('rebuild')")


def _insert_rows(connection: sqlite3.Connection, article_id: str, spans: Spans, vectors: Vectors) -> None:
    connection.executemany(
        'INSERT INTO chunk (article, start, "end", vector, seal) VALUES (?1, ?2, ?3, ?4, seal(?1, ?2, ?3, ?4))',
        [(article_id, s, e, v.astype("<f2").tobytes()) for (s, e), v in zip(spans, vectors, strict=True)],
    )


def delete_chunks(connection: sqlite3.Connection, article_id: str) -> None:
    """Forget the passages of an article. The word index goes first: it needs the words that it is to forget."""
    connection.execute(
        "INSERT INTO chunk_fts (chunk_fts, rowid, title, text) SELECT 'delete', id, title, text FROM chunk_text "
        "WHERE id IN (SELECT id FROM chunk WHERE article = ?)",
        (article_id,),
    )
    connection.execute("DELETE FROM chunk WHERE article = ?", (article_id,))


def replace_article(connection: sqlite3.Connection, old_id: str, new_id: str) -> None:
    """Mark ``old_id`` as replaced: it can still be opened by its id, is no longer searched, and no copy of any."""
    delete_chunks(connection, old_id)
    delete_statements(connection, old_id)
    remove_from_group(connection, old_id)
    connection.execute("UPDATE article SET replaced_by = ? WHERE id = ?", (new_id, old_id))
    _seal_article(connection, old_id)


def delete_article(connection: sqlite3.Connection, article_id: str) -> None:
    """Delete an article, and the versions that it replaced."""
    delete_chunks(connection, article_id)
    delete_statements(connection, article_id)
    remove_from_group(connection, article_id)
    connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
