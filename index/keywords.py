"""Passages by their words: a BM25 index that follows the catalog and can always be made again from it.

SQLite's own full-text index scores every passage that holds any word of a question, which takes as long as there are
passages: 74 ms at 80,000. Tantivy skips what cannot be among the best (block-max WAND, Ding and Suel 2011): 1.4 ms.
"""

import json
import logging
import shutil
import sqlite3
import struct
import threading
import time
import weakref
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, snapshot
from index.catalog_file import is_read_only
from index.errors import LibraryError
from index.keyword import question_words
from index.keyword_files import check_keyword_files, copy_keyword_files, note_sizes

logger = logging.getLogger(__name__)

KEYWORDS_FOLDER = "keywords"
# A right passage was among the first five for 77.6 % of RealTimeQA; 74.5, 75.6 and 71.2 % with the weights 0, 1 and 2.
TITLE_WEIGHT = 0.5
_STATE = "state"
_VERSION = 1  # of the fields and the analyzer: an index of another is made again
_HEAP_BYTES = 64_000_000
_WAIT_SECONDS = 60.0
# A filter that leaves this many passages or fewer is given to the search as a set of ids; a broader one lets so many
# through that the best of all hold enough of them.
_FEW_IDS = 5_000


class KeywordIndex:
    """BM25 search over headline and words of the passages, by chunk id. Safe to use from several threads.

    Words are compared without their endings; ``stemmed=False``, for measurements, keeps them.
    """

    def __init__(self, folder: Path, catalog: Catalog, stemmed: bool = True) -> None:
        self._folder = folder / KEYWORDS_FOLDER
        self._catalog = catalog
        self._stemmed = stemmed
        self._lock = threading.Lock()
        self._index: Any = None
        self._analyzer: Any = None
        self._generation = -1

    def search(
        self,
        question: str,
        limit: int,
        allowed: Sequence[int] | NDArray[np.int64] | None = None,
        title_weight: float = TITLE_WEIGHT,
    ) -> list[tuple[int, float]]:
        """Return the ids of the passages that hold words of the question with their score, best first.

        Args:
            question: Any text.
            limit: Most passages returned.
            allowed: Ids of the only passages that are considered, ascending; None for all.
            title_weight: What a word in the headline counts, beside 1 in the passage.
        """
        ids = None if allowed is None else np.asarray(allowed, dtype=np.int64)
        if limit < 1 or (ids is not None and not ids.size):
            return []
        self.refresh()
        words = dict.fromkeys(tuple(self._analyzer.analyze(word)) for word in question_words(question))
        query = self._any_of([word for word in words if word], title_weight)
        searcher = self._index.searcher()
        if ids is None:
            return _best(searcher, query, limit)
        if ids.size <= _FEW_IDS:
            return _best(searcher, self._only(query, ids), limit)
        return _best_allowed(searcher, query, limit, ids)

    def refresh(self) -> None:
        """Bring the index up to date with the catalog.

        Raises:
            LibraryError: Another process has been writing to it for too long, or it cannot be written.
        """
        with self._lock:
            generation = self._catalog.generation()
            if generation == self._generation:
                return
            if self._index is None:
                self._open()
            self._follow()
            self._generation = generation

    def ids(self) -> set[int]:
        """Return the chunk ids in the index once it is up to date."""
        import tantivy

        self.refresh()
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits
        ids = searcher.fast_field_values("id", [address for _, address in found])
        return {int(i) for i in ids if i is not None and i > 0}

    def _any_of(self, words: Collection[tuple[str, ...]], title_weight: float) -> Any:  # noqa: ANN401 - tantivy's types are its own
        """Passages with any of the words, in headline or text; a word of several terms ("anti-abortion") in a row."""
        import tantivy

        should = []
        for terms in words:
            for field, weight in (("title", title_weight), ("text", 1.0)):
                one = (
                    tantivy.Query.term_query(self._schema, field, terms[0])
                    if len(terms) == 1
                    else tantivy.Query.phrase_query(self._schema, field, list(terms))
                )
                should.append((tantivy.Occur.Should, tantivy.Query.boost_query(one, weight)))
        return tantivy.Query.boolean_query(should)

    def _only(self, query: Any, allowed: NDArray[np.int64]) -> Any:  # noqa: ANN401
        import tantivy

        among = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "id", allowed.tolist()), 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, among), (tantivy.Occur.Must, query)])

    def _open(self) -> None:
        import tantivy

        self._analyzer = word_analyzer(self._stemmed)
        schema = tantivy.SchemaBuilder()
        # The one document with id 0 says what the index holds; it is written in the same commit.
        schema.add_integer_field("id", indexed=True, fast=True)
        schema.add_text_field("title", tokenizer_name="words")
        schema.add_text_field("text", tokenizer_name="words")
        schema.add_text_field(_STATE, stored=True, tokenizer_name="raw", index_option="basic")
        self._schema = schema.build()
        if is_read_only(self._folder.parent):
            self._folder = copy_keyword_files(self._folder)
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        try:
            check_keyword_files(self._folder)
            self._index = self._opened(tantivy)
            self._state()
        except (ValueError, OSError, KeyError, TypeError, AttributeError, struct.error) as error:
            logger.info("%s is made again from the catalog: %s", self._folder, error)
            shutil.rmtree(self._folder, ignore_errors=True)
            try:
                self._index = self._opened(tantivy)
            except (ValueError, OSError) as again:
                raise self._unwritten(again) from again

    def _unwritten(self, error: Exception) -> LibraryError:
        return LibraryError(f"{self._folder} cannot be written ({error}). Check permissions and free space.")

    def _opened(self, tantivy: Any) -> Any:  # noqa: ANN401
        self._folder.mkdir(exist_ok=True)
        index = tantivy.Index(self._schema, path=str(self._folder))
        index.register_tokenizer("words", self._analyzer)
        return index

    def _state(self) -> tuple[int, int]:
        """Highest chunk id and last removal that are in the index.

        Raises:
            ValueError: It was made by another version.
        """
        import tantivy

        searcher = self._index.searcher()
        hits = searcher.search(tantivy.Query.term_query(self._schema, "id", 0), limit=1).hits
        if not hits:
            return 0, 0
        state = json.loads(searcher.doc(hits[0][1])[_STATE][0])
        if state["version"] != _VERSION:
            raise ValueError(f"version {state['version']}")
        return int(state["highest"]), int(state["removals"])

    def _follow(self) -> None:
        """Take over what the catalog has gained and lost; wait while another process does so."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while not self._is_current():
            try:
                writer = self._index.writer(heap_size=_HEAP_BYTES, num_threads=1)
            except ValueError as error:
                if "lock" not in str(error).lower() or time.monotonic() > deadline:
                    raise LibraryError(f"{self._folder} cannot be written: {error}. Try again.") from error
                time.sleep(0.05)
                continue
            try:
                self._write(writer)
            except (ValueError, OSError) as error:  # Tantivy calls a full disk a ValueError
                raise self._unwritten(error) from error

    def _is_current(self) -> bool:
        self._index.reload()
        with self._catalog.reading() as connection:
            return self._state() == _last_changes(connection)

    def _write(self, writer: Any) -> None:  # noqa: ANN401
        import tantivy

        # A process that was killed before its commit left files, whose names would be given again.
        writer.garbage_collect_files()
        self._index.reload()  # another process may have written before this one got the lock
        highest, removals = self._state()
        with self._catalog.reading() as connection, snapshot(connection):
            last = _last_changes(connection)
            gone = _removed(connection, removals, last[1])
            if gone is None:
                writer.delete_all_documents()
                highest = 0
            for chunk in gone or ():
                writer.delete_documents_by_term("id", chunk)
            for row in _added(connection, highest):
                writer.add_document(tantivy.Document(id=row["id"], title=row["title"], text=row["text"]))
        state = json.dumps({"version": _VERSION, "highest": last[0], "removals": last[1]})
        writer.delete_documents_by_term("id", 0)
        writer.add_document(tantivy.Document(id=0, state=state))
        writer.commit()
        writer.wait_merging_threads()
        note_sizes(self._folder)
        self._index.reload()


def word_analyzer(stemmed: bool = True) -> Any:  # noqa: ANN401
    """Return what divides a text into the words that are compared: without case and accents, and without endings."""
    import tantivy

    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(40))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )
    return (builder.filter(tantivy.Filter.stemmer("english")) if stemmed else builder).build()


def _last_changes(connection: sqlite3.Connection) -> tuple[int, int]:
    """Highest chunk id ever given, and the position of the last removal."""
    # Cast: a damaged number must not end in an error of another kind.
    numbers = dict(connection.execute("SELECT name, CAST(seq AS INTEGER) FROM sqlite_sequence").fetchall())
    return int(numbers.get("chunk", 0)), int(numbers.get("chunk_gone", 0))


def _removed(connection: sqlite3.Connection, since: int, until: int) -> list[int] | None:
    """Chunks that went at positions ``since + 1`` to ``until``; None where the log no longer reaches back so far."""
    rows = connection.execute("SELECT chunk FROM chunk_gone WHERE position > ?", (since,)).fetchall()
    return [row[0] for row in rows] if len(rows) == until - since else None


def _added(connection: sqlite3.Connection, above: int) -> Iterator[sqlite3.Row]:
    return iter(connection.execute("SELECT id, title, text FROM chunk_text WHERE id > ? ORDER BY id", (above,)))


def _best(searcher: Any, query: Any, limit: int) -> list[tuple[int, float]]:  # noqa: ANN401
    hits = searcher.search(query, limit, count=False).hits
    ids = searcher.fast_field_values("id", [address for _, address in hits])
    return [(int(i), float(score)) for i, (score, _) in zip(ids, hits, strict=True)]


def _best_allowed(searcher: Any, query: Any, limit: int, allowed: NDArray[np.int64]) -> list[tuple[int, float]]:  # noqa: ANN401
    """Look at ever more of the best until enough of them are allowed; ``allowed`` is ascending and not empty."""
    depth, total = 4 * limit, max(1, searcher.num_docs)
    while True:
        found = _best(searcher, query, min(depth, total))
        ids = np.array([chunk for chunk, _ in found], dtype=np.int64)
        places = np.minimum(np.searchsorted(allowed, ids), len(allowed) - 1)
        kept = [hit for hit, fits in zip(found, allowed[places] == ids, strict=True) if fits][:limit]
        if len(kept) == limit or len(found) < depth or depth >= total:
            return kept
        depth *= 8
