"""Nearest vectors: a FAISS index that follows the catalog and can always be made again from it."""

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, read_manifest, read_meta, write_meta
from index.errors import LibraryError

logger = logging.getLogger(__name__)

VECTORS_FILE = "vectors.faiss"
_META_KEY = "vectors_sha256"
_ADD_AT_ONCE = 10_000


class VectorIndex:
    """Exact inner-product search over the chunk vectors, by chunk id.

    The index is compared with the catalog by ids before a search of a new generation: new chunks are added, gone
    ones removed. The file is only a cache; where it is missing, damaged or old, the catalog makes up for it.
    """

    def __init__(self, folder: Path, catalog: Catalog) -> None:
        self._path = folder / VECTORS_FILE
        self._catalog = catalog
        # One lock for all: FAISS must not search while something is added.
        self._lock = threading.Lock()
        self._index: Any = None
        self._ids: set[int] = set()
        self._generation = -1
        self._saved: set[int] = set()

    def search(
        self, vector: NDArray[np.float32], limit: int, allowed: Iterable[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the ids of the nearest chunks with their cosine similarity, nearest first.

        Args:
            vector: Shape (dimension,), length 1.
            limit: Most chunks returned.
            allowed: Only these chunks are considered; None for all.
        """
        import faiss

        parameters: Any = faiss.SearchParameters  # its type stub knows no selector
        with self._lock:
            self._refresh()
            if self._index is None or not self._index.ntotal or limit < 1:
                return []
            options = None
            if allowed is not None:
                ids = np.fromiter(allowed, dtype=np.int64)
                if not ids.size:
                    return []
                options = parameters(sel=faiss.IDSelectorBatch(ids))
            query = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
            scores, found = self._index.search(query, min(limit, self._index.ntotal), params=options)
        return [(int(i), float(s)) for i, s in zip(found[0], scores[0], strict=True) if i >= 0]

    def save(self) -> None:
        """Bring the index up to date and write the cache file where it differs from what is there."""
        with self._lock:
            self._refresh()
            if self._index is not None and self._ids != self._saved:
                self._write()

    def ids(self) -> set[int]:
        """Return the chunk ids in the index once it is up to date."""
        with self._lock:
            self._refresh()
            return set(self._ids)

    def _refresh(self) -> None:
        with self._catalog.reading() as connection:
            connection.execute("BEGIN")  # one state of the catalog for all that is read here
            try:
                generation = int(read_meta(connection)["generation"])
                if generation == self._generation:
                    return
                dimension = read_manifest(connection).dimension
                if not dimension:
                    return
                if self._index is None or self._index.d != dimension:
                    self._load(dimension, read_meta(connection).get(_META_KEY, ""))
                self._follow(connection, dimension)
                self._generation = generation
            finally:
                connection.execute("COMMIT")

    def _load(self, dimension: int, digest: str) -> None:
        import faiss

        # Float16, as in the catalog: nothing is lost, and it is half the size and several times as fast as float32.
        flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        self._index = faiss.IndexIDMap2(flat)
        self._ids, self._saved = set(), set()
        data = self._path.read_bytes() if self._path.is_file() else b""
        # The digest is checked first: FAISS may crash on a damaged file.
        if not data or hashlib.sha256(data).hexdigest() != digest:
            logger.info("%s is missing, damaged or old; it is made again from the catalog.", self._path)
            return
        index: Any = faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8))
        if index.d == dimension:
            self._index = index
            self._ids = {int(i) for i in faiss.vector_to_array(index.id_map)}
            self._saved = set(self._ids)

    def _follow(self, connection: sqlite3.Connection, dimension: int) -> None:
        import faiss

        current = {row[0] for row in connection.execute("SELECT id FROM chunk")}
        if gone := self._ids - current:
            self._index.remove_ids(faiss.IDSelectorBatch(np.fromiter(gone, dtype=np.int64)))
        new = sorted(current - self._ids)
        for first in range(0, len(new), _ADD_AT_ONCE):
            ids = new[first : first + _ADD_AT_ONCE]
            self._index.add_with_ids(_vectors(connection, ids, dimension), np.asarray(ids, dtype=np.int64))
        self._ids = current

    def _write(self) -> None:
        import faiss

        data = faiss.serialize_index(self._index).tobytes()
        temporary = self._path.with_name(f"{VECTORS_FILE}.{os.getpid()}.tmp")
        temporary.write_bytes(data)
        temporary.replace(self._path)
        with self._catalog.writing(new_generation=False) as connection:
            write_meta(connection, _META_KEY, hashlib.sha256(data).hexdigest())
        self._saved = set(self._ids)


def _vectors(connection: sqlite3.Connection, ids: list[int], dimension: int) -> NDArray[np.float32]:
    rows = connection.execute(
        "SELECT vector FROM chunk WHERE id BETWEEN ? AND ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (ids[0], ids[-1], str(ids)),
    )
    packed = b"".join(row[0] for row in rows)
    if len(packed) != len(ids) * dimension * 2:
        raise LibraryError("The catalog holds vectors of another length. Run: python -m index rebuild --library DIR")
    return np.frombuffer(packed, dtype="<f2").reshape(len(ids), dimension).astype(np.float32)
