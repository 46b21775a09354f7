"""Fusion by hand, and retrieval from a library that answers what it is told to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.records import Article, Chunk, Filters
from qa.records import Query
from qa.retrieve import RECENCY_FLOOR, RRF_K, Recency, fuse, prefer_newer, retrieve
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
    days: dict[int, date | None] = field(default_factory=dict)

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

    def dates(self, ids: Iterable[int]) -> dict[int, date | None]:
        return {id: self.days[id] for id in ids if id in self.days}

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        return {id: ARTICLES[id] for id in ids if id not in self.removed_articles}


def _ids(library: _Library, limit: int = 10, recency: Recency | None = None) -> list[int]:
    return [hit.chunk.id for hit in retrieve(library, Query("Who?", "Who?"), 50, limit, recency)]


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


NEWEST = date(2023, 12, 31)
MONTH = Recency(NEWEST, 30.0)


def _ago(days: int) -> date:
    return NEWEST - timedelta(days)


def test_prefer_newer_by_hand() -> None:
    dates = {1: _ago(0), 2: _ago(30), 3: _ago(60), 4: _ago(36500)}
    assert prefer_newer(dict.fromkeys(dates, 2.0), dates, MONTH) == pytest.approx({1: 2.0, 2: 1.8, 3: 1.7, 4: 1.6})
    assert RECENCY_FLOOR == 0.8


def test_without_a_date_the_median_age_counts() -> None:
    dates = {1: _ago(0), 2: _ago(30), 3: _ago(90), 4: None}
    weighed = prefer_newer(dict.fromkeys([1, 2, 3, 4, 5], 1.0), dates, MONTH)
    assert weighed[4] == weighed[5] == weighed[2] == pytest.approx(0.9)


def test_without_any_date_nothing_changes() -> None:
    assert prefer_newer({1: 0.5, 2: 0.25}, {1: None}, MONTH) == {1: 0.5, 2: 0.25}
    assert prefer_newer({}, {}, MONTH) == {}


def test_an_article_after_the_given_day_is_as_the_newest() -> None:
    assert prefer_newer({1: 1.0}, {1: date(2099, 1, 1)}, MONTH) == {1: 1.0}


_SCORES = st.dictionaries(st.integers(0, 30), st.floats(0.001, 1.0), min_size=1)
_DAYS = st.dictionaries(st.integers(0, 30), st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)))


@given(_SCORES, _DAYS, st.floats(0.5, 5000))
def test_nothing_is_lost_and_no_score_changes_by_more_than_a_fifth(
    scores: dict[int, float], dates: dict[int, date | None], half_life: float
) -> None:
    weighed = prefer_newer(scores, dates, Recency(NEWEST, half_life))
    assert weighed.keys() == scores.keys()
    for id, score in scores.items():
        assert 0.8 * score <= weighed[id] * (1 + 1e-9)
        assert weighed[id] <= score
    # Of two with the same score the older never comes first.
    newer = {id: day for id, day in dates.items() if day and id in scores}
    for one, other in pairwise(sorted(newer, key=lambda id: newer[id])):
        assert weighed[one] / scores[one] <= weighed[other] / scores[other] + 1e-12


def test_newer_passages_move_up_and_none_is_lost() -> None:
    # 0.8 / 61 of the oldest is less than 0.99 / 62 of the newest and 0.9 / 63 of the middle one.
    days: dict[int, date | None] = {10: _ago(400), 20: _ago(3), 30: _ago(30)}
    library = _Library(dense=[10, 20, 30], keyword=[], days=days)
    assert _ids(library) == [10, 20, 30]
    assert _ids(library, recency=MONTH) == [20, 30, 10]
    assert _ids(library, limit=1, recency=MONTH) == [20]


def test_a_much_better_passage_stays_first() -> None:
    days: dict[int, date | None] = {10: _ago(9000), 20: _ago(0)}
    library = _Library(dense=[10, 20], keyword=[10], days=days)
    assert _ids(library, recency=MONTH) == [10, 20]


def test_the_score_of_a_hit_is_the_one_it_was_ordered_by() -> None:
    library = _Library(dense=[21], keyword=[21], days={21: _ago(30)})
    (hit,) = retrieve(library, Query("Who?", "Who?"), 50, 3, MONTH)
    assert hit.retrieval_score == pytest.approx(0.9 * 2 / 61)


def test_at_the_floor_the_oldest_first_passage_gives_way_to_the_first_sixteen_only() -> None:
    old, new = 1, 100
    for rank, first in ((16, new), (17, old)):
        between = range(2, rank + 1)
        ranking = [old, *[id for id in between if id != rank], new]
        assert ranking.index(new) + 1 == rank
        dates = dict.fromkeys(between, _ago(36500)) | {old: _ago(36500), new: _ago(0)}
        weighed = prefer_newer(fuse([ranking, ranking]), dates, MONTH)
        assert max((old, new), key=lambda id: weighed[id]) == first
