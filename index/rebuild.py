"""Make what is derived from the articles again: passages, vectors, statements, and groups of near-duplicates."""

import sqlite3
from collections.abc import Callable, Iterable

from index import catalog_reads as reads
from index import catalog_writes as writes
from index.catalog import Catalog, write_manifest, write_meta
from index.duplicate_groups import group_again
from index.errors import ModelError
from index.prepare import Prepared, Preparer
from index.statement_writes import RULES, RULES_KEY, find_statements, replace_all_statements

Progress = Callable[[int, int], None]


def rebuild(catalog: Catalog, preparer: Preparer, at_once: int, progress: Progress | None) -> None:
    """Make passages, vectors, statements and groups again, and put them in place of the old ones in one transaction.

    Args:
        catalog: The catalog of the library.
        preparer: Makes passages and vectors with the present settings.
        at_once: How many articles are embedded together.
        progress: Called with the number of articles done and of all.

    Raises:
        ModelError: The embedder cannot be loaded, or cannot embed an article.
    """
    with catalog.reading() as connection:
        ids = reads.read_live_ids(connection)
    done: dict[str, Prepared] = {}
    for first in range(0, len(ids), at_once):
        with catalog.reading() as connection:
            done |= _prepared(connection, preparer, ids[first : first + at_once])
        if progress:
            progress(min(first + at_once, len(ids)), len(ids))
    with catalog.writing() as connection:
        live = reads.read_live_ids(connection)
        late = [i for i in live if i not in done]  # added by another process meanwhile
        done |= _prepared(connection, preparer, late)
        writes.replace_all_chunks(connection, [(i, done[i].spans, done[i].vectors) for i in live])
        replace_all_statements(connection, [(i, done[i].statements) for i in live])
        write_meta(connection, RULES_KEY, str(RULES))
        group_again(connection)
        write_manifest(connection, preparer.manifest())


def _prepared(connection: sqlite3.Connection, preparer: Preparer, ids: Iterable[str]) -> dict[str, Prepared]:
    prepared = {i: Prepared(a.source, a.title, a) for i, a in reads.read_articles(connection, ids).items()}
    preparer.embed(list(prepared.values()))
    for item in prepared.values():
        if item.reason:
            raise ModelError(f"{item.title or item.source} {item.reason}. The library is as it was.")
        if item.article:
            item.statements = find_statements(item.article)
    return prepared
