"""Nearest vectors: a FAISS index that follows the catalog and can always be made again from it."""

import atexit
import logging
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, Manifest, read_manifest, read_meta
from index.errors import LibraryError
from index.vector_file import VectorFile
from index.vector_follow import FollowedIndex
from index.vector_gate import Gate
from index.vector_kinds import SPARE, Plan, StoppedError, exact_index, trained_index
from index.vector_log import all_ids, vectors_of

logger = logging.getLogger(__name__)

VECTORS_FILE = "vectors.faiss"
# A question waits so long for another thread that takes over what is new, and then is answered from what is there.
_PATIENCE_SECONDS = 0.1
# The file is written when more than this share of it is old: the rest is taken from the catalog faster than written.
_OLD_SHARE = 0.02
_SAMPLE_AT_ONCE = 10_000
_RETRY_SECONDS = 3600.0
_NICE = 10  # steps of priority that training stands back, on Linux


class VectorIndex:
    """Inner-product search over the chunk vectors, by chunk id; exact in small libraries, by lists in large ones.

    Before a search of a new generation the index takes over what came and went in the catalog. When the library has
    outgrown the index, a thread trains another one; questions use the old one until it is there. The file is only a
    cache; where it is missing, damaged or old, the catalog makes up for it.
    """

    def __init__(self, folder: Path, catalog: Catalog, plan: Plan | None = None) -> None:
        self._catalog = catalog
        self._plan = plan or Plan()
        self._file = VectorFile(folder / VECTORS_FILE, catalog)
        # Who changes or replaces the index holds ``_changing`` for all of it, and closes the gate for moments only.
        self._changing = threading.Lock()
        self._gate = Gate()
        self._held: FollowedIndex | None = None
        self._starting = threading.Lock()
        self._training: threading.Thread | None = None
        self._closing = threading.Event()
        self._retry_at = 0.0

    def search(
        self, vector: NDArray[np.float32], limit: int, allowed: Sequence[int] | NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Return the ids of the nearest chunks with their cosine similarity, nearest first.

        Args:
            vector: Shape (dimension,), length 1.
            limit: Most chunks returned.
            allowed: Only these chunks are considered; None for all.
        """
        self._refresh(_PATIENCE_SECONDS)
        ids = None if allowed is None else np.asarray(allowed, dtype=np.int64)
        with self._gate.shared():
            held = self._held
            if not held:
                return []
            found = held.search(vector, limit + SPARE if held.lists and limit > 0 else limit, ids)
        return self._ranked_again(vector, found)[:limit] if held.lists else found

    def _ranked_again(self, vector: NDArray[np.float32], found: list[tuple[int, float]]) -> list[tuple[int, float]]:
        """Order by the vectors of the catalog what was found by codes of one byte per dimension."""
        ids = np.array([i for i, _ in found], dtype=np.int64)
        with self._catalog.reading() as connection:
            here, vectors = vectors_of(connection, ids, len(vector))
        scores = vectors @ vector
        return [(int(here[row]), float(scores[row])) for row in np.argsort(-scores, kind="stable")]

    @property
    def lists(self) -> int:
        """Number of lists of the present index; 0 where search is exact."""
        held = self._held
        return held.lists if held else 0

    def load(self) -> None:
        """Bring the index up to date now, so that no search waits for it.

        Raises:
            LibraryError: The catalog cannot be read.
        """
        self._refresh()

    def ids(self) -> set[int]:
        """Return the chunk ids in the index once it is up to date."""
        self._refresh()
        with self._gate.shared():
            return set(self._held.ids().tolist()) if self._held else set()

    def save(self) -> None:
        """Bring the index up to date, and write the cache file where much of it is old.

        Raises:
            LibraryError: The catalog cannot be read or written.
            OSError: The file cannot be written.
        """
        self._refresh()
        with self._changing:
            self._save_if_old()

    def settle(self) -> None:
        """Bring the index up to date, and wait until no other one is being trained."""
        self._refresh()
        training = self._training
        if training is not None:
            training.join()

    def close(self) -> None:
        """Give up training and write the file where much of it is old. Call it before the catalog is closed."""
        self._stop()
        with self._changing:
            self._try_to_save()

    # --- Following the catalog ---

    def _refresh(self, patience: float = -1) -> None:
        with self._catalog.reading() as connection:
            generation, manifest = int(read_meta(connection)["generation"]), read_manifest(connection)
        held = self._held
        if not manifest.dimension or (held and held.generation == generation):
            return
        usable = held is not None and held.manifest == manifest
        if not self._changing.acquire(timeout=patience if usable else -1):
            return
        try:
            self._catch_up(manifest)
        finally:
            self._changing.release()
        self._train_if_outgrown()

    def _catch_up(self, manifest: Manifest) -> None:
        for held in self._candidates(manifest):
            if held.follow(self._catalog, self._gate if held is self._held else Gate()):
                self._put_in(held)
                return

    def _candidates(self, manifest: Manifest) -> Iterator[FollowedIndex]:
        if self._held and self._held.manifest == manifest:
            yield self._held
        elif loaded := self._file.load(manifest):
            yield loaded
        while True:  # more than once only where another embedder comes while it is read
            with self._catalog.reading() as connection:
                manifest = read_manifest(connection)
            yield FollowedIndex(exact_index(manifest.dimension), manifest)

    def _put_in(self, held: FollowedIndex) -> None:
        if held is not self._held:
            with self._gate.alone():
                self._held = held

    def _save_if_old(self) -> None:
        held = self._held
        if held and held.unsaved > _OLD_SHARE * held.count:
            self._file.save(held)

    def _try_to_save(self) -> None:
        try:
            self._save_if_old()
        except (LibraryError, OSError) as error:  # only a cache
            logger.info("The vector index was not written: %s", error)

    # --- Training another index beside it ---

    def _train_if_outgrown(self) -> None:
        held = self._held
        with self._starting:
            idle = self._training is None or not self._training.is_alive()
            if not held or not self._plan.outgrown(held.count, held.lists) or not idle:
                return
            if self._closing.is_set() or time.monotonic() < self._retry_at:
                return
            self._training = threading.Thread(target=self._train, args=(held,), name="vector-training", daemon=True)
            # A daemon, and yet ended before the interpreter: a thread within FAISS must not be cut off.
            atexit.register(self._stop)
            self._training.start()

    def _train(self, old: FollowedIndex) -> None:
        """Replace ``old`` by an index that suits the library. Runs in a thread of its own."""
        try:
            _step_back()
            new = self._trained(old)
            complete = new.follow(self._catalog, Gate(), self._closing.is_set)
            with self._changing:
                # Another embedder came meanwhile, or another index: this one is of no use.
                if complete and self._held is old and new.follow(self._catalog, Gate(), self._closing.is_set):
                    self._put_in(new)
                    self._try_to_save()
        except StoppedError:
            logger.info("The training of the vector index was given up.")
        except LibraryError as error:
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            logger.warning("A vector index for this size was not made; the present one stays: %s", error)
        except Exception:
            self._retry_at = time.monotonic() + _RETRY_SECONDS
            logger.exception("A vector index for this size was not made; the present one stays.")
        finally:
            atexit.unregister(self._stop)

    def _trained(self, old: FollowedIndex) -> FollowedIndex:
        loaded = self._file.load(old.manifest)
        if loaded and not self._plan.outgrown(old.count, loaded.lists):
            return loaded  # another process made it
        lists = self._plan.lists(old.count)
        if not lists:
            return FollowedIndex(exact_index(old.manifest.dimension), old.manifest)
        sample = self._sample(lists * self._plan.samples_per_list, old.manifest.dimension)
        index = trained_index(sample, min(lists, len(sample)), self._closing.is_set)
        return FollowedIndex(index, old.manifest)

    def _sample(self, size: int, dimension: int) -> NDArray[np.float32]:
        with self._catalog.reading() as connection:
            ids = all_ids(connection)
        chosen = np.sort(np.random.default_rng(0).permutation(ids)[:size])
        parts = []
        for first in range(0, len(chosen), _SAMPLE_AT_ONCE):
            if self._closing.is_set():
                raise StoppedError
            with self._catalog.reading() as connection:
                parts.append(vectors_of(connection, chosen[first : first + _SAMPLE_AT_ONCE], dimension)[1])
        return np.concatenate(parts)

    def _stop(self) -> None:
        self._closing.set()
        training = self._training
        if training is not None:
            training.join()


def _step_back() -> None:
    """Leave half of the cores to questions, and where one core is fought for, let them have it."""
    import faiss

    faiss.omp_set_num_threads(max(1, (os.cpu_count() or 2) // 2))  # of this thread only
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, min(19, os.getpriority(os.PRIO_PROCESS, thread) + _NICE))
