"""Check a library: does everything in it fit together?"""

import sqlite3
from collections.abc import Iterator

import numpy as np

from index.article import article_id
from index.catalog import Catalog, read_manifest
from index.catalog_reads import iter_live_articles, read_chunks_of
from index.duplicate_groups import find_group_problems
from index.errors import LibraryError
from index.indexes import Indexes
from index.records import Article
from index.statement_writes import find_statement_problems

_NORM_TOLERANCE = 0.01  # float16 keeps three digits


def find_problems(catalog: Catalog, indexes: Indexes) -> list[str]:
    """Return what is wrong, one sentence each; an empty list if nothing is."""
    try:
        with catalog.reading() as connection:
            problems = [*_file_problems(connection), *_article_problems(connection), *_vector_problems(connection)]
            problems += find_group_problems(connection)
            problems += find_statement_problems(connection)
        with catalog.writing(new_generation=False) as connection:
            problems += _word_problems(connection)
        with catalog.reading() as connection:
            held = {row[0] for row in connection.execute("SELECT id FROM chunk")}
        found = {"vector": indexes.vectors.ids(), "keyword": indexes.keywords.ids()}
    except LibraryError as error:
        return [str(error)]
    return problems + [
        f"The {name} index differs from the catalog in {len(held ^ ids)} passages."
        for name, ids in found.items()
        if held != ids
    ]


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"The catalog file is damaged: {row[0]}."
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"A row of table {row[0]} belongs to nothing."


def _article_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for article in iter_live_articles(connection):
        if article.id != article_id(article.publication, article.title, article.text):
            yield f"Article {article.id} does not have the content its id stands for."
        if not _in_order([(p.start, p.end) for p in article.paragraphs], len(article.text)):
            yield f"Article {article.id} has paragraphs outside its text or out of order."
        yield from _chunk_problems(connection, article)
    replaced = connection.execute(
        "SELECT count(*) FROM chunk JOIN article AS a ON a.id = chunk.article WHERE a.replaced_by IS NOT NULL"
    ).fetchone()[0]
    if replaced:
        yield f"{replaced} passages belong to replaced articles."


def _chunk_problems(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    spans = read_chunks_of(connection, article.id)
    if not spans:
        yield f"Article {article.id} has no passages."
    if any(not 0 <= start < end <= len(article.text) for start, end in spans):
        yield f"Article {article.id} has passages outside its text."


def _in_order(spans: list[tuple[int, int]], length: int) -> bool:
    edges = [edge for span in spans for edge in span]
    return edges == sorted(edges) and (not edges or (edges[0] >= 0 and edges[-1] <= length))


def _vector_problems(connection: sqlite3.Connection) -> Iterator[str]:
    dimension = read_manifest(connection).dimension
    for row in connection.execute("SELECT id, vector FROM chunk"):
        vector = np.frombuffer(row["vector"], dtype="<f2") if len(row["vector"]) == 2 * dimension else None
        if vector is None:
            yield f"Passage {row['id']} has a vector of another length than {dimension}."
        elif not abs(float(np.linalg.norm(vector.astype(np.float32))) - 1.0) <= _NORM_TOLERANCE:
            yield f"Passage {row['id']} has a vector whose length is not 1."


def _word_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for table, of in (("chunk_fts", "passages"), ("statement_fts", "statements")):
        try:
            # Rank 1: compared with the texts, not only within itself.
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError:
            yield f"The word index differs from the {of}. Run: python -m index rebuild --library DIR"
