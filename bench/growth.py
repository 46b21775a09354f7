"""What adding and removing articles costs as a library grows, on made-up articles."""

import json
import lzma
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder, EmbedderProtocol
from index.library import Library
from index.records import Draft
from index.settings import BUNDLED, load_settings
from qa.records import Query
from qa.retrieve import retrieve

_BATCH = 1000
_FIRST_DAY = date(2020, 1, 1)


class _RandomVectors:
    """The bundled embedder for a question; several texts at a time get random vectors, which cost next to nothing."""

    name = "random"
    digest = "random"

    def __init__(self, embedder: EmbedderProtocol) -> None:
        self.dimension = embedder.dimension
        self.token_offsets = embedder.token_offsets
        self._real = embedder
        self._random = np.random.default_rng(5)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(texts) == 1:
            return self._real.embed(texts)
        vectors = self._random.standard_normal((len(texts), self.dimension), np.float32)
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def made_up(texts: Sequence[str], count: int) -> Iterator[Draft]:
    """Make articles of random words: as often, and as many in a sentence and paragraph, as in real ones."""
    random = np.random.default_rng(6)
    counts = Counter(word for text in texts for word in text.split())
    words, shares = np.array(list(counts)), np.array(list(counts.values())) / counts.total()
    pool, place = random.choice(words, 1_000_000, p=shares), 0
    for number in range(count):
        paragraphs = []
        for paragraph in texts[number % len(texts)].split("\n\n"):
            length = len(paragraph.split())
            if place + length > len(pool):
                pool, place = random.choice(words, 1_000_000, p=shares), 0
            paragraphs.append(" ".join(pool[place : place + length]))
            place += length
        day = _FIRST_DAY + timedelta(number % 2000)
        yield Draft("\n\n".join(paragraphs), f"{number}.txt", f"Made up {number}", publication="Random", published=day)


def measure(file: Path, sizes: Sequence[int], questions: Sequence[str], folder: Path) -> str:
    """Grow a library to each of ``sizes``; there retrieve, add 1,000 articles, remove 100. Return a Markdown table.

    Args:
        file: JSON lines (.jsonl.xz) of real articles with a 'text', which the made-up ones imitate.
        sizes: Numbers of articles.
        questions: What is retrieved for. The time includes embedding the question.
        folder: Where the library is made.
    """
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    settings = load_settings(library=folder)
    embedder = _RandomVectors(Embedder.load(BUNDLED, settings.threads))
    library = Library.open(folder, embedder, settings, create=True)
    articles = made_up(texts, max(sizes) + _BATCH * len(sizes))
    rows = [
        "| articles | passages | retrieval p50 ms | p95 ms | adding 1,000: ms an article | removing one, ms |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    try:
        for size in sorted(sizes):
            _add(library, articles, size - library.stats().articles)
            library.settle()
            held = library.stats()
            median, high = np.percentile(_ask(library, questions), (50, 95))
            added = _add(library, articles, _BATCH)
            removed = _remove(library, 100)
            rows.append(
                f"| {held.articles:,} | {held.chunks:,} | {median:.0f} | {high:.0f} | {1000 * added / _BATCH:.1f} | "
                f"{1000 * removed:.1f} |"
            )
    finally:
        library.close()
    return "\n".join(rows)


def _add(library: Library, articles: Iterator[Draft], count: int) -> float:
    """Add articles; return the seconds it took."""
    started = time.perf_counter()
    for _ in library.add(islice(articles, count)):
        pass
    return time.perf_counter() - started


def _ask(library: Library, questions: Sequence[str]) -> list[float]:
    """Retrieve passages for each question; return the milliseconds of each, without the first."""
    times = []
    for question in [questions[0], *questions]:
        started = time.perf_counter()
        retrieve(library, Query(question, question), library.settings.candidates, library.settings.passages_read)
        times.append(1000 * (time.perf_counter() - started))
    return times[1:]


def _remove(library: Library, count: int) -> float:
    """Remove articles one by one; return the median of the seconds."""
    times = []
    for summary in library.articles(limit=count):
        started = time.perf_counter()
        library.remove(summary.id)
        times.append(time.perf_counter() - started)
    return float(np.median(times))
