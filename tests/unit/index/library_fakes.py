"""A deterministic embedder and small drafts, for tests of the library without a model."""

import re
import zlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.records import Draft
from index.settings import Settings

_PIECE = re.compile(r"\w+|[^\w\s]")


class WordEmbedder:
    """Counts words into ``dimension`` buckets; texts with the same words have the same vector."""

    def __init__(self, name: str = "fake", dimension: int = 16) -> None:
        self.name = name
        self.digest = f"digest of {name}"
        self.dimension = dimension

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        """Each word and each mark is one piece."""
        return [match.span() for match in _PIECE.finditer(text)]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Count the words; a text with POISON in it cannot be embedded."""
        vectors = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            if "POISON" in text:
                raise ValueError("poisoned")
            for word in re.findall(r"\w+", text.lower()):
                vectors[row, zlib.crc32(word.encode()) % self.dimension] += 1.0
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def settings(chunk_tokens: int = 40, chunk_overlap: int = 10) -> Settings:
    return Settings(chunk_tokens=chunk_tokens, chunk_overlap=chunk_overlap, embedder="fake")


def open_library(folder: Path, create: bool = True, embedder: WordEmbedder | None = None, **chunking: int) -> Library:
    return Library.open(folder, embedder or WordEmbedder(), settings(**chunking), create=create)


def draft(
    number: int = 1, about: str = "the harbour", publication: str = "The Daily", url: str = "", day: date | None = None
) -> Draft:
    text = (
        f"The council of town {number} voted on Monday to pay for {about} after a debate of four hours in the hall.\n\n"
        f"Mayor Ann Reed said the vote number {number} was fair. She thanked all who had come to speak that night. "
        "Opponents of the plan said that they would take it to the county court before the end of the month."
    )
    return Draft(text, f"file{number}.txt", f"Town {number} votes", publication=publication, url=url, published=day)
