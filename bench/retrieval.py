"""How often the right passage comes first: keyword, dense and fused search, and the order a reader gives.

Figures are success at k (a right passage among the first k) and the mean reciprocal rank, by ir-measures.
"""

import json
import lzma
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.scoring import Question, token_f1
from index.records import AddStatus, Article, Chunk
from index.sources import limits_of, read_paths
from index.store import Store
from qa.engine import MAX_ANSWER_TOKENS, Engine
from qa.query import understand
from qa.records import Hit, Query
from qa.retrieve import hits_of, order_by_reader, retrieve
from qa.words import tokens

DEPTH = 20  # passages ranked for each question
RRF_K = 60
DENSE_READ = 5  # what a plain pipeline reads
Ranking = list[int]
System = Callable[[Engine, Query], Ranking]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a set.

    Attributes:
        answers: Accepted answers.
        articles: Ids in the library of the articles that hold one; empty where any may.
        evidence: The sentence that answers, where the set gives it; else "", and any passage with an answer is right.
    """

    id: str
    question: str
    history: tuple[str, ...]
    answers: tuple[str, ...]
    articles: frozenset[str]
    evidence: str = ""

    def is_right(self, chunk: Chunk, article: Article) -> bool:
        """Return whether a passage holds the evidence, or an answer."""
        if self.articles and article.id not in self.articles:
            return False
        passage = article.text[chunk.start : chunk.end]
        if self.evidence:
            return _plain(self.evidence) in _plain(passage)
        return any(f" {_plain(answer)} " in f" {_plain(passage)} " for answer in self.answers)


def _plain(text: str) -> str:
    return " ".join(tokens(text))


@dataclass(slots=True)
class Measured:
    """The figures of one system on one set."""

    name: str
    rankings: list[Ranking] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)


def keyword(engine: Engine, query: Query) -> Ranking:
    """Rank by bm25 alone."""
    return [chunk for chunk, _ in engine.library.search_keyword(query.interpreted_as, DEPTH, query.filters)]


def dense(engine: Engine, query: Query) -> Ranking:
    """Rank by the cosine of the embeddings alone."""
    vector = engine.library.embedder.embed([query.interpreted_as])[0]
    return [chunk for chunk, _ in engine.library.search_dense(vector, DEPTH, query.filters)]


def reciprocal(engine: Engine, query: Query) -> Ranking:
    """Rank by reciprocal rank fusion, k = 60 (Cormack, Clarke and Büttcher 2009), which many pipelines use."""
    pool = engine.settings.candidates
    vector = engine.library.embedder.embed([query.interpreted_as])[0]
    found = [
        engine.library.search_dense(vector, pool, query.filters),
        engine.library.search_keyword(query.interpreted_as, pool, query.filters),
    ]
    scores: dict[int, float] = {}
    for ranking in found:
        for rank, (chunk, _) in enumerate(ranking, start=1):
            scores[chunk] = scores.get(chunk, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda chunk: (-scores[chunk], chunk))[:DEPTH]


def fused(engine: Engine, query: Query) -> Ranking:
    """Rank as passages are retrieved for the reader."""
    return [hit.chunk.id for hit in _retrieved(engine, query)]


def by_reader(engine: Engine, query: Query) -> Ranking:
    """Rank the passages that are read by the reader's margin alone, the others after them."""
    hits = _retrieved(engine, query)
    return _read(engine, query, [replace(hit, retrieval_score=0.0) for hit in hits])


def default(engine: Engine, query: Query) -> Ranking:
    """Rank as a reply does: by retrieval and reader, the passages that are not read after them."""
    return _read(engine, query, _retrieved(engine, query))


def _retrieved(engine: Engine, query: Query) -> list[Hit]:
    return retrieve(engine.library, query, engine.settings.candidates, DEPTH)


def _read(engine: Engine, query: Query, hits: Sequence[Hit]) -> Ranking:
    first, rest = hits[: engine.settings.passages_read], hits[engine.settings.passages_read :]
    spans = engine.reader.read(query.interpreted_as, first, MAX_ANSWER_TOKENS, 1)
    return [hit.chunk.id for hit in [*order_by_reader(first, spans), *rest]]


SYSTEMS: dict[str, System] = {
    "bm25": keyword,
    "dense": dense,
    "reciprocal rank fusion": reciprocal,
    "fused": fused,
    "fused, then by the reader alone": by_reader,
    "fused, then by both (default)": default,
}


def realtimeqa(library: Store, folder: Path) -> list[Asked]:
    """Read RealTimeQA's questions whose articles are in the library."""
    by_url = {summary.url: summary.id for summary in library.articles()}
    asked = []
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = frozenset(by_url[url] for url in row["gold_urls"] if url in by_url)
        if gold:
            asked.append(Asked(row["id"], row["question"], (), tuple(row["answers"]), gold))
    return asked


def news(library: Store, folder: Path) -> list[Asked]:
    """Read the answerable questions of a set like ``bench answers`` takes it, with their evidence sentences."""
    by_url = {summary.url: summary.id for summary in library.articles()}
    ids = {entry["id"]: by_url[entry["url"]] for entry in json.loads((folder / "articles.json").read_text("utf-8"))}
    rows: list[dict[str, Any]] = json.loads((folder / "questions.json").read_text("utf-8"))
    return [
        Asked(
            row["id"], row["question"], tuple(row["history"]), tuple(row["answers"]),
            frozenset({ids[row["article"]]}), row["sentence"],
        )
        for row in rows
        if row["answers"]
    ]  # fmt: skip


def as_questions(asked: Iterable[Asked]) -> list[Question]:
    """Return questions as the other measurements take them."""
    return [Question(one.id, one.question, "archive", None, one.answers, one.history) for one in asked]


def fill_once(library: Store, paths: Iterable[Path]) -> None:
    """Add the articles of a set; those that are there already cost next to nothing."""
    for path in paths:
        for result in library.add(read_paths([path], limits_of(library.settings))):
            if result.status is AddStatus.FAILED:
                continue  # RealTimeQA has a few pages without text


def rank_all(engine: Engine, asked: Sequence[Asked], systems: dict[str, System]) -> list[Measured]:
    """Run every system on every question, one after the other for each, so that all see the machine alike."""
    measured = [Measured(name) for name in systems]
    for one in asked:
        query = understand(one.question, one.history)
        for entry in measured:
            started = time.perf_counter()
            entry.rankings.append(systems[entry.name](engine, query))
            entry.milliseconds.append((time.perf_counter() - started) * 1000)
    return measured


def table(library: Store, asked: Sequence[Asked], measured: Sequence[Measured]) -> str:
    """Return the figures as a Markdown table."""
    lines = [
        "| system | Hit@1 | Hit@5 | Hit@10 | Hit@20 | MRR@10 | p50 ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for entry in measured:
        labels = [relevance(library, one, ranking) for one, ranking in zip(asked, entry.rankings, strict=True)]
        cells = [*figures(labels), f"{np.median(entry.milliseconds):.0f}"]
        lines.append(f"| {entry.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def figures(labels: Sequence[Sequence[bool]]) -> list[str]:
    """Return Hit@1, @5, @10, @20 in percent and MRR@10 of rankings whose places are right or not."""
    from ir_measures import RR, Success, calc_aggregate

    wanted = [Success @ 1, Success @ 5, Success @ 10, Success @ 20, RR @ 10]
    places = [[str(place) for place in range(len(row))] or ["none"] for row in labels]
    judged = {
        str(n): {place: int(right) for place, right in zip(names, row or [False], strict=True)}
        for n, (names, row) in enumerate(zip(places, labels, strict=True))
    }
    run = {str(n): {place: -float(rank) for rank, place in enumerate(names)} for n, names in enumerate(places)}
    found = calc_aggregate(wanted, judged, run)
    return [f"{100 * found[measure]:.1f}" for measure in wanted[:4]] + [f"{found[wanted[4]]:.3f}"]


def relevance(library: Store, asked: Asked, ranking: Ranking) -> list[bool]:
    """Return for each passage of a ranking whether it is right."""
    hits = {hit.chunk.id: hit for hit in hits_of(library, ranking, dict.fromkeys(ranking, 0.0))}
    return [i in hits and asked.is_right(hits[i].chunk, hits[i].article) for i in ranking]


def answer_f1(engine: Engine, asked: Sequence[Asked]) -> tuple[float, float]:
    """Return the mean token F1 of first answers: of a plain pipeline (dense search, reader), and of the engine.

    Both have to answer; what the engine would rather not say counts too.
    """
    plain, ours = [], []
    for one in asked:
        query = understand(one.question, one.history)
        first = dense(engine, query)[:DENSE_READ]
        spans = engine.reader.read(
            query.interpreted_as, hits_of(engine.library, first, dict.fromkeys(first, 0.0)), MAX_ANSWER_TOKENS, 1
        )
        best = max(spans, key=lambda span: span.margin, default=None)
        plain.append(_best_f1(best.text if best else "", one.answers))
        found = max(engine.find(query)[1], key=engine.calibration.probability, default=None)
        ours.append(_best_f1(found.text if found else "", one.answers))
    return float(np.mean(plain)), float(np.mean(ours))


def _best_f1(text: str, answers: Sequence[str]) -> float:
    return max((token_f1(text, answer) for answer in answers), default=0.0)


def articles_of(folder: Path) -> Path:
    """Return the file with a set's articles; an .xz file is unpacked beside nothing: its rows are read as they are."""
    for name in ("articles.jsonl.xz", "articles.jsonl", "articles.json"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{folder} holds no articles.json(l).")


def unpacked(path: Path, folder: Path) -> Path:
    """Return ``path``, or where it is compressed its contents in ``folder``."""
    if path.suffix != ".xz":
        return path
    target = folder / path.stem
    if not target.is_file():
        with lzma.open(path) as packed:
            target.write_bytes(packed.read())
    return target
