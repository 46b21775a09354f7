"""The same articles and questions in a folder and in Milvus: do the answers agree, and what does each cost?"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.peers.serve import peak_mb
from bench.recalled import RecalledVectors
from index.embed import Embedder
from index.open import open_library
from index.records import AddStatus
from index.settings import load_settings, location
from index.sources import limits_of, read_paths
from qa.contract import reply_json
from qa.engine import Engine

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What one store took.

    Attributes:
        articles: How many it holds.
        passages: How many they have.
        add_seconds: Adding them, with vectors that were made before.
        add_cpu_seconds: Processor time of that.
        add_mb: Most memory of the process that added, a milvus-lite file's server included.
        disk_mb: What is on disk afterwards; 0 for a server, which keeps it elsewhere.
        retrieve_ms: Of each question.
        total_ms: Of each question.
        ask_mb: Most memory of the process that answered.
    """

    articles: int
    passages: int
    add_seconds: float
    add_cpu_seconds: float
    add_mb: float
    disk_mb: float
    retrieve_ms: Sequence[float]
    total_ms: Sequence[float]
    ask_mb: float


def compare(stores: Mapping[str, str], articles: Path, questions: Path, vectors: Path) -> str:
    """Fill each store, ask it all questions, each in a process of its own, and return what came out as Markdown.

    Args:
        stores: Where each is, by name; the first is the one that the others are compared with.
        articles: A file or folder that ``python -m index add`` reads.
        questions: JSON lines with ``id``, ``question`` and perhaps ``history``.
        vectors: A library of the same articles, whose vectors are used again.
    """
    costs: dict[str, Cost] = {}
    replies: dict[str, list[dict[str, Any]]] = {}
    for name, where in stores.items():
        filled = _run("fill", where, str(articles), str(vectors))
        asked = _run("ask", where, str(questions), "")
        replies[name] = asked["replies"]
        costs[name] = Cost(
            filled["articles"], filled["passages"], filled["seconds"], filled["cpu_seconds"], filled["peak_mb"],
            _disk_mb(where),
            [reply["timings_ms"]["retrieve"] for reply in replies[name]],
            [reply["timings_ms"]["total"] for reply in replies[name]],
            asked["peak_mb"],
        )  # fmt: skip
    first, *others = stores
    lines = [_agreement(name, first, replies[name], replies[first]) for name in others]
    return "\n".join([*_table(costs), "", *lines])


def same_first(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two replies begin with the same words of the same article, or both have no answer."""
    return _places(one, 1) == _places(other, 1)


def _places(reply: Mapping[str, Any], count: int) -> list[tuple[str, int, int]]:
    return [(a["article_id"], a["start"], a["end"]) for a in reply["answers"][:count]]


def _agreement(name: str, of: str, replies: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> str:
    pairs = list(zip(replies, others, strict=True))
    first = [same_first(one, other) for one, other in pairs]
    three = sum(_places(one, 3) == _places(other, 3) for one, other in pairs)
    passages = sum(_passages(one) == _passages(other) for one, other in pairs)
    differing = [one.get("id") or one["question"] for (one, _), same in zip(pairs, first, strict=True) if not same]
    told = f" It differs for: {', '.join(map(str, differing))}." if differing else ""
    return (
        f"{name} and {of}: the first answer is identical for {sum(first)} of {len(pairs)} questions "
        f"({100 * sum(first) / len(pairs):.1f} %), all three for {three}, the passages read and their order for "
        f"{passages}.{told}"
    )


def _passages(reply: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [(p["article_id"], p["start"]) for p in reply["passages"]]


def _table(costs: Mapping[str, Cost]) -> Iterable[str]:
    yield (
        "| store | articles | passages | add s | processor s | adding MB | on disk MB | retrieve p50 / p95 ms "
        "| answer p50 / p95 ms | answering MB |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"
    for name, c in costs.items():
        yield (
            f"| {name} | {c.articles:,} | {c.passages:,} | {c.add_seconds:.0f} | {c.add_cpu_seconds:.0f} | "
            f"{c.add_mb:.0f} | {c.disk_mb:.0f} | {_both(c.retrieve_ms)} | {_both(c.total_ms)} | {c.ask_mb:.0f} |"
        )


def _both(milliseconds: Sequence[float]) -> str:
    return " / ".join(f"{value:.0f}" for value in np.percentile(milliseconds, [50, 95]))


def _disk_mb(where: str) -> float:
    path = Path(where)
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / _MEGABYTE if path.is_dir() else 0.0


def _run(*arguments: str) -> dict[str, Any]:
    """Run a part in a process of its own, whose memory is then its alone."""
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "bench.stores", *arguments], stdout=subprocess.PIPE, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _fill(where: str, articles: str, vectors: str) -> dict[str, Any]:
    settings = load_settings(library=location(where))
    embedder = RecalledVectors(Path(vectors), Embedder.load(settings.embedder, settings.threads))
    before, begun = os.times(), os.times().elapsed
    with open_library(settings.library, embedder, settings, create=True) as library:
        for result in library.add(read_paths([Path(articles)], limits_of(settings))):
            if result.status is AddStatus.FAILED:
                sys.stderr.write(f"{result.source}: {result.reason}\n")
        library.settle()
        held = library.stats()
    after = os.times()
    cpu = after.user + after.system - before.user - before.system
    return {
        "articles": held.articles,
        "passages": held.chunks,
        "seconds": after.elapsed - begun,
        "cpu_seconds": cpu,
        "peak_mb": peak_mb(),
    }


def _ask(where: str, questions: str) -> dict[str, Any]:
    engine = Engine.open(load_settings(library=location(where)))
    engine.warm_up()
    lines = [json.loads(line) for line in Path(questions).read_text("utf-8").splitlines()]
    engine.ask(lines[0]["question"])
    replies = [reply_json(engine.ask(q["question"], q.get("history") or ()), str(q["id"])) for q in lines]
    engine.library.close()
    return {"replies": replies, "peak_mb": peak_mb()}


if __name__ == "__main__":
    part, place, given, known = sys.argv[1:]
    sys.stdout.write(json.dumps(_fill(place, given, known) if part == "fill" else _ask(place, given)))
