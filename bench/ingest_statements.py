"""What finding and storing statements costs beside embedding, for articles on their way into a library."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from index import catalog_writes as writes
from index.catalog import Catalog
from index.embed import EmbedderProtocol
from index.prepare import Prepared, Preparer
from index.records import Draft, Failure
from index.settings import Settings
from index.statement_writes import find_statements, insert_statements

_BATCH = 32  # as the library adds them
EMBEDDING, FINDING, STORING = "passages and vectors", "finding statements", "storing statements"


def measure(items: Sequence[Draft | Failure], embedder: EmbedderProtocol, settings: Settings, folder: Path) -> str:
    """Prepare and store articles as ``Library.add`` does; return a Markdown table of processor time.

    Processor time counts all threads and does not grow where other programs are busy.

    Args:
        items: What sources read; failures and articles that are there already are left out.
        embedder: Loaded before anything is timed.
        settings: Chunking.
        folder: Where the temporary catalog is made.
    """
    spent: dict[str, float] = defaultdict(float)
    catalog, preparer = Catalog.create(folder), Preparer(embedder, settings)
    embedder.embed(["The first call takes longer."])
    try:
        for first in range(0, len(items), _BATCH):
            _add([preparer.read(item) for item in items[first : first + _BATCH]], catalog, preparer, spent)
        with catalog.reading() as connection:
            counts = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
                for table in ("article", "chunk", "statement")
            ]
    finally:
        catalog.close()
    return _table(spent, *counts)


def _add(batch: Sequence[Prepared], catalog: Catalog, preparer: Preparer, spent: dict[str, float]) -> None:
    with _timed(spent, EMBEDDING):
        preparer.embed(batch)
    with catalog.writing() as connection:
        for item in batch:
            if item.article is None or item.vectors is None or writes.decide(connection, item.article).reason:
                continue
            with _timed(spent, FINDING):
                found = find_statements(item.article)
            writes.insert_article(connection, item.article)
            writes.insert_chunks(connection, item.article.id, item.spans, item.vectors)
            with _timed(spent, STORING):
                insert_statements(connection, item.article.id, found)


def _table(spent: dict[str, float], articles: int, chunks: int, statements: int) -> str:
    rows = ["| step | ms an article | of embedding |", "|---|---:|---:|"]
    both = {"both for statements": spent[FINDING] + spent[STORING]}
    for step, seconds in (spent | both).items():
        rows.append(f"| {step} | {1000 * seconds / articles:.1f} | {seconds / spent[EMBEDDING]:.0%} |")
    return f"{articles:,} articles, {chunks:,} passages, {statements:,} statements.\n\n" + "\n".join(rows)


@contextmanager
def _timed(spent: dict[str, float], step: str) -> Iterator[None]:
    started = time.process_time()
    yield
    spent[step] += time.process_time() - started
