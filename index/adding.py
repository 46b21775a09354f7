"""Add offered items to a library: read a few, embed them, store them in one transaction.

While a model embeds some of them in a thread of its own, the next are read, statements found and the last ones stored.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from index import catalog_writes as writes
from index.catalog import Catalog
from index.duplicate_groups import add_to_group
from index.pipeline import ahead
from index.prepare import Prepared, Preparer, find_in_all
from index.records import AddResult, AddStatus, Article, Draft, Failure
from index.statement_writes import insert_statements

# What is embedded and stored together: few enough articles for a moving progress bar, and so few words that memory
# stays flat and the work at hand is soon done when adding is stopped.
_ARTICLES, _CHARACTERS = 32, 100_000


@dataclass(frozen=True, slots=True)
class Batch:
    """A few items.

    Attributes:
        offered: All of them.
        new: Those whose articles the library does not have yet.
        error: What the source raised after these; raised in turn once they are stored.
    """

    offered: Sequence[Prepared]
    new: Sequence[Prepared]
    error: Exception | None


def add_all(
    catalog: Catalog,
    preparer: Preparer,
    items: Iterable[Draft | Failure],
    claim: Callable[[sqlite3.Connection], None],
) -> Generator[list[AddResult], None, None]:
    """Add all items, a few at a time; yield one result for each, in order, once they are on disk.

    Args:
        catalog: The catalog of the library.
        preparer: Makes articles, passages and vectors.
        items: What is offered; read as it is needed.
        claim: Called within each transaction before anything is stored; raises where these vectors do not belong.
    """
    return add_in_batches(
        preparer, items, lambda offered: _new(catalog, offered), lambda batch: _store_all(catalog, batch, claim)
    )


def add_in_batches(
    preparer: Preparer,
    items: Iterable[Draft | Failure],
    new_of: Callable[[Sequence[Prepared]], Sequence[Prepared]],
    store: Callable[[Batch], list[AddResult]],
) -> Generator[list[AddResult], None, None]:
    """Add all items, a few at a time, to wherever they are kept.

    Args:
        preparer: Makes articles, passages and vectors.
        items: What is offered; read as it is needed.
        new_of: Returns those of a batch that are not kept yet, which are then embedded.
        store: Stores a batch and returns one result for each item offered.
    """
    batches = (_read(preparer, some, new_of, error) for some, error in _divided(items))
    with closing(ahead(batches, lambda b: preparer.embed(b.new), lambda b: find_in_all(b.new))) as embedded:
        for batch in embedded:
            yield store(batch)
            if batch.error:
                raise batch.error


def _divided(items: Iterable[Draft | Failure]) -> Iterator[tuple[list[Draft | Failure], Exception | None]]:
    """Divide a stream; what it raises comes with the items before it, so that these still go in."""
    some: list[Draft | Failure] = []
    size = 0
    stream = iter(items)
    while True:
        try:
            item = next(stream)
        except StopIteration:
            break
        except Exception as error:  # noqa: BLE001 - it is raised in its turn
            yield some, error
            return
        some.append(item)
        size += len(item.text) if isinstance(item, Draft) else 0
        if len(some) >= _ARTICLES or size >= _CHARACTERS:
            yield some, None
            some, size = [], 0
    if some:
        yield some, None


def _read(
    preparer: Preparer,
    items: Iterable[Draft | Failure],
    new_of: Callable[[Sequence[Prepared]], Sequence[Prepared]],
    error: Exception | None,
) -> Batch:
    offered = [preparer.read(item) for item in items]
    return Batch(offered, new_of(offered), error)


def _new(catalog: Catalog, offered: Iterable[Prepared]) -> list[Prepared]:
    with catalog.reading() as connection:
        return [p for p in offered if p.article and _is_new(connection, p.article)]


def _is_new(connection: sqlite3.Connection, article: Article) -> bool:
    return writes.decide(connection, article).status is not AddStatus.ALREADY_THERE


def _store_all(catalog: Catalog, batch: Batch, claim: Callable[[sqlite3.Connection], None]) -> list[AddResult]:
    if not any(p.vectors is not None for p in batch.new):
        with catalog.reading() as connection:
            return [_store(connection, p) for p in batch.offered]
    with catalog.writing() as connection:
        claim(connection)
        return [_store(connection, p) for p in batch.offered]


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
