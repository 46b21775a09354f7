"""What each constant of retrieval does: figures with other values, every one else as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.retrieval import DEPTH, Asked, Ranking, figures, relevance
from index.catalog import Catalog
from index.keywords import TITLE_WEIGHT, KeywordIndex
from qa.engine import MAX_ANSWER_TOKENS, Engine
from qa.query import understand
from qa.records import Hit, Query, Span
from qa.retrieve import DENSE_WEIGHT, READER_WEIGHT, fuse, hits_of, order_by_reader

Found = list[tuple[int, float]]

_TITLE_WEIGHTS = (0.0, 0.5, 1.0, 2.0)
_DENSE_WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
_POOLS = (20, 50, 100)
_READER_WEIGHTS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.1)
_PASSAGES_READ = (0, 5, 10, 15, 20)


@dataclass(frozen=True, slots=True)
class _Question:
    """All that any value of a constant needs of one question: what the searches found, what the reader made of it."""

    asked: Asked
    keyword: dict[float, Found]
    whole_words: Found
    dense: Found
    hits: list[Hit]
    spans: list[Span]

    def fused(self, dense_weight: float = DENSE_WEIGHT, pool: int = 50) -> Ranking:
        scores = fuse(self.dense[:pool], self.keyword[TITLE_WEIGHT][:pool], pool, dense_weight)
        return sorted(scores, key=lambda chunk: (-scores[chunk], chunk))[:DEPTH]

    def ordered(self, reader_weight: float = READER_WEIGHT, read: int = 10) -> Ranking:
        hits = order_by_reader(self.hits[:read], self._of(self.hits[:read]), reader_weight)
        return [hit.chunk.id for hit in [*hits, *self.hits[read:]]]

    def _of(self, hits: Sequence[Hit]) -> Iterator[Span]:
        ids = {hit.chunk.id for hit in hits}
        return (span for span in self.spans if span.hit.chunk.id in ids)


def sweep(engine: Engine, asked: Sequence[Asked]) -> str:
    """Return a Markdown table: one row for each value of each constant; the value that is set is in bold."""
    catalog = Catalog(Path(engine.settings.library))
    try:
        with TemporaryDirectory() as folder:
            stems = KeywordIndex(Path(engine.settings.library), catalog)
            words = KeywordIndex(Path(folder), catalog, stemmed=False)
            questions = [_look(engine, stems, words, one) for one in asked]
    finally:
        catalog.close()
    lines = ["| constant | value | Hit@1 | Hit@5 | Hit@10 | Hit@20 | MRR@10 |", "|---|---:|---:|---:|---:|---:|---:|"]
    settings = engine.settings

    def add(name: str, value: float, chosen: float, rankings: list[Ranking]) -> None:
        labels = [relevance(engine.library, q.asked, ranking) for q, ranking in zip(questions, rankings, strict=True)]
        shown = f"**{value:g}**" if value == chosen else f"{value:g}"
        lines.append(f"| {name} | {shown} | {' | '.join(figures(labels))} |")

    for stemmed in (0, 1):
        of_words = [q.keyword[TITLE_WEIGHT] if stemmed else q.whole_words for q in questions]
        add("stemming (0: none), bm25 alone", stemmed, 1, [[chunk for chunk, _ in found[:DEPTH]] for found in of_words])
    for value in _TITLE_WEIGHTS:
        found = [[chunk for chunk, _ in q.keyword[value][:DEPTH]] for q in questions]
        add("weight of the headline, bm25 alone", value, TITLE_WEIGHT, found)
    for value in _DENSE_WEIGHTS:
        add("weight of the dense search, fused", value, DENSE_WEIGHT, [q.fused(value) for q in questions])
    for pool in _POOLS:
        add("`candidates`, fused", pool, settings.candidates, [q.fused(pool=pool) for q in questions])
    for value in _READER_WEIGHTS:
        ordered = [q.ordered(value, settings.passages_read) for q in questions]
        add("weight of the reader", value, READER_WEIGHT, ordered)
    for read in _PASSAGES_READ:
        add("`passages_read`", read, settings.passages_read, [q.ordered(read=read) for q in questions])
    return "\n".join(lines)


def _look(engine: Engine, stems: KeywordIndex, words: KeywordIndex, asked: Asked) -> _Question:
    query: Query = understand(asked.question, asked.history)
    text, pool = query.interpreted_as, max(_POOLS)
    dense = engine.library.search_dense(engine.library.embedder.embed([text])[0], pool, query.filters)
    keyword = {weight: stems.search(text, pool, title_weight=weight) for weight in _TITLE_WEIGHTS}
    fifty = engine.settings.candidates
    scores = fuse(dense[:fifty], keyword[TITLE_WEIGHT][:fifty], fifty)
    ranking = sorted(scores, key=lambda chunk: (-scores[chunk], chunk))[:DEPTH]
    hits = hits_of(engine.library, ranking, scores)
    return _Question(
        asked, keyword, words.search(text, pool), dense, hits, engine.reader.read(text, hits, MAX_ANSWER_TOKENS, 1)
    )
