"""The vectors of a library, used again while others are grown from the same articles."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalog import CATALOG_FILE
from index.embed import EmbedderProtocol, passage_text
from index.errors import LibraryError


class RecalledVectors:
    """An embedder that knows the vectors of a library by their texts; other texts the real one embeds."""

    def __init__(self, library: Path, embedder: EmbedderProtocol) -> None:
        """Read the library, which must have been made with the embedder.

        Raises:
            LibraryError: There is no library, or its vectors are of another kind.
        """
        self.name, self.digest, self.dimension = embedder.name, embedder.digest, embedder.dimension
        self.token_offsets = embedder.token_offsets
        self._real = embedder
        self._known = _read(library, embedder.dimension)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (n, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        new = [place for place, text in enumerate(texts) if text not in self._known]
        for place, text in enumerate(texts):
            if text in self._known:
                vectors[place] = np.frombuffer(self._known[text], "<f2")
        if new:
            vectors[new] = self._real.embed([texts[place] for place in new])
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def _read(library: Path, dimension: int) -> dict[str, bytes]:
    path = (library / CATALOG_FILE).resolve()
    if not path.is_file():
        raise LibraryError(f"There is no library in {library}.")
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            'SELECT title, substr(text, chunk.start + 1, chunk."end" - chunk.start), vector '
            "FROM chunk JOIN article ON article.id = chunk.article"
        )
        known = {passage_text(title, text): vector for title, text, vector in rows}
    finally:
        connection.close()
    if any(len(vector) != 2 * dimension for vector in known.values()):
        raise LibraryError(
            f"The vectors of {library} are not of length {dimension}; it was made with another embedder."
        )
    return known
