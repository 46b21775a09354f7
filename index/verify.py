"""Check a library: is it what was written, and does everything in it fit together?"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import numpy as np

from index.catalog import Catalog, read_manifest
from index.catalog_file import is_read_only
from index.catalog_reads import iter_live_articles, read_chunks_of
from index.damage import find_damage
from index.duplicate_groups import find_group_problems
from index.errors import LibraryError
from index.indexes import Indexes
from index.keywords import KEYWORDS_FOLDER
from index.records import Article
from index.seals import REBUILD, RESTORE
from index.statement_writes import find_statement_problems
from index.vectors import VECTORS_FILE

_NORM_TOLERANCE = 0.01  # float16 keeps three digits


def find_problems(catalog: Catalog, indexes: Indexes) -> list[str]:
    """Return what is wrong, one sentence each; an empty list if nothing is."""
    try:
        problems = find_catalog_problems(catalog)
        return problems or list(_index_problems(catalog, indexes))
    except LibraryError as error:
        return [str(error)]


def find_catalog_problems(catalog: Catalog) -> list[str]:
    """Return what is wrong with the catalog alone, which is all that cannot be made again.

    What does not fit together is looked for where all is what was written: damage would be told many times over.
    """
    try:
        with catalog.reading() as connection:
            if damage := [*_file_problems(connection), *find_damage(connection)]:
                return damage
            problems = [*_article_problems(connection), *_vector_problems(connection)]
            problems += find_group_problems(connection)
            problems += find_statement_problems(connection)
        with _for_words(catalog) as connection:
            return [*problems, *_word_problems(connection)]
    except LibraryError as error:
        return [str(error)]


@contextmanager
def _for_words(catalog: Catalog) -> Iterator[sqlite3.Connection]:
    """Lend what the word indexes are checked in, which SQLite takes for writing: the catalog, or a copy of it."""
    if not is_read_only(catalog.path.parent):
        with catalog.writing(new_generation=False) as connection:
            yield connection
        return
    with catalog.reading() as source, closing(sqlite3.connect("")) as copy:  # a temporary file, which nobody sees
        source.backup(copy)
        yield copy


def _index_problems(catalog: Catalog, indexes: Indexes) -> Iterator[str]:
    with catalog.reading() as connection:
        held = {row[0] for row in connection.execute("SELECT id FROM chunk")}
    for name, ids in ((VECTORS_FILE, indexes.vectors.ids()), (KEYWORDS_FOLDER, indexes.keywords.ids())):
        if held != ids:
            yield (
                f"The index {name} differs from the catalog in {len(held ^ ids)} passages. Delete {name} in the folder "
                "of the library: it is made again."
            )


def _file_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for row in connection.execute("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield f"The catalog file is damaged: {row[0]}. {RESTORE}"
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield f"A row of table {row[0]} belongs to nothing. {RESTORE}"
    for name, last in connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
        key = "position" if name == "chunk_gone" else "number" if name == "story" else "id"
        highest = connection.execute(f'SELECT ifnull(max("{key}"), 0) FROM "{name}"').fetchone()[0]  # noqa: S608
        if not isinstance(last, int) or last < highest:
            yield f"Table {name} has given numbers that it does not know of. {REBUILD}"


def _article_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for article in iter_live_articles(connection):
        if not _in_order([(p.start, p.end) for p in article.paragraphs], len(article.text)):
            yield f"Article {article.id} has paragraphs outside its text or out of order. {RESTORE}"
        yield from _chunk_problems(connection, article)
    replaced = connection.execute(
        "SELECT count(*) FROM chunk JOIN article AS a ON a.id = chunk.article WHERE a.replaced_by IS NOT NULL"
    ).fetchone()[0]
    if replaced:
        yield f"{replaced} passages belong to replaced articles. {REBUILD}"


def _chunk_problems(connection: sqlite3.Connection, article: Article) -> Iterator[str]:
    spans = read_chunks_of(connection, article.id)
    if not spans:
        yield f"Article {article.id} has no passages. {REBUILD}"
    if any(not 0 <= start < end <= len(article.text) for start, end in spans):
        yield f"Article {article.id} has passages outside its text. {REBUILD}"


def _in_order(spans: list[tuple[int, int]], length: int) -> bool:
    edges = [edge for span in spans for edge in span]
    return edges == sorted(edges) and (not edges or (edges[0] >= 0 and edges[-1] <= length))


def _vector_problems(connection: sqlite3.Connection) -> Iterator[str]:
    dimension = read_manifest(connection).dimension
    for row in connection.execute("SELECT id, vector FROM chunk"):
        vector = np.frombuffer(row["vector"], dtype="<f2") if len(row["vector"]) == 2 * dimension else None
        if vector is None:
            yield f"Passage {row['id']} has a vector of another length than {dimension}. {REBUILD}"
        elif not abs(float(np.linalg.norm(vector.astype(np.float32))) - 1.0) <= _NORM_TOLERANCE:
            yield f"Passage {row['id']} has a vector whose length is not 1. {REBUILD}"


def _word_problems(connection: sqlite3.Connection) -> Iterator[str]:
    for table, of in (("chunk_fts", "passages"), ("statement_fts", "statements")):
        try:
            # Rank 1: compared with the texts, not only within itself.
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
        except sqlite3.DatabaseError:
            yield f"The word index differs from the {of}. {REBUILD}"
