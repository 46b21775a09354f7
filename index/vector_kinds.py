"""The two kinds of vector index, which one a library of a given size has, and the training of the second."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

# What lists find beyond what is asked for, to be ordered again by exact vectors. Evidence: 1,000,000 made-up vectors
# (bench/vectors.py), recall@10 with 256 lists: 0.986 by the codes, 0.999 ordered again, the same with 10 or 40 spare.
SPARE = 20
_ROUNDS = 8  # of k-means; more change the lists little
_AT_ONCE = 4096  # vectors between two looks at whether to stop: a fraction of a second of work
_SEED = 4


class StoppedError(Exception):
    """Training was given up because the library closes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which kind of index a number of vectors gets.

    Exact search compares the question with every vector: 79,865 real ones take 7 ms on one core beside other work,
    100,000 made-up ones 4 to 8. Beyond, vectors lie in lists around centroids (IVF, one byte per dimension), and only
    the lists nearest to the question are read. HNSW is no choice: FAISS cannot remove from it, and its links take more
    memory.

    Attributes:
        exact_up_to: Most vectors that are searched one by one.
        lists_per_root: Lists per square root of the number of vectors. Four keeps reading the centroids cheaper
            than reading the lists from 100,000 to 5 million.
        samples_per_list: Vectors that each centroid is trained on.
    """

    exact_up_to: int = 100_000
    lists_per_root: float = 4.0
    samples_per_list: int = 20

    def lists(self, count: int) -> int:
        """Return how many lists ``count`` vectors get; 0 for exact search."""
        return 0 if count <= self.exact_up_to else max(1, int(self.lists_per_root * math.sqrt(count)))

    def outgrown(self, count: int, lists: int) -> bool:
        """Say whether an index with ``lists`` lists (0: exact) no longer suits ``count`` vectors.

        It does from four times the vectors it was trained for, or where it has shrunk to half of what exact search
        can do: a library at the border must not change to and fro.
        """
        if not lists:
            return count > self.exact_up_to
        return 2 * count < self.exact_up_to or self.lists(count) >= 2 * lists


def probes(lists: int) -> int:
    """Return how many lists are read for one question.

    Evidence: 451 questions of RealTimeQA. 79,865 real vectors in 1,130 lists: recall@10 is 0.988 with 67 lists, 0.996
    with 134, 0.999 with 201 (under 1 ms). 1,000,000 made-up ones in 4,000 lists: 0.995 with 128, 0.999 with 256, 1.000
    with 400 (5 ms). The share needed falls as the lists grow in number, hence the square root.
    """
    return min(lists, math.ceil(6 * math.sqrt(lists)))


def list_count(index: Any) -> int:  # noqa: ANN401 - FAISS has no types
    """Return the number of lists of an index; 0 where it is exact."""
    return int(getattr(index, "nlist", 0))


def exact_index(dimension: int) -> Any:  # noqa: ANN401
    """Make an empty index that compares with every vector."""
    import faiss

    # Float16, as in the catalog: nothing is lost, and it is half the size and several times as fast as float32.
    flat = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    return faiss.IndexIDMap(flat)


def trained_index(sample: Floats, lists: int, stopped: Callable[[], bool]) -> Any:  # noqa: ANN401
    """Make an empty index with ``lists`` lists, trained on ``sample``, shape (at least ``lists``, dimension).

    Raises:
        StoppedError: ``stopped`` became true.
    """
    import faiss

    dimension = sample.shape[1]
    quantizer: Any = faiss.IndexFlatIP(dimension)
    quantizer.add(_centroids(sample, lists, stopped))
    # One byte per dimension, of the vector and not of its distance to the centroid: recall@10 is the same (79,865 real
    # vectors, 128 lists: 0.994 and 0.993; all lists: 0.998 both), and 6 bits lose another 0.015.
    kind = faiss.ScalarQuantizer.QT_8bit
    index = faiss.IndexIVFScalarQuantizer(quantizer, dimension, lists, kind, faiss.METRIC_INNER_PRODUCT, False)
    index.own_fields = True
    quantizer.this.disown()
    index.train(sample)  # only the range of each dimension: the centroids are there
    return index


def _centroids(sample: Floats, lists: int, stopped: Callable[[], bool]) -> Floats:
    """Spherical k-means. Written out since FAISS's own cannot be stopped, and closing must not wait a minute for it."""
    import faiss

    random = np.random.default_rng(_SEED)
    centroids = sample[random.choice(len(sample), lists, replace=False)]
    for _ in range(_ROUNDS):
        flat = faiss.IndexFlatIP(sample.shape[1])
        flat.add(centroids)
        sums = np.zeros_like(centroids)
        for first in range(0, len(sample), _AT_ONCE):
            if stopped():
                raise StoppedError
            some = sample[first : first + _AT_ONCE]
            np.add.at(sums, flat.search(some, 1)[1][:, 0], some)
        lengths = np.linalg.norm(sums, axis=1)
        empty = lengths < np.finfo(np.float32).eps
        sums[empty] = sample[random.choice(len(sample), int(empty.sum()), replace=False)]
        lengths[empty] = np.maximum(np.linalg.norm(sums[empty], axis=1), np.finfo(np.float32).eps)
        centroids = sums / lengths[:, None]
    return centroids
