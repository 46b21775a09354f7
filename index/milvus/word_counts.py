"""How many passages hold a word, from which a question's words get their weights.

Nobody counts while articles are added, so that no two writers wait for each other. Whoever has added counts again where
the library has grown: all passages of a small one, a random sample of a large one, which is enough for a logarithm.
What is written follows from the passages alone, so it does no harm where two do it at once, or where one stops midway.
"""

import threading
from collections import Counter
from collections.abc import Collection, Mapping

from index.milvus.client import Tables
from index.milvus.meta import Meta
from index.milvus.schema import NO_VECTOR, NOTHING, WORD
from index.milvus.words import SparseVector, Term, weigh

SAMPLE = 200_000
_GROWN = 0.02
_IDS = 2**63


class WordCounts:
    """Weighs the words of questions."""

    def __init__(self, tables: Tables, meta: Meta, sample: int = SAMPLE) -> None:
        self._tables, self._meta, self._sample = tables, meta, sample
        self._lock = threading.Lock()
        self._known: tuple[int, dict[int, int]] = (0, {})  # what was looked up, and at which count

    def weigh(self, terms: Collection[Term], chunks: str) -> SparseVector:
        """Return the vector of a question; words are counted first where that was never done."""
        passages = self._meta.counted()
        if not passages and not (passages := self.refresh(chunks)):
            return {}
        return weigh(terms, self._holding({part for term in terms for part in term.parts}, passages), passages)

    def refresh(self, chunks: str) -> int:
        """Count again where there are more or fewer passages than before; return how many were counted last."""
        passages, before = self._tables.count(chunks), self._meta.counted()
        if abs(passages - before) > _GROWN * before:
            self._count(chunks, passages)
            return passages
        return before

    def _count(self, chunks: str, passages: int) -> None:
        sampled = passages > self._sample
        where = f"id < {_IDS * self._sample // passages}" if sampled else ""
        counts: Counter[int] = Counter()
        number = 0
        for row in self._tables.scan(chunks, where, ["words"]):
            counts.update(row["words"].keys())
            number += 1
        scale = passages / max(1, number)
        # One that a single passage holds needs no row: that is taken for granted of words that are not there.
        rows = ((word, round(count * scale)) for word, count in counts.items() if count > 1)
        self._tables.put(WORD, [{"id": word, "passages": held, NO_VECTOR: NOTHING} for word, held in rows], 5000)
        self._meta.write_counted(passages)

    def _holding(self, words: Collection[int], passages: int) -> Mapping[int, int]:
        with self._lock:
            at, known = self._known
        known = dict(known) if at == passages and len(known) < 1 << 16 else {}
        missing = [word for word in words if word not in known]
        if missing:
            rows = self._tables.get(WORD, missing, ["passages"])
            known.update((word, rows[word]["passages"] if word in rows else 1) for word in missing)
            with self._lock:
                self._known = (passages, known)
        return known
