"""Make what is derived from the articles again: passages, vectors, statements, and groups of near-duplicates."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial

from index import catalog_reads as reads
from index import catalog_writes as writes
from index.catalog import Catalog, write_manifest, write_meta
from index.duplicate_groups import group_again
from index.errors import ModelError
from index.pipeline import ahead
from index.prepare import Prepared, Preparer, find_in_all
from index.statement_writes import RULES, RULES_KEY, replace_all_statements

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
    some = (ids[first : first + at_once] for first in range(0, len(ids), at_once))
    work = ahead((_read(catalog, few) for few in some), partial(_embed, preparer), _find)
    with closing(work) as batches:
        for batch in batches:
            done |= {article_id: _without_text(item) for article_id, item in batch.items()}
            if progress:
                progress(len(done), len(ids))
    with catalog.writing() as connection:
        live = reads.read_live_ids(connection)
        late = _prepared(connection, [i for i in live if i not in done])  # added by another process meanwhile
        _embed(preparer, late)
        _find(late)
        done |= late
        writes.replace_all_chunks(connection, [(i, done[i].spans, done[i].vectors) for i in live])
        replace_all_statements(connection, [(i, done[i].statements) for i in live])
        write_meta(connection, RULES_KEY, str(RULES))
        group_again(connection)
        write_manifest(connection, preparer.manifest())


def _read(catalog: Catalog, ids: Iterable[str]) -> dict[str, Prepared]:
    with catalog.reading() as connection:
        return _prepared(connection, ids)


def _prepared(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Prepared]:
    return {i: Prepared(a.source, a.title, a) for i, a in reads.read_articles(connection, ids).items()}


def _embed(preparer: Preparer, items: dict[str, Prepared]) -> None:
    preparer.embed(list(items.values()))
    for item in items.values():
        if item.reason:
            raise ModelError(f"{item.title or item.source} {item.reason}. The library is as it was.")


def _find(items: dict[str, Prepared]) -> None:
    find_in_all(items.values())


def _without_text(item: Prepared) -> Prepared:
    """Let go of the article: what is kept of all of them is what is stored."""
    item.article = None
    return item
