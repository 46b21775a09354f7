"""Find the passages that may hold the answer: dense and keyword search, fused."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed import EmbedderProtocol
from index.records import Article, Chunk, Filters
from qa.records import Hit, Query

# Cormack, Clarke and Büttcher (2009), Reciprocal Rank Fusion: 60 did best on their collections.
RRF_K = 60
# However old, an article keeps this much of its score. With fused scores a passage that is first in both searches then
# gives way to the newest only where that is among the first sixteen of both (0.8 / 61 < 1 / 76): enough to move what is
# about as good, too little to put an unrelated article before the one that has the answer.
RECENCY_FLOOR = 0.8


class SearchesPassages(Protocol):
    """What retrieval needs of a library."""

    @property
    def embedder(self) -> EmbedderProtocol: ...  # noqa: D102 - Library documents these

    def search_dense(  # noqa: D102
        self, vector: NDArray[np.float32], limit: int, filters: Filters
    ) -> list[tuple[int, float]]: ...

    def search_keyword(self, question: str, limit: int, filters: Filters) -> list[tuple[int, float]]: ...  # noqa: D102

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]: ...  # noqa: D102

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]: ...  # noqa: D102

    def dates(self, ids: Iterable[int]) -> dict[int, date | None]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Recency:
    """How much newer articles are preferred.

    Attributes:
        newest: The day from which age is counted: that of the newest article, not today, so that an archive of old
            news has new and old articles too.
        half_life_days: Days after which half of the preference is gone.
    """

    newest: date
    half_life_days: float


def retrieve(
    library: SearchesPassages, query: Query, candidates: int, limit: int, recency: Recency | None = None
) -> list[Hit]:
    """Return the ``limit`` best passages for a question, best first.

    Args:
        library: Where to search.
        query: The question; its filters are applied before ranking.
        candidates: Passages each search proposes.
        limit: Passages wanted.
        recency: Prefer newer articles among the candidates; None to let their date not count.
    """
    vector = library.embedder.embed([query.interpreted_as])[0]
    dense = library.search_dense(vector, candidates, query.filters)
    keyword = library.search_keyword(query.interpreted_as, candidates, query.filters)
    fused = fuse([[chunk_id for chunk_id, _ in dense], [chunk_id for chunk_id, _ in keyword]])
    if recency:
        fused = prefer_newer(fused, library.dates(fused), recency)
    ranked = sorted(fused, key=lambda chunk_id: (-fused[chunk_id], chunk_id))[: 2 * limit]
    # Chunks and articles are looked up in the catalog, so one that was removed meanwhile drops out here.
    chunks = library.chunks(ranked)
    articles = library.articles_by_id(sorted({chunk.article_id for chunk in chunks.values()}))
    hits: list[Hit] = []
    for chunk_id in ranked:
        chunk = chunks.get(chunk_id)
        article = articles.get(chunk.article_id) if chunk else None
        if chunk is None or article is None:
            continue
        hits.append(Hit(chunk, article, fused[chunk_id]))
        if len(hits) == limit:
            break
    return hits


def fuse(rankings: Sequence[Sequence[int]], k: int = RRF_K) -> dict[int, float]:
    """Return reciprocal-rank fusion: for each id the sum of ``1 / (k + rank)`` over the rankings it is in.

    >>> fuse([[7, 8], [8]], k=1)
    {7: 0.5, 8: 0.8333333333333333}
    """
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1.0 / (k + rank)
    return scores


def prefer_newer(scores: Mapping[int, float], dates: Mapping[int, date | None], recency: Recency) -> dict[int, float]:
    """Return the scores lowered by age: times ``0.8 + 0.2 * 0.5 ** (age / half-life)``, so never below four fifths.

    Args:
        scores: Score by chunk id.
        dates: Day of publication by chunk id. Where there is none, the median age of the others counts.
        recency: From when age is counted, and the half-life.

    >>> prefer_newer({7: 1.0}, {7: date(2023, 1, 1)}, Recency(date(2023, 1, 31), half_life_days=30))
    {7: 0.9}
    """
    ages = {i: max(0, (recency.newest - day).days) for i in scores if (day := dates.get(i))}
    usual = median(ages.values()) if ages else 0
    return {i: score * _recency_factor(ages.get(i, usual), recency.half_life_days) for i, score in scores.items()}


def _recency_factor(age_days: float, half_life_days: float) -> float:
    return RECENCY_FLOOR + (1 - RECENCY_FLOOR) * math.exp2(-age_days / half_life_days)
