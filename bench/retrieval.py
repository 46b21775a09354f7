"""How often the right passage comes first: keyword, dense and fused search, and the order a reader gives.

Figures are success at k (a right passage among the first k) and the mean reciprocal rank, by ir-measures.
"""

import json
import lzma
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.scoring import token_f1
from index.library import Library
from index.records import AddStatus, Article, Chunk
from index.sources import read_paths
from qa.engine import Engine
from qa.query import understand
from qa.records import Hit, Query
from qa.retrieve import fuse
from qa.words import tokens

DEPTH = 20  # passages ranked for each question
POOL = 50  # passages each search proposes to the fusion
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


def fused(engine: Engine, query: Query) -> Ranking:
    """Rank by the fusion of both, as questions are retrieved."""
    vector = engine.library.embedder.embed([query.interpreted_as])[0]
    library, filters = engine.library, query.filters
    both = [library.search_dense(vector, POOL, filters), library.search_keyword(query.interpreted_as, POOL, filters)]
    scores = fuse([[chunk for chunk, _ in one] for one in both])
    return sorted(scores, key=lambda chunk: (-scores[chunk], chunk))[:DEPTH]


def read(engine: Engine, query: Query) -> Ranking:
    """Rank the fused passages by the reader's margin of the best span in each."""
    ranking = fused(engine, query)
    margins = dict.fromkeys(ranking, float("-inf"))
    for span in engine.reader.read(query.interpreted_as, hits_of(engine.library, ranking), 30, 1):
        margins[span.hit.chunk.id] = max(margins[span.hit.chunk.id], span.margin)
    return sorted(ranking, key=lambda chunk: -margins[chunk])


SYSTEMS: dict[str, System] = {"bm25": keyword, "dense": dense, "fused": fused, "fused, ordered by the reader": read}


def hits_of(library: Library, ranking: Sequence[int]) -> list[Hit]:
    """Return the passages of a ranking."""
    chunks = library.chunks(ranking)
    articles = library.articles_by_id({chunk.article_id for chunk in chunks.values()})
    return [Hit(chunks[i], articles[chunks[i].article_id], 0.0) for i in ranking if i in chunks]


def realtimeqa(library: Library, folder: Path) -> list[Asked]:
    """Read RealTimeQA's questions whose articles are in the library."""
    by_url = {summary.url: summary.id for summary in library.articles()}
    asked = []
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = frozenset(by_url[url] for url in row["gold_urls"] if url in by_url)
        if gold:
            asked.append(Asked(row["id"], row["question"], (), tuple(row["answers"]), gold))
    return asked


def news(library: Library, folder: Path) -> list[Asked]:
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


def fill_once(library: Library, paths: Iterable[Path]) -> None:
    """Add the articles of a set; those that are there already cost next to nothing."""
    for path in paths:
        for result in library.add(read_paths([path], library.settings.max_file_mb * 1_000_000)):
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


def table(library: Library, asked: Sequence[Asked], measured: Sequence[Measured]) -> str:
    """Return the figures as a Markdown table."""
    from ir_measures import RR, Success, calc_aggregate

    wanted = [Success @ 1, Success @ 5, Success @ 10, Success @ 20, RR @ 10]
    lines = [
        "| system | Hit@1 | Hit@5 | Hit@10 | Hit@20 | MRR@10 | p50 ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for entry in measured:
        labels = [relevance(library, one, ranking) for one, ranking in zip(asked, entry.rankings, strict=True)]
        judged = {
            one.id: {str(chunk): int(right) for chunk, right in zip(ranking, row, strict=True)} or {"none": 0}
            for one, ranking, row in zip(asked, entry.rankings, labels, strict=True)
        }
        run = {
            one.id: {str(chunk): float(-place) for place, chunk in enumerate(ranking)}
            for one, ranking in zip(asked, entry.rankings, strict=True)
        }
        figures = calc_aggregate(wanted, judged, run)
        cells = [f"{100 * figures[measure]:.1f}" for measure in wanted[:4]] + [f"{figures[wanted[4]]:.3f}"]
        lines.append(f"| {entry.name} | {' | '.join(cells)} | {np.median(entry.milliseconds):.0f} |")
    return "\n".join(lines)


def relevance(library: Library, asked: Asked, ranking: Ranking) -> list[bool]:
    """Return for each passage of a ranking whether it is right."""
    hits = {hit.chunk.id: hit for hit in hits_of(library, ranking)}
    return [i in hits and asked.is_right(hits[i].chunk, hits[i].article) for i in ranking]


def answer_f1(engine: Engine, asked: Sequence[Asked]) -> tuple[float, float]:
    """Return the mean token F1 of first answers: of a plain pipeline (dense search, reader), and of the engine.

    Both have to answer; what the engine would rather not say counts too.
    """
    plain, ours = [], []
    for one in asked:
        query = understand(one.question, one.history)
        spans = engine.reader.read(
            query.interpreted_as, hits_of(engine.library, dense(engine, query)[:DENSE_READ]), 30, 1
        )
        best = max(spans, key=lambda span: span.margin, default=None)
        plain.append(_best_f1(best.text if best else "", one.answers))
        found = engine.find(query)[1]
        first = max(found, key=engine.calibration.probability, default=None)
        ours.append(_best_f1(first.text if first else "", one.answers))
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
