"""Fusion by hand, and retrieval from a library that answers what it is told to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from index.records import Article, Chunk, Filters
from qa.records import Query
from qa.retrieve import RRF_K, fuse, retrieve
from tests.unit.qa.conftest import make_article

ARTICLES = {id: make_article("First passage.", "Second passage.", id=id) for id in ("a", "b", "c")}


def test_fuse_by_hand() -> None:
    # 7 is first and third, 8 second, 9 first: 1/61 + 1/63, 1/62, 1/61.
    fused = fuse([[7, 8], [9, 5, 7]])
    assert fused == pytest.approx({7: 1 / 61 + 1 / 63, 8: 1 / 62, 9: 1 / 61, 5: 1 / 62})
    assert RRF_K == 60


def test_fuse_with_another_constant() -> None:
    assert fuse([[7, 8], [8]], k=1) == {7: 0.5, 8: 1 / 3 + 0.5}


def test_fuse_of_nothing() -> None:
    assert fuse([]) == {}
    assert fuse([[], []]) == {}


@dataclass
class _Embedder:
    asked: list[str] = field(default_factory=list)
    name: str = "fake"
    digest: str = "0"
    dimension: int = 2

    def token_offsets(self, text: str) -> list[tuple[int, int]]:
        raise NotImplementedError(text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[1.0, 0.0]] * len(texts), np.float32)


@dataclass
class _Library:
    """Chunk ids ten to thirty-two: the ten is the article, the one the passage."""

    dense: list[int]
    keyword: list[int]
    removed_chunks: set[int] = field(default_factory=set)
    removed_articles: set[str] = field(default_factory=set)
    embedder: _Embedder = field(default_factory=_Embedder)
    calls: list[tuple[str, int, Filters]] = field(default_factory=list)

    def search_dense(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[tuple[int, float]]:
        assert vector.shape == (2,)
        self.calls.append(("dense", limit, filters))
        return [(id, 0.5) for id in self.dense]

    def search_keyword(self, question: str, limit: int, filters: Filters) -> list[tuple[int, float]]:
        self.calls.append((question, limit, filters))
        return [(id, 9.0) for id in self.keyword]

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        spans = [(0, 14), (16, 31)]
        there = [id for id in reversed(list(ids)) if id not in self.removed_chunks]
        return {id: Chunk(id, "abc"[id // 10 - 1], *spans[id % 10]) for id in there}

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        return {id: ARTICLES[id] for id in ids if id not in self.removed_articles}


def _ids(library: _Library, limit: int = 10) -> list[int]:
    return [hit.chunk.id for hit in retrieve(library, Query("Who?", "Who?"), 50, limit)]


def test_what_both_searches_find_comes_first() -> None:
    assert _ids(_Library(dense=[10, 20], keyword=[30, 20])) == [20, 10, 30]


def test_equal_scores_are_ordered_by_id() -> None:
    assert _ids(_Library(dense=[30, 10], keyword=[20, 11])) == [20, 30, 10, 11]


def test_hits_carry_passage_article_and_score() -> None:
    (hit,) = retrieve(_Library(dense=[21], keyword=[21]), Query("Who?", "Who?"), 50, 3)
    assert hit.text == "Second passage."
    assert hit.article is ARTICLES["b"]
    assert hit.retrieval_score == pytest.approx(2 / 61)


def test_no_more_than_limit() -> None:
    assert _ids(_Library(dense=[10, 11, 20, 21, 30], keyword=[]), limit=2) == [10, 11]


def test_a_removed_article_drops_out_and_the_next_passage_moves_up() -> None:
    library = _Library(dense=[10, 20, 30], keyword=[], removed_articles={"a"})
    assert _ids(library, limit=2) == [20, 30]


def test_a_removed_passage_drops_out_too() -> None:
    assert _ids(_Library(dense=[10, 20, 30], keyword=[], removed_chunks={20})) == [10, 30]


def test_nothing_found_gives_no_hits() -> None:
    assert _ids(_Library(dense=[], keyword=[])) == []


def test_the_completed_question_and_the_filters_reach_both_searches() -> None:
    library = _Library(dense=[10], keyword=[])
    filters = Filters(("AP",), date(2023, 1, 1), date(2023, 12, 31))
    retrieve(library, Query("And Biggs?", "What did Biggs say?", filters), candidates=7, limit=3)
    assert library.embedder.asked == ["What did Biggs say?"]
    assert library.calls == [("dense", 7, filters), ("What did Biggs say?", 7, filters)]
