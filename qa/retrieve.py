"""Find the passages that may hold the answer: dense and keyword search, fused."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed import EmbedderProtocol
from index.records import Article, Chunk, Filters
from qa.records import Hit, Query

# Cormack, Clarke and Büttcher (2009), Reciprocal Rank Fusion: 60 did best on their collections.
RRF_K = 60


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


def retrieve(library: SearchesPassages, query: Query, candidates: int, limit: int) -> list[Hit]:
    """Return the ``limit`` best passages for a question, best first.

    Args:
        library: Where to search.
        query: The question; its filters are applied before ranking.
        candidates: Passages each search proposes.
        limit: Passages wanted.
    """
    vector = library.embedder.embed([query.interpreted_as])[0]
    dense = library.search_dense(vector, candidates, query.filters)
    keyword = library.search_keyword(query.interpreted_as, candidates, query.filters)
    fused = fuse([[chunk_id for chunk_id, _ in dense], [chunk_id for chunk_id, _ in keyword]])
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
