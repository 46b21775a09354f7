"""A vector index that knows how far it has followed the catalog."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.catalog import Catalog, Manifest, read_manifest, read_meta, snapshot
from index.vector_gate import Gate
from index.vector_kinds import Floats, Ids, StoppedError, list_count, probes
from index.vector_log import all_ids, chunk_count, chunks_after, log_position, removed_since

_AT_ONCE = 10_000  # chunks read in one transaction; it bounds the memory, and how long a change keeps searches out


@dataclass(frozen=True, slots=True)
class _Step:
    """What one read of the catalog brings. Only the last one says what went."""

    ids: Ids
    vectors: Floats
    final: bool
    generation: int = -1
    position: int | None = None
    removed: Ids | None = None  # None: not known, compare with ``present``
    present: Ids | None = None  # None as well: nothing went


class FollowedIndex:
    """A FAISS index of the chunk vectors, with the last chunk and the last removal it knows of.

    Chunk ids only grow, so what is new lies above the last id; what went is in a log of the catalog. Both cost what
    they bring, not what the library holds. One thread at a time may change it; searches are kept out by the gate.
    """

    def __init__(self, index: Any, manifest: Manifest, last: int = 0, position: int | None = None) -> None:  # noqa: ANN401
        self.index = index
        self.manifest = manifest
        self.last = last
        self.position = position
        self.generation = -1  # of the catalog, once it is up to date
        self.unsaved = 0  # chunks that came or went since it was written

    @property
    def count(self) -> int:
        """Number of vectors."""
        return int(self.index.ntotal)

    @property
    def lists(self) -> int:
        """Number of lists; 0 where search is exact."""
        return list_count(self.index)

    def ids(self) -> Ids:
        """Return the ids of all chunks in it, in no order."""
        import faiss

        if not self.lists:
            return np.asarray(faiss.vector_to_array(self.index.id_map), dtype=np.int64)
        lists = self.index.invlists
        parts = [faiss.rev_swig_ptr(lists.get_ids(n), lists.list_size(n)).copy() for n in range(self.lists)]
        return np.concatenate(parts).astype(np.int64)

    def search(self, vector: Floats, limit: int, allowed: Ids | None) -> list[tuple[int, float]]:
        """Return the ids nearest to ``vector``, shape (dimension,), with their inner product, nearest first."""
        import faiss

        limit = min(limit, self.count)
        if limit < 1 or (allowed is not None and not allowed.size):
            return []
        # A core for each question: FAISS cannot share one out, and its idle helpers take time from others (exact
        # search of 150,000 on two cores while lists are trained: 76 ms with helpers, 22 without).
        faiss.omp_set_num_threads(1)  # of this thread only
        query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        scores, found = self.index.search(query, limit, params=self._parameters(allowed))
        return [(int(i), float(s)) for i, s in zip(found[0], scores[0], strict=True) if i >= 0]

    def _parameters(self, allowed: Ids | None) -> Any:  # noqa: ANN401
        import faiss

        made: Any = faiss  # its type stubs know neither selectors nor the parameters of lists
        chosen: dict[str, Any] = {}
        if allowed is not None:
            # A bit per id: looking one up costs 2 ns, so that all lists can be gone through for a few chunks.
            bits = np.zeros(int(allowed.max()) + 1, dtype=bool)
            bits[allowed] = True
            chosen["sel"] = made.IDSelectorBitmap(np.packbits(bits, bitorder="little"))
        if not self.lists:
            return made.SearchParameters(**chosen)
        share = 1.0 if allowed is None else max(1, len(allowed)) / self.count
        # As many vectors are compared as without a filter: few allowed ones are looked for in all lists.
        return made.SearchParametersIVF(nprobe=min(self.lists, int(probes(self.lists) / share) + 1), **chosen)

    def follow(self, catalog: Catalog, gate: Gate, stopped: Callable[[], bool] = lambda: False) -> bool:
        """Take over what came and went, in batches that each are a transaction of their own.

        Returns:
            False where it cannot follow: the vectors are of another embedder now, or it differs from the catalog.

        Raises:
            StoppedError: ``stopped`` became true.
            LibraryError: The catalog cannot be read.
        """
        final = False
        while not final:
            if stopped():
                raise StoppedError
            with catalog.reading() as connection, snapshot(connection):
                step = self._read(connection)
            if step is None or not self._apply(step, gate):
                return False
            final = step.final
        return True

    def _read(self, connection: sqlite3.Connection) -> _Step | None:
        if read_manifest(connection) != self.manifest:
            return None
        if not self.last:
            self.position = log_position(connection)  # what went before cannot be in it
        ids, vectors = chunks_after(connection, self.last, _AT_ONCE, self.manifest.dimension)
        if len(ids) == _AT_ONCE:
            return _Step(ids, vectors, final=False)
        generation, latest = int(read_meta(connection)["generation"]), log_position(connection)
        if latest is not None and self.position is not None:
            removed = removed_since(connection, self.position, latest)
            if removed is not None:
                return _Step(ids, vectors, True, generation, latest, removed)
        present = all_ids(connection) if chunk_count(connection) != self.count + len(ids) else None
        return _Step(ids, vectors, True, generation, latest, None, present)

    def _apply(self, step: _Step, gate: Gate) -> bool:
        # The nearest lists are found before the gate is closed: that is nearly all of the work.
        nearest = self.index.quantizer.search(step.vectors, 1)[1] if self.lists and len(step.ids) else None
        if len(step.ids):
            with gate.alone():
                self._add(step.ids, step.vectors, nearest)
            self.last = int(step.ids[-1])
        gone = step.removed
        if step.present is not None:
            gone = np.setdiff1d(self.ids(), step.present)
        if gone is not None and gone.size:
            with gate.alone():
                self._remove(gone)
        self.unsaved += len(step.ids) + (0 if gone is None else len(gone))
        if step.final:
            self.generation, self.position = step.generation, step.position
        return step.present is None or self.count == len(step.present)

    def _add(self, ids: Ids, vectors: Floats, nearest: Ids | None) -> None:
        import faiss

        if nearest is None:
            self.index.add_with_ids(vectors, ids)
            return
        lists = np.ascontiguousarray(nearest[:, 0])
        self.index.add_core(len(ids), faiss.swig_ptr(vectors), faiss.swig_ptr(ids), faiss.swig_ptr(lists))

    def _remove(self, ids: Ids) -> None:
        import faiss

        self.index.remove_ids(faiss.IDSelectorBatch(ids))
