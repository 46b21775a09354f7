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
from qa.records import Hit, Query, Span
from qa.retrieve import DENSE_WEIGHT, RECENCY_FLOOR, Recency, fuse, order_by_reader, prefer_newer, retrieve
from tests.unit.qa.conftest import make_article

ARTICLES = {id: make_article("First passage.", "Second passage.", id=id) for id in ("a", "b", "c")}


def test_fuse_by_hand() -> None:
    # Shares of the best: 7 has 1 and 0.5, 8 has 0.5 and 0, 9 has 0 and 1.
    fused = fuse([(7, 0.8), (8, 0.4)], [(9, 20.0), (7, 10.0)], candidates=3)
    assert fused == pytest.approx({7: 0.4 + 0.3, 8: 0.2, 9: 0.6})
    assert DENSE_WEIGHT == 0.4


def test_what_a_full_search_left_out_counts_as_its_last() -> None:
    fused = fuse([(7, 0.8), (8, 0.4)], [(9, 20.0), (7, 10.0)], candidates=2)
    assert fused == pytest.approx({7: 0.4 + 0.3, 8: 0.2 + 0.3, 9: 0.2 + 0.6})


def test_fuse_of_little() -> None:
    assert fuse([], [], 5) == {}
    assert fuse([(7, 0.5)], [], 5) == {7: 0.4}
    assert fuse([(7, 0.5), (8, -0.5)], [], 2) == {7: 0.4, 8: 0.0}
    assert fuse([(7, -0.5)], [(7, 0.0)], 1) == {7: 0.0}


_FOUND = st.lists(st.tuples(st.integers(0, 20), st.floats(-1, 50)), max_size=12, unique_by=lambda pair: pair[0])


@given(_FOUND, _FOUND, st.integers(1, 12))
def test_fused_scores_lie_between_0_and_1_and_follow_both_orders(
    dense: list[tuple[int, float]], keyword: list[tuple[int, float]], candidates: int
) -> None:
    fused = fuse(dense, keyword, candidates)
    assert fused.keys() == dict(dense).keys() | dict(keyword).keys()
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())
    both = dict(dense).keys() & dict(keyword).keys()
    for one in both:
        for other in both:
            if dict(dense)[one] <= dict(dense)[other] and dict(keyword)[one] <= dict(keyword)[other]:
                assert fused[one] <= fused[other] + 1e-9


def _span(hit: Hit, margin: float) -> Span:
    return Span(hit, 0, 5, margin, 0.0)


def test_a_confident_reader_moves_a_passage_up() -> None:
    first, second, third = (
        Hit(Chunk(n, "a", 0, 14), ARTICLES["a"], score) for n, score in ((1, 0.9), (2, 0.6), (3, 0.5))
    )
    ordered = order_by_reader([first, second, third], [_span(second, 4.0), _span(second, 1.0), _span(first, -12.0)])
    assert [hit.chunk.id for hit in ordered] == [2, 1, 3]
    # 0.03 for each step of the margin above -8, which is also the least that counts.
    assert [hit.retrieval_score for hit in ordered] == pytest.approx([0.6 + 0.36, 0.9, 0.5])


def test_without_spans_the_order_stays() -> None:
    hits = [Hit(Chunk(n, "a", 0, 14), ARTICLES["a"], 0.5) for n in (5, 3, 4)]
    assert order_by_reader(hits, []) == hits


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

    family: dict[str, int] = field(default_factory=dict)

    def search_dense(self, vector: NDArray[np.float32], limit: int, filters: Filters) -> list[tuple[int, float]]:
        assert vector.shape == (2,)
        self.calls.append(("dense", limit, filters))
        return [(id, 0.5 - 0.01 * place) for place, id in enumerate(self.dense)]

    def search_keyword(self, question: str, limit: int, filters: Filters) -> list[tuple[int, float]]:
        self.calls.append((question, limit, filters))
        return [(id, 9.0 - 0.1 * place) for place, id in enumerate(self.keyword)]

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        spans = [(0, 14), (16, 31), (0, 14)]
        there = [id for id in reversed(list(ids)) if id not in self.removed_chunks]
        return {id: Chunk(id, "abc"[id // 10 - 1], *spans[id % 10]) for id in there}

    def dates(self, ids: Iterable[int]) -> dict[int, date | None]:
        return {id: self.days[id] for id in ids if id in self.days}

    def families(self, ids: Iterable[str]) -> dict[str, int]:
        return {id: self.family[id] for id in ids if id in self.family}

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        return {id: ARTICLES[id] for id in ids if id not in self.removed_articles}


def _ids(library: _Library, limit: int = 10, recency: Recency | None = None) -> list[int]:
    return [hit.chunk.id for hit in retrieve(library, Query("Who?", "Who?"), 50, limit, recency)]


def test_what_both_searches_find_comes_first() -> None:
    assert _ids(_Library(dense=[10, 20], keyword=[30, 20])) == [20, 30, 10]


def test_equal_scores_are_ordered_by_id() -> None:
    library = _Library(dense=[], keyword=[30, 10, 20])
    library.search_keyword = lambda *_: [(30, 9.0), (10, 9.0), (20, 9.0)]  # type: ignore[method-assign]
    assert _ids(library) == [10, 20, 30]


def test_hits_carry_passage_article_and_score() -> None:
    (hit,) = retrieve(_Library(dense=[21], keyword=[21]), Query("Who?", "Who?"), 50, 3)
    assert hit.text == "Second passage."
    assert hit.article is ARTICLES["b"]
    assert hit.retrieval_score == pytest.approx(1.0)


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
    # Four fifths of the oldest score are less than 0.99 of 0.98 of the newest and 0.9 of 0.96 of the middle one.
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
    assert hit.retrieval_score == pytest.approx(0.9)


def test_what_a_copy_repeats_is_read_once() -> None:
    library = _Library(dense=[10, 20, 30, 21], keyword=[])
    assert _ids(library) == [10, 20, 30, 21]
    library.family = {"a": 1, "b": 1, "c": 2}
    assert _ids(library) == [10, 30, 21]  # the first passage of b is that of a; its second is not read yet
    assert _ids(library, limit=2) == [10, 30]


def test_one_article_may_repeat_itself() -> None:
    library = _Library(dense=[10, 12], keyword=[], family={"a": 1, "b": 1})
    assert _ids(library) == [10, 12]


def test_other_passages_are_looked_at_where_copies_drop_out() -> None:
    library = _Library(dense=[10, 20, 30, 21], keyword=[], family={"a": 1, "b": 1, "c": 1})
    assert _ids(library, limit=2) == [10, 21]
