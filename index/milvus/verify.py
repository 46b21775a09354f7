"""Check a library in Milvus, and mend what work that was cut off has left."""

import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import numpy as np

from index.article import article_id
from index.milvus.articles import Articles
from index.milvus.client import Row, Tables, both, quoted
from index.milvus.meta import Meta
from index.milvus.rows import IS_LIVE, chunk_ids, statement_ids
from index.milvus.schema import ARTICLE, CHUNK, COPY, PENDING, REMOVING, REPLACED, STATEMENT
from index.milvus.writes import Writer
from index.records import Article

# Whoever adds an article is done with it long before.
PATIENCE_SECONDS = 3600.0
_NORM_TOLERANCE = 0.01  # float16 keeps three digits
_AT_ONCE = 100


def find_problems(tables: Tables, articles: Articles, writer: Writer, meta: Meta, patience_seconds: float) -> list[str]:
    """Return what is wrong, one sentence each; what work that was cut off has left is taken away.

    Args:
        tables: The collections.
        articles: Reads them.
        writer: Writes them.
        meta: Tells which collection holds the passages.
        patience_seconds: What somebody worked on so lately is left alone.
    """
    chunks = meta.state(fresh=True).chunks
    before = time.time_ns() - int(patience_seconds * 1e9)
    return [
        *_unfinished(tables, articles, writer, chunks, before),
        *_replaced(tables, writer, chunks),
        *_several(tables, writer, chunks),
        *_spare_collections(tables, chunks),
        *_article_problems(tables, articles, chunks),
        *_strays(tables, chunks),
    ]


def _unfinished(tables: Tables, articles: Articles, writer: Writer, chunks: str, before: int) -> Iterator[str]:
    where = f"state in {quoted((PENDING, REMOVING))} and touched <= {before}"
    for row in list(tables.scan(ARTICLE, where, ["state", "source", "passages", "said"])):
        whole = articles.read([row["id"]], unfinished=True).get(row["id"])
        if row["state"] == REMOVING:
            writer.remove(row["id"], chunks)
            yield f"Article {row['id']} was only half removed, and is now gone."
        elif whole and not list(_some_problems(tables, {row["id"]: whole}, chunks, [row])):
            writer.finish(whole)
            yield f"Article {row['id']} was all there but never shown, and now is."
        else:
            writer.remove(row["id"], chunks)
            yield f"Article {row['id']} was never finished and is taken out; add it again: {row['source']}."


def _replaced(tables: Tables, writer: Writer, chunks: str) -> Iterator[str]:
    for rows in _some(tables.scan(ARTICLE, f"state == {REPLACED}", ["replaced_by", "passages", "said"])):
        there = tables.get(ARTICLE, {row["replaced_by"] for row in rows}, [])
        for row in rows:
            if row["replaced_by"] not in there:
                writer.remove(row["id"], chunks)
                yield f"Article {row['id']} was replaced by one that is not there, and is taken out."
            elif row["passages"] or row["said"]:
                writer.replace(row["id"], row["replaced_by"], chunks)
                yield f"Passages of the replaced article {row['id']} were still there, and are taken out."


def _several(tables: Tables, writer: Writer, chunks: str) -> Iterator[str]:
    for rows in _some(tables.scan(ARTICLE, both(IS_LIVE, 'url_key != ""'), ["url_key"])):
        for old, new in writer.end_versions(sorted({row["url_key"] for row in rows}), chunks):
            yield f"Article {old} has the address of the newer {new}, and is now the version before it."


def _spare_collections(tables: Tables, chunks: str) -> Iterator[str]:
    """Name, but leave: somebody may be filling one at this moment."""
    for name in tables.collections():
        if name.startswith(CHUNK) and name != chunks and chunks:
            yield f"The collection {name} is not used: a rebuild is running, or was cut off. Drop it if none is."


def _article_problems(tables: Tables, articles: Articles, chunks: str) -> Iterator[str]:
    for rows in _some(tables.scan(ARTICLE, IS_LIVE, ["passages", "said"])):
        yield from _some_problems(tables, articles.read(row["id"] for row in rows), chunks, rows)


def _some_problems(tables: Tables, found: Mapping[str, Article], chunks: str, rows: list[Row]) -> Iterator[str]:
    ids = {row["id"]: chunk_ids(row["id"], row["passages"]) for row in rows}
    wanted = [i for some in ids.values() for i in some]
    passages = tables.get(chunks, wanted, ["article", "start", "end", "vector"]) if chunks else {}
    said = {row["id"]: statement_ids(row["id"], row["said"]) for row in rows}
    statements = tables.get(STATEMENT, [i for some in said.values() for i in some], [])
    for row in rows:
        article = found.get(row["id"])
        if article is None:
            yield f"Article {row['id']} has no text. Remove it and add it again."
            continue
        if article.id != article_id(article.publication, article.title, article.text):
            yield f"Article {article.id} does not have the content its id stands for. Remove it and add it again."
        yield from _passage_problems(article, [passages.get(i) for i in ids[article.id]])
        if any(i not in statements for i in said[article.id]):
            yield f"Statements of article {article.id} are missing. Run: python -m index rebuild"


def _passage_problems(article: Article, rows: list[Row | None]) -> Iterator[str]:
    there = [row for row in rows if row]
    if not rows or len(there) < len(rows):
        yield f"Passages of article {article.id} are missing. Run: python -m index rebuild"
    if any(not 0 <= row["start"] < row["end"] <= len(article.text) for row in there):
        yield f"Article {article.id} has passages outside its text. Run: python -m index rebuild"
    norms = [float(np.linalg.norm(np.asarray(row["vector"], dtype=np.float32))) for row in there]
    if any(not abs(norm - 1.0) <= _NORM_TOLERANCE for norm in norms):
        yield f"Article {article.id} has passages with vectors whose length is not 1. Run: python -m index rebuild"


def _strays(tables: Tables, chunks: str) -> Iterator[str]:
    """Take out what belongs to no article: written by whoever was given up for dead, and was only slow."""
    kinds = ((chunks, "article", "passages"), (STATEMENT, "article", "statements"), (COPY, "story", "pairs of copies"))
    for table, column, what in kinds:
        count = 0
        for rows in _some(tables.scan(table, "", [column])) if table else ():
            states = tables.get(ARTICLE, {row[column] for row in rows}, ["state"])
            gone = [row["id"] for row in rows if _is_stray(states.get(row[column]))]
            tables.delete(table, gone)
            count += len(gone)
        if count:
            yield f"{count} {what} belonged to no article, and are taken out."


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Divide rows, of which there may be too many to hold."""
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some


def _is_stray(row: Row | None) -> bool:
    return row is None or row["state"] == REPLACED
