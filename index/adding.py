"""Add a few offered items to a library in one transaction."""

import sqlite3
from collections.abc import Callable, Sequence

from index import catalog_writes as writes
from index.catalog import Catalog
from index.duplicate_groups import add_to_group
from index.prepare import Prepared, Preparer
from index.records import AddResult, AddStatus, Article, Draft, Failure
from index.statement_writes import find_statements, insert_statements


def add_batch(
    catalog: Catalog,
    preparer: Preparer,
    batch: Sequence[Draft | Failure],
    claim: Callable[[sqlite3.Connection], None],
) -> list[AddResult]:
    """Add all items together; return one result for each, in order, once they are on disk.

    Args:
        catalog: The catalog of the library.
        preparer: Makes articles, passages and vectors.
        batch: What is offered.
        claim: Called within the transaction before anything is stored; raises where these vectors do not belong.
    """
    offered = [preparer.read(item) for item in batch]
    with catalog.reading() as connection:
        new = [p for p in offered if p.article and _is_new(connection, p.article)]
    preparer.embed(new)
    for item in new:
        if item.article and item.vectors is not None:
            item.statements = find_statements(item.article)
    if not any(p.vectors is not None for p in new):
        with catalog.reading() as connection:
            return [_store(connection, p) for p in offered]
    with catalog.writing() as connection:
        claim(connection)
        return [_store(connection, p) for p in offered]


def _is_new(connection: sqlite3.Connection, article: Article) -> bool:
    return writes.decide(connection, article).status is not AddStatus.ALREADY_THERE


def _store(connection: sqlite3.Connection, prepared: Prepared) -> AddResult:
    """Decide once more, now that no other process can write, and store what is new."""
    article = prepared.article
    if article is None or prepared.reason:
        return prepared.failed()
    decision = writes.decide(connection, article)
    if decision.status is not AddStatus.ALREADY_THERE:
        if prepared.vectors is None:
            prepared.reason = "was removed by another process just now; add it again"
            return prepared.failed()
        writes.insert_article(connection, article)
        writes.insert_chunks(connection, article.id, prepared.spans, prepared.vectors)
        insert_statements(connection, article.id, prepared.statements)
        if decision.replaces:
            writes.replace_article(connection, decision.replaces, article.id)
        add_to_group(connection, article)
    return AddResult(article.source, decision.status, article.id, article.title, decision.reason)
