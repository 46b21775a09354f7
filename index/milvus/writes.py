"""Put articles into Milvus and take them out, so that each step may fail at any moment and be done again.

There are no transactions. The row of an article is written first, as pending, then all that belongs to it, then the
row again as live, which makes it visible in one step. What died midway leaves a pending row, which tells what there may
be to take away; adding the article again writes the same rows again, as all ids follow from what they hold.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from index.adding import Batch
from index.article import url_key
from index.audit import Actor, Change, changes_in
from index.catalog_writes import Decision
from index.duplicates import Wording, wording_of
from index.milvus.articles import Articles
from index.milvus.audit import MilvusAudit
from index.milvus.client import Row, Tables, both, quoted
from index.milvus.copies import Copies, fingerprints_of
from index.milvus.rows import (
    ALL,
    IS_LIVE,
    Parts,
    article_row,
    chunk_ids,
    filtered,
    piece_ids,
    piece_rows,
    replaced,
    statement_ids,
    too_long,
)  # fmt: skip
from index.milvus.schema import ARTICLE, FINISHED, LIVE, PENDING, PIECE, REMOVING, REPLACED, SPEAKER, STATEMENT
from index.milvus.statements import speaker_rows, statement_rows
from index.milvus.words import WordVectors
from index.prepare import Prepared
from index.records import AddResult, AddStatus, Article

_THERE = ("state", "source", "url_key", "day", "added", "pieces", "passages", "said")


class Writer:
    """Writes the articles of one library."""

    def __init__(
        self, tables: Tables, articles: Articles, copies: Copies, words: WordVectors, changed: Callable[[], None]
    ) -> None:
        """Put a writer together.

        Args:
            tables: Where to write.
            articles: Reads them.
            copies: Finds near-duplicates.
            words: Makes the sparse vectors of passages.
            changed: Tells all readers that something changes. Called before it does, as a writer may die at once
                afterwards; whoever calls a writer tells them again when it is done.
        """
        self._tables, self._articles, self._copies, self._words = tables, articles, copies, words
        self._changed = changed
        self._audit = MilvusAudit(tables)

    def new_of(self, offered: Sequence[Prepared]) -> list[Prepared]:
        """Return those items whose articles are not there yet."""
        decided = self._decide([p.article for p in offered if p.article])
        return [p for p in offered if p.article and _is_new(decided[p.article.id])]

    def store(self, batch: Batch, chunks: str, by: Actor) -> list[AddResult]:
        """Store a batch; return one result for each item.

        Args:
            batch: Items with their passages, vectors and statements.
            chunks: The collection of passages.
            by: Who adds them, for the audit log.
        """
        results: list[AddResult] = []
        for some in _apart(batch.offered):
            decided = self._decide([p.article for p in some if p.article])
            judged = [_judged(prepared, decided) for prepared in some]
            results += judged
            new = [p for p in some if p.article and not p.reason and _is_new(decided[p.article.id])]
            self._write(new, chunks, by, changes_in(judged))
            # Also of what was there before: whoever added it may have died before this.
            self.end_versions(sorted({url_key(p.article.url) for p in some if p.article} - {""}), chunks)
        return results

    def remove(self, article_id: str, chunks: str, by: Actor | None = None) -> None:
        """Remove an article and the versions it replaced; may be repeated where it was cut off.

        Args:
            article_id: Its whole id.
            chunks: The collection of passages.
            by: Who removes it, for the audit log; None for what work that was cut off has left.
        """
        rows = self._tables.get(ARTICLE, [article_id], ALL, fresh=True)
        waiting, found = [article_id], dict(rows)
        while waiting:
            older = self._tables.find(ARTICLE, f"replaced_by in {quoted(waiting)}", ALL, fresh=True)
            waiting = [row["id"] for row in older if row["id"] not in found]
            found |= {row["id"]: row for row in older}
        if by:
            gone = [Change("removed", row["id"], row["title"], row["source"]) for row in rows.values()]
            self._audit.write(by, gone, rows)
        self._changed()
        self._tables.put(ARTICLE, [row | {"state": REMOVING, "touched": time.time_ns()} for row in rows.values()])
        for row in reversed(found.values()):
            self.delete_parts(row, chunks)
            self._tables.delete(PIECE, piece_ids(row["id"], row["pieces"]))
            self._tables.delete(ARTICLE, [row["id"]])

    def finish(self, article: Article) -> None:
        """Make an article visible of which everything is there but the last step."""
        self._copies.join({article.id: wording_of(article)})
        for row in self._tables.get(ARTICLE, [article.id], ALL, fresh=True).values():
            self._tables.put(ARTICLE, [row | {"state": LIVE}])

    def delete_parts(self, row: Row, chunks: str) -> None:
        """Delete all that belongs to an article but its text; ``row`` says how much there is."""
        parts = Parts.of(row)
        self._copies.forget(row["id"])
        self._tables.delete(STATEMENT, statement_ids(row["id"], parts.said))
        if chunks:
            self._tables.delete(chunks, chunk_ids(row["id"], parts.passages))

    def replace(self, old_id: str, new_id: str, chunks: str) -> None:
        """Mark an article as replaced, and delete what was searched of it; may be repeated where it was cut off."""
        for row in self._tables.get(ARTICLE, [old_id], ALL, fresh=True).values():
            gone = replaced(row, new_id, time.time_ns())
            self._tables.put(ARTICLE, [gone | {"passages": row["passages"], "said": row["said"]}])
            self.delete_parts(row, chunks)
            self._tables.put(ARTICLE, [gone])

    def end_versions(self, url_keys: Sequence[str], chunks: str) -> list[tuple[str, str]]:
        """Mark as replaced all but the newest of the articles with each address; return pairs of old and new ids."""
        done = []
        for live in self._with_addresses(url_keys).values():
            newest = max(live, key=lambda row: (row["added"], row["id"]))
            done += [(row["id"], newest["id"]) for row in live if row is not newest]
        for old, new in [*done, *self._half_replaced(url_keys)]:
            self.replace(old, new, chunks)
        return done

    def chunk_rows(self, prepared: Prepared) -> list[Row]:
        """Return the rows of an article's passages."""
        article = prepared.article
        assert article is not None and prepared.vectors is not None  # noqa: S101 - for the type checker
        common = {"article": article.id, **filtered(article)}
        return [
            {
                "id": number,
                **common,
                "position": position,
                "start": start,
                "end": end,
                # As they are in a folder: rounded to float16, so that both give the same scores.
                "vector": vector.astype("float32").tolist(),
                "words": self._words.of_passage(article.title, article.text[start:end]),
            }
            for position, (number, (start, end), vector) in enumerate(
                zip(chunk_ids(article.id, len(prepared.spans)), prepared.spans, prepared.vectors, strict=True)
            )
        ]

    def row_of(self, prepared: Prepared, wording: Wording, added: int) -> Row:
        """Return the row of an article that is just being written."""
        article = prepared.article
        assert article is not None  # noqa: S101 - for the type checker
        parts = Parts(len(piece_rows(article)), len(prepared.spans), len(prepared.statements))
        times = {"state": PENDING, "replaced_by": "", "touched": time.time_ns(), "added": added}
        return article_row(article, parts, fingerprints_of(wording)) | times

    def put_statements(self, items: Sequence[Prepared]) -> None:
        """Write the statements of articles and their speakers."""
        self._tables.put(SPEAKER, speaker_rows(said for p in items for said in p.statements))
        rows = [row for p in items if p.article for row in statement_rows(p.article, p.statements, self._words)]
        self._tables.put(STATEMENT, rows)

    def _write(self, items: Sequence[Prepared], chunks: str, by: Actor, changes: Sequence[Change]) -> None:
        if not items:
            return
        articles = [p.article for p in items if p.article]
        wordings = {article.id: wording_of(article) for article in articles}
        now = time.time_ns()
        rows = [self.row_of(p, wordings[p.article.id], now + n) for n, p in enumerate(items) if p.article]
        left = self._tables.get(ARTICLE, [row["id"] for row in rows], _THERE, fresh=True)
        self._delete_surplus(rows, left, chunks)
        self._tables.put(ARTICLE, rows)
        self._tables.put(PIECE, [row for article in articles for row in piece_rows(article)])
        self._tables.put(chunks, [row for p in items for row in self.chunk_rows(p)])
        self.put_statements(items)
        self._copies.join(wordings)
        self._audit.write(by, changes, {row["id"]: row for row in rows})
        self._audit.withdraw(left.values())
        self._changed()
        self._tables.put(ARTICLE, [row | {"state": LIVE} for row in rows])

    def _delete_surplus(self, rows: Sequence[Row], left: Mapping[str, Row], chunks: str) -> None:
        """Delete what whoever died while adding these articles wrote beyond what is written now.

        All else is left: it is written again, and somebody else may be adding the same article.
        """
        for row in rows:
            if before := left.get(row["id"]):
                self._tables.delete(chunks, chunk_ids(row["id"], before["passages"], row["passages"]))
                self._tables.delete(STATEMENT, statement_ids(row["id"], before["said"])[row["said"] :])

    def _decide(self, articles: Sequence[Article]) -> dict[str, Decision]:
        there = self._tables.get(ARTICLE, [article.id for article in articles], _THERE, fresh=True)
        keyed = {article.id: url_key(article.url) for article in articles}
        live = self._with_addresses(sorted(set(keyed.values()) - {""}))
        return {a.id: _decision(a, there.get(a.id), live.get(keyed[a.id], [])) for a in articles}

    def _half_replaced(self, url_keys: Sequence[str]) -> list[tuple[str, str]]:
        """Return replaced articles, with what replaced them, that still have passages as whoever replaced them died."""
        if not url_keys:
            return []
        where = both(f"url_key in {quoted(url_keys)}", f"state == {REPLACED}", "passages > 0")
        rows = self._tables.find(ARTICLE, where, ["replaced_by"], fresh=True)
        return [(row["id"], row["replaced_by"]) for row in rows]

    def _with_addresses(self, url_keys: Sequence[str]) -> dict[str, list[Row]]:
        """Return the articles that are searched, by address, of which there is more than one where work was cut off."""
        found: dict[str, list[Row]] = {}
        if url_keys:
            for row in self._tables.find(ARTICLE, both(f"url_key in {quoted(url_keys)}", IS_LIVE), _THERE, fresh=True):
                found.setdefault(row["url_key"], []).append(row)
        return found


def _apart(items: Sequence[Prepared]) -> Iterator[list[Prepared]]:
    """Divide items so that no two of one part are the same article or have one address."""
    some: list[Prepared] = []
    seen: set[str] = set()
    for item in items:
        keys = {item.article.id, url_key(item.article.url)} - {""} if item.article else set[str]()
        if keys & seen:
            yield some
            some, seen = [], set()
        some.append(item)
        seen |= keys
    yield some


def _decision(article: Article, there: Row | None, same_address: Sequence[Row]) -> Decision:
    """Say what adding an article would do, as ``index.catalog_writes.decide`` does for a folder."""
    if there and there["state"] in FINISHED:
        newer = there["state"] != LIVE
        return Decision(AddStatus.ALREADY_THERE, "a newer version is here" if newer else f"same as {there['source']}")
    if not same_address:
        return Decision(AddStatus.ADDED)
    old = max(same_address, key=lambda row: (row["added"], row["id"]))
    if old["day"] and article.published and old["day"] > article.published.toordinal():
        return Decision(AddStatus.ALREADY_THERE, "a newer version is here")
    return Decision(AddStatus.REPLACED, f"the version from {old['source']}", old["id"])


def _is_new(decision: Decision) -> bool:
    return decision.status is not AddStatus.ALREADY_THERE


def _judged(prepared: Prepared, decided: Mapping[str, Decision]) -> AddResult:
    """Return the report on an item, and where it cannot be stored, say so in it."""
    article = prepared.article
    if article is None or prepared.reason:
        return prepared.failed()
    decision = decided[article.id]
    if _is_new(decision):
        prepared.reason = too_long(article)
        if prepared.vectors is None:
            prepared.reason = "was removed by another process just now; add it again"
        if prepared.reason:
            return prepared.failed()
    return AddResult(article.source, decision.status, article.id, article.title, decision.reason)
