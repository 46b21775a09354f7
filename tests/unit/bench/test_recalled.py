"""Vectors that are known already."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.recalled import RecalledVectors
from index.errors import LibraryError
from index.library import Library
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library, settings


class _Asked(WordEmbedder):
    """Notes what it was asked to embed."""

    def __init__(self, dimension: int = 16) -> None:
        super().__init__(dimension=dimension)
        self.asked: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().embed(texts)


def test_known_texts_are_not_embedded_again_and_vectors_are_the_same(tmp_path: Path) -> None:
    with open_library(tmp_path / "first") as library:
        list(library.add(draft(number) for number in range(3)))
    real = _Asked()
    recalled = RecalledVectors(tmp_path / "first", real)
    with Library.open(tmp_path / "second", recalled, settings(), create=True) as library:
        list(library.add(draft(number) for number in range(3)))
    assert real.asked == []
    with open_library(tmp_path / "first") as one, open_library(tmp_path / "second") as other:
        vector = real.embed(["Town 2 votes"])[0]
        assert [cosine for _, cosine in one.search_dense(vector, 3)] == pytest.approx(
            [cosine for _, cosine in other.search_dense(vector, 3)], abs=1e-3
        )


def test_known_and_new_texts_keep_their_places(tmp_path: Path) -> None:
    with open_library(tmp_path / "first") as library:
        list(library.add([draft(1)]))
        (summary,) = library.articles()
        known = "Town 1 votes\n" + library.articles_by_id([summary.id])[summary.id].text.split("\n\n")[0]
    texts = ["something new", known, "something newer"]
    real = _Asked()
    vectors = RecalledVectors(tmp_path / "first", real).embed(texts)
    assert real.asked == ["something new", "something newer"]
    assert np.allclose(vectors, real.embed(texts), atol=2e-3)


def test_other_vectors_and_no_library_are_refused(tmp_path: Path) -> None:
    with open_library(tmp_path / "first") as library:
        list(library.add([draft(1)]))
    with pytest.raises(LibraryError, match="made with another embedder"):
        RecalledVectors(tmp_path / "first", _Asked(dimension=8))
    with pytest.raises(LibraryError, match="There is no library"):
        RecalledVectors(tmp_path / "none", _Asked())
