"""Make what is derived from the articles again: passages, vectors, statements, and groups of near-duplicates."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
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
# Articles that other processes add meanwhile are made in a further pass, so that nearly none is left for the end, when
# nobody else can write. Others may add as fast as this goes, so it must stop somewhere.
_PASSES = 4


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
    done: dict[str, Prepared] = {}
    for _ in range(_PASSES):
        with catalog.reading() as connection:
            ids = reads.read_live_ids(connection)
        if not (new := [i for i in ids if i not in done]):
            break
        _make(catalog, preparer, new, at_once, done, progress)
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


def _make(
    catalog: Catalog,
    preparer: Preparer,
    ids: Sequence[str],
    at_once: int,
    done: dict[str, Prepared],
    progress: Progress | None,
) -> None:
    """Make what is derived of these articles, and put it to what is done."""
    of = len(done) + len(ids)
    some = (ids[first : first + at_once] for first in range(0, len(ids), at_once))
    work = ahead((_read(catalog, few) for few in some), partial(_embed, preparer), _find)
    with closing(work) as batches:
        for batch in batches:
            done |= {article_id: _without_text(item) for article_id, item in batch.items()}
            if progress:
                progress(len(done), of)


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
