"""Make what is derived from the articles again: passages, vectors, statements and copies, in a new collection."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from index.duplicates import wording_of
from index.errors import ModelError
from index.milvus.articles import Articles
from index.milvus.client import Tables
from index.milvus.copies import Copies, fingerprints_of
from index.milvus.meta import Meta
from index.milvus.rows import ALL, IS_LIVE, Parts, article_row, statement_ids
from index.milvus.schema import ARTICLE, CHUNK, STATEMENT, make_chunks
from index.milvus.writes import Writer
from index.pipeline import ahead
from index.prepare import Prepared, Preparer, find_in_all

Progress = Callable[[int, int], None]
_AT_ONCE = 32


def rebuild(
    tables: Tables, articles: Articles, copies: Copies, writer: Writer, meta: Meta, preparer: Preparer,
    progress: Progress | None,
) -> None:  # fmt: skip
    """Fill a new collection of passages, then use it instead of the old one, which goes.

    Articles that others add meanwhile are taken over; where that happens at the very end, by whoever adds them.

    Raises:
        ModelError: The embedder cannot be loaded, or cannot embed an article. The library is as it was.
    """
    old = meta.state(fresh=True).chunks
    new = CHUNK + secrets.token_hex(4)
    make_chunks(tables, new, preparer.embedder.dimension)
    done: set[str] = set()

    def catch_up() -> None:
        waiting = [i for i in _live_ids(tables) if i not in done]
        total = len(done) + len(waiting)
        some = (waiting[first : first + _AT_ONCE] for first in range(0, len(waiting), _AT_ONCE))
        work = ahead((_read(articles, few) for few in some), lambda b: _embed(preparer, b), find_in_all)
        with closing(work) as batches:
            for batch in batches:
                _write(tables, copies, writer, batch, new)
                done.update(p.article.id for p in batch if p.article)
                if progress:
                    progress(len(done), total)

    try:
        catch_up()
    except BaseException:
        tables.drop(new)
        raise
    meta.write_manifest(preparer.manifest(), new)
    meta.write_counted(0)
    meta.changed()
    catch_up()
    if old:
        tables.drop(old)


def _live_ids(tables: Tables) -> Iterator[str]:
    return (row["id"] for row in tables.scan(ARTICLE, IS_LIVE, []))


def _read(articles: Articles, ids: Iterable[str]) -> list[Prepared]:
    return [Prepared(article.source, article.title, article) for article in articles.read(ids).values()]


def _embed(preparer: Preparer, items: list[Prepared]) -> None:
    preparer.embed(items)
    for item in items:
        if item.reason:
            raise ModelError(f"{item.title or item.source} {item.reason}. The library is as it was.")


def _write(tables: Tables, copies: Copies, writer: Writer, items: list[Prepared], chunks: str) -> None:
    """Write what is made of some articles; their rows come last, and are left alone where somebody removed them."""
    found = {p.article.id: p for p in items if p.article}
    tables.put(chunks, [row for p in items for row in writer.chunk_rows(p)])
    writer.put_statements(items)
    wordings = {i: wording_of(p.article) for i, p in found.items() if p.article}
    for row in tables.get(ARTICLE, found, ALL, fresh=True).values():
        item = found[row["id"]]
        if item.article is None:
            continue
        parts = Parts(row["pieces"], len(item.spans), len(item.statements))
        tables.put(ARTICLE, [row | article_row(item.article, parts, fingerprints_of(wordings[row["id"]]))])
        gone = statement_ids(row["id"], row["said"])[parts.said :]
        tables.delete(STATEMENT, gone)
        copies.forget(row["id"])
    copies.join(wordings)
