"""What a library costs at one size: answering, adding, memory, starting up."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from bench.load import Load, ask_at_once, warm_up
from bench.machine import peak_mb
from index.errors import OnRecordError
from index.library import Library
from index.records import AddStatus, Article, Draft, Failure
from index.settings import load_settings
from qa.engine import Engine

# Articles that tell how many passages one makes.
_FIRST = 8


@dataclass(frozen=True, slots=True)
class Work:
    """What is done at each size."""

    questions: Sequence[str]
    users: Sequence[int]
    articles: int
    starts: int


@dataclass(frozen=True, slots=True)
class Adding:
    """What it took to add articles that were not there, with everything, until they were on disk."""

    articles: int
    chunks: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured at one size. Memory is the most that a process of its own had in use, in MB.

    Attributes:
        start_s: Seconds from the start of ``python -m qa ask`` to its end with the answer; the median.
    """

    articles: int
    chunks: int
    disk_mb: float
    start_s: float
    loads: Sequence[Load]
    answering_mb: float
    adding: Adding
    adding_mb: float


def measure(folder: Path, work: Work) -> Cost:
    """Measure the library in ``folder``, which stays as it is: what is added is added to a copy."""
    with Library.open(folder) as library:
        held = library.stats()
    start = start_seconds([sys.executable, "-m", "qa", "ask", work.questions[0], "--library", str(folder)], work.starts)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        loads, answering_mb = pool.submit(_answer, folder, work.questions, work.users).result()
    with (
        tempfile.TemporaryDirectory(dir=folder.parent) as copies,
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool,
    ):
        copy = shutil.copytree(folder, Path(copies) / "library")
        adding, adding_mb = pool.submit(_add, copy, work.articles).result()
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    return Cost(held.articles, held.chunks, disk, start, loads, answering_mb, adding, adding_mb)


def grow(
    folder: Path,
    sizes: Sequence[int],
    items: Iterable[Draft | Failure],
    opened: Callable[[Path], Library],
) -> Iterator[Path]:
    """Make a library of each size, or of a few passages more, in a folder of that name; one that is there is kept.

    Args:
        folder: Where the folders are.
        sizes: Numbers of passages.
        items: What is added, more of it the larger the library.
        opened: Opens a library, making it where it is not there yet.

    Raises:
        OnRecordError: There are too few articles.
    """
    stream, before = iter(items), None
    for size in sorted(sizes):
        target = folder / str(size)
        if not target.is_dir():
            # Under another name until it is whole, so that one that was interrupted is not taken for it.
            partial = folder / f"{size}.partial"
            shutil.rmtree(partial, ignore_errors=True)
            if before:
                shutil.copytree(before, partial)
            with opened(partial) as library:
                fill(library, size, stream)
            partial.rename(target)
        before = target
        yield target


def fill(library: Library, size: int, stream: Iterator[Draft | Failure]) -> None:
    """Add articles until there are ``size`` passages; those that are there already cost only the reading."""
    while (missing := size - (held := library.stats()).chunks) > 0:
        count = int(missing * held.articles / held.chunks) if held.chunks else _FIRST
        if not list(library.add(islice(stream, max(1, count)))):
            raise OnRecordError(
                f"All articles of the data make {held.chunks:,} passages, not {size:,}; name more data with --data, or "
                "smaller --sizes."
            )
    library.settle()


def add_again(library: Library, count: int) -> Adding:
    """Take ``count`` articles from all over the library out, and time how they are added."""
    summaries = library.articles()
    chosen = [summary.id for summary in summaries[:: max(1, len(summaries) // count)]][:count]
    drafts = [_draft(article) for article in library.articles_by_id(chosen).values()]
    for article_id in chosen:
        library.remove(article_id)
    library.embedder.embed(["The first call takes longer."])
    before, started = library.stats(), time.perf_counter()
    added = sum(result.status in (AddStatus.ADDED, AddStatus.REPLACED) for result in library.add(drafts))
    seconds = time.perf_counter() - started
    return Adding(added, library.stats().chunks - before.chunks, seconds)


def start_seconds(command: Sequence[str], times: int) -> float:
    """Return the median seconds that a command takes from start to end.

    Raises:
        OnRecordError: It fails.
    """
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        spent.append(time.perf_counter() - started)
        if ended.returncode:
            raise OnRecordError(f"`{' '.join(command[1:4])}` failed: {ended.stderr.strip()}")
    return median(spent)


def _answer(folder: Path, questions: Sequence[str], users: Sequence[int]) -> tuple[list[Load], float]:
    engine = Engine.open(load_settings(library=folder))
    try:
        warm_up(engine, questions)
        return [ask_at_once(engine, questions, count) for count in users], peak_mb()
    finally:
        engine.library.close()


def _add(folder: Path, articles: int) -> tuple[Adding, float]:
    with Library.open(folder, settings=load_settings(library=folder)) as library:
        return add_again(library, articles), peak_mb()


def _draft(article: Article) -> Draft:
    return Draft(
        article.text,
        article.source,
        article.title,
        article.deck,
        article.publication,
        article.authors,
        article.agency,
        article.place,
        article.section,
        article.published,
        article.url,
    )
