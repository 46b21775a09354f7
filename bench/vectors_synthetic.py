"""Made-up vectors that lie like real ones: for sizes beyond what can be embedded here."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.catalog import CATALOG_FILE
from index.errors import LibraryError

Floats = NDArray[np.float32]

BLOCK = 20_000  # vectors made at once
_NEIGHBOURS = 32
_FITTED_ON = 6000  # chunks whose neighbours are looked at; more change the covariance little
# The noise of each vector has a strength of its own, drawn evenly up to this: some stories are nearly copies, others
# only share a topic. Chosen so that similarities and recall are those of real vectors (see ``likeness``).
_STRONGEST = 0.5


@dataclass(frozen=True, slots=True)
class VectorModel:
    """Draws a real vector and adds noise with the covariance of the differences between neighbours.

    Attributes:
        base: Real unit vectors, shape (n, dimension).
        factor: Lower Cholesky factor of that covariance, shape (dimension, dimension).
    """

    base: Floats
    factor: Floats

    @classmethod
    def fit(cls, vectors: Floats) -> Self:
        """Fit to unit vectors, shape (more than 32, dimension)."""
        some = vectors[np.random.default_rng(0).permutation(len(vectors))[:_FITTED_ON]]
        found = _nearest(vectors, some, _NEIGHBOURS + 1)[1]
        picked = np.random.default_rng(1).integers(1, _NEIGHBOURS + 1, len(some))  # 0 is the vector itself
        differences = vectors[found[np.arange(len(some)), picked]] - some
        covariance = np.cov(differences.T) + 1e-6 * np.eye(vectors.shape[1])
        return cls(vectors, np.linalg.cholesky(covariance).astype(np.float32))

    def blocks(self, count: int, seed: int = 0) -> Iterator[NDArray[np.float16]]:
        """Yield ``count`` unit vectors in blocks; fewer are always the first of more."""
        for number, first in enumerate(range(0, count, BLOCK)):
            random = np.random.default_rng((seed, number))
            base = self.base[random.integers(0, len(self.base), BLOCK)]
            strength = random.uniform(0, _STRONGEST, (BLOCK, 1)).astype(np.float32)
            made = base + strength * (random.standard_normal(base.shape, dtype=np.float32) @ self.factor.T)
            made /= np.linalg.norm(made, axis=1, keepdims=True)
            yield made[: count - first].astype(np.float16)


class Nearest:
    """The nearest of vectors that come in blocks, for several questions at once, by comparing with each."""

    def __init__(self, queries: Floats, limit: int) -> None:
        self._queries = queries
        self._limit = limit
        self.rows = np.empty((len(queries), 0), dtype=np.int64)
        self._scores = np.empty((len(queries), 0), dtype=np.float32)
        self._seen = 0

    def add(self, block: NDArray[np.float16]) -> None:
        """Compare with another block, shape (n, dimension)."""
        scores = np.hstack([self._scores, self._queries @ block.astype(np.float32).T])
        rows = np.arange(self._seen, self._seen + len(block))
        rows = np.hstack([self.rows, np.broadcast_to(rows, (len(self._queries), len(block)))])
        best = np.argpartition(-scores, min(self._limit, scores.shape[1]) - 1, axis=1)[:, : self._limit]
        self.rows, self._scores = np.take_along_axis(rows, best, 1), np.take_along_axis(scores, best, 1)
        self._seen += len(block)


def read_vectors(library: Path) -> Floats:
    """Return the vectors of a library, shape (chunks, dimension), length 1.

    Raises:
        LibraryError: There is no library, or it is empty.
    """
    path = (library / CATALOG_FILE).resolve()
    if not path.is_file():
        raise LibraryError(f"There is no library in {library}.")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        rows = [row[0] for row in connection.execute("SELECT vector FROM chunk ORDER BY id")]
    finally:
        connection.close()
    if not rows:
        raise LibraryError(f"The library in {library} is empty.")
    vectors = np.frombuffer(b"".join(rows), dtype="<f2").reshape(len(rows), -1).astype(np.float32)
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def likeness(real: Floats, queries: Floats) -> str:
    """Compare real vectors with as many made from a quarter of them: how near are neighbours, and answers to questions?

    Args:
        real: Shape (n, dimension).
        queries: Question vectors, shape (m, dimension).

    Returns:
        A Markdown table: cosine of the nearest and tenth nearest, 10th, 50th and 90th percentile.
    """
    order = np.random.default_rng(2).permutation(len(real))
    model = VectorModel.fit(real[order[: len(real) // 4]])
    made = np.concatenate(list(model.blocks(len(real)))).astype(np.float32)
    lines = ["| vectors | question, 1st | question, 10th | passage, 1st | passage, 10th |", "|---|---:|---:|---:|---:|"]
    for name, vectors in ((f"{len(real):,} real", real), (f"{len(made):,} made from a quarter of them", made)):
        asked = _nearest(vectors, queries, 10)[0]
        own = _nearest(vectors, vectors[:: max(1, len(vectors) // 500)], 11)[0][:, 1:]
        cells = [_percentiles(column) for column in (asked[:, 0], asked[:, 9], own[:, 0], own[:, 9])]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _percentiles(values: Floats) -> str:
    return " / ".join(f"{value:.2f}" for value in np.percentile(values, (10, 50, 90)))


def _nearest(vectors: Floats, queries: Floats, limit: int) -> tuple[Floats, NDArray[np.int64]]:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    scores, rows = index.search(np.ascontiguousarray(queries, dtype=np.float32), limit)
    return scores, rows
