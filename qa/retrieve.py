"""Find the passages that may hold the answer: dense and keyword search, fused, and ordered once they were read."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed import EmbedderProtocol
from index.records import Article, Chunk, Filters
from qa.records import Hit, Query, Span
from qa.words import tokens

# A convex combination of scores (Bruch, Gai and Ingber 2023). On RealTimeQA it put a right passage first for 57.6 % of
# the questions and among five for 77.8 %, reciprocal rank fusion for 54.1 and 76.7 % (docs/retrieval.md).
DENSE_WEIGHT = 0.4
# What the reader's margin of the best span adds to the score of a passage, and the least margin that counts.
READER_WEIGHT = 0.03
LEAST_MARGIN = -8.0
# However old, an article keeps this much of its score: enough to move what is about as good, too little to put an
# unrelated article before the one that has the answer.
RECENCY_FLOOR = 0.8
# A passage of a near-duplicate that shares this much of its words with one that is read already adds nothing.
REPEATED = 0.8
# Passages that go between search and look-up are searched for again: after a rebuild all have other numbers. Where
# articles are removed all the time, the last search has to do.
_SEARCHES = 3


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

    def families(self, ids: Iterable[str]) -> dict[str, int]: ...  # noqa: D102

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
    """Return the ``limit`` best passages for a question, best first; what copies of an article repeat comes once.

    Args:
        library: Where to search.
        query: The question; its filters are applied before ranking.
        candidates: Passages each search proposes.
        limit: Passages wanted.
        recency: Prefer newer articles among the candidates; None to let their date not count.
    """
    vector = library.embedder.embed([query.interpreted_as])[0]
    for _ in range(_SEARCHES):
        dense = library.search_dense(vector, candidates, query.filters)
        keyword = library.search_keyword(query.interpreted_as, candidates, query.filters)
        fused = fuse(dense, keyword, candidates)
        if recency:
            fused = prefer_newer(fused, library.dates(fused), recency)
        hits, complete = _best_hits(library, fused, limit)
        if complete:
            break
    return hits


def _best_hits(library: SearchesPassages, scores: Mapping[int, float], limit: int) -> tuple[list[Hit], bool]:
    """Return the best passages, each once, and whether all that were looked up are still there."""
    ranked = sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))
    hits: list[Hit] = []
    complete = True
    while ranked and len(hits) < limit:
        some, ranked = ranked[: 2 * limit], ranked[2 * limit :]
        found = hits_of(library, some, scores)
        complete = complete and len(found) == len(some)
        families = library.families({hit.article.id for hit in [*hits, *found]})
        for hit in found:
            if len(hits) < limit and not _repeats(hit, hits, families):
                hits.append(hit)
    return hits, complete


def hits_of(library: SearchesPassages, ranked: Sequence[int], scores: Mapping[int, float]) -> list[Hit]:
    """Look passages up in the catalog, in the given order; one that was removed meanwhile drops out here."""
    chunks = library.chunks(ranked)
    articles = library.articles_by_id(sorted({chunk.article_id for chunk in chunks.values()}))
    there = (chunks[chunk_id] for chunk_id in ranked if chunk_id in chunks)
    return [Hit(chunk, articles[chunk.article_id], scores[chunk.id]) for chunk in there if chunk.article_id in articles]


def _repeats(hit: Hit, hits: Sequence[Hit], families: Mapping[str, int]) -> bool:
    """Return whether a near-duplicate of the hit's article has a passage among ``hits`` that says the same."""
    family = families.get(hit.article.id)
    if family is None:
        return False
    words = set(tokens(hit.text))
    for other in hits:
        if other.article.id != hit.article.id and families.get(other.article.id) == family:
            shared = words & set(tokens(other.text))
            if len(shared) >= REPEATED * len(words):
                return True
    return False


def fuse(
    dense: Sequence[tuple[int, float]],
    keyword: Sequence[tuple[int, float]],
    candidates: int,
    dense_weight: float = DENSE_WEIGHT,
) -> dict[int, float]:
    """Return for each passage 0.4 times its share of the best cosine plus 0.6 times its share of the best bm25 score.

    Args:
        dense: Chunk ids with their cosine, best first.
        keyword: Chunk ids with their bm25 score, best first.
        candidates: Most passages a search proposes. What it left out for that reason counts as the last it proposed,
            what it does not find at all as nothing.
        dense_weight: What the dense search weighs, 0 to 1; keyword search weighs the rest.

    >>> fuse([(7, 0.8), (8, 0.4)], [(8, 12.0)], candidates=2)
    {7: 0.4, 8: 0.8}
    """
    scores: dict[int, float] = dict.fromkeys([chunk_id for chunk_id, _ in [*dense, *keyword]], 0.0)
    for found, weight in ((dense, dense_weight), (keyword, 1 - dense_weight)):
        shares = _shares(found)
        left_out = min(shares.values()) if len(shares) >= candidates else 0.0
        for chunk_id in scores:
            scores[chunk_id] += weight * shares.get(chunk_id, left_out)
    return scores


def _shares(found: Sequence[tuple[int, float]]) -> dict[int, float]:
    best = max((score for _, score in found), default=0.0)
    return {chunk_id: max(0.0, score) / best if best > 0 else 0.0 for chunk_id, score in found}


def order_by_reader(hits: Sequence[Hit], spans: Iterable[Span], weight: float = READER_WEIGHT) -> list[Hit]:
    """Return the hits by retrieval score and what the reader found in them, best first; the score changes likewise."""
    margins = dict.fromkeys((hit.chunk.id for hit in hits), LEAST_MARGIN)
    for span in spans:
        margins[span.hit.chunk.id] = max(margins[span.hit.chunk.id], span.margin)
    weighed = [
        replace(hit, retrieval_score=hit.retrieval_score + weight * (margins[hit.chunk.id] - LEAST_MARGIN))
        for hit in hits
    ]
    return sorted(weighed, key=lambda hit: -hit.retrieval_score)


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
