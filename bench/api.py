"""What the HTTP API adds to the time that an answer takes, and how many clients at once fare."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import numpy as np

from bench.load import WARM_UP, Times
from index.errors import OnRecordError
from index.library import Library
from qa.examples import example_questions


@dataclass(frozen=True, slots=True)
class Clients:
    """What so many clients got who each ask the next question once the last one is answered.

    Attributes:
        per_second: Questions answered in a second, of all clients together.
        wait_ms: What a client waits, connection kept: median and 95th percentile.
        added_ms: Of that, what is not the engine's by the reply's own figures: HTTP, JSON, and waiting for a turn.
    """

    clients: int
    per_second: float
    wait_ms: Times
    added_ms: Times


def measure(library: Path, count: int, clients: Sequence[int]) -> list[Clients]:
    """Serve a library in a process of its own, and ask it questions that its articles answer.

    Raises:
        OnRecordError: The library or the server cannot be started, or the articles give rise to no question.
    """
    questions = _questions(library, count)
    with _served(library) as address:
        _ask(address, questions[:WARM_UP])
        return [_at_once(address, questions, number) for number in clients]


def _questions(folder: Path, count: int) -> list[str]:
    with Library.open(folder, check=False) as library:
        ids = [summary.id for summary in library.articles()]
        found = example_questions(library.articles_by_id(ids).values(), count)
    if not found:
        raise OnRecordError(f"The articles in {folder} give rise to no question. Name another library with --library.")
    return [found[number % len(found)] for number in range(count)]


@contextmanager
def _served(library: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "qa", "serve", "--without-tokens", "--port", "0", "--library", str(library)]
    environment = os.environ | {"ONRECORD_API_PER_MINUTE": "1000000"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert process.stderr  # noqa: S101
    with process, process.stderr:
        line = process.stderr.readline()
        if not line.startswith("Serving"):
            process.wait()
            raise OnRecordError(f"The server did not start: {line.strip()}")
        try:
            with ThreadPoolExecutor(1) as drain:  # or the log fills the pipe, and the server waits
                drain.submit(process.stderr.read)
                yield line.split(" at ")[1].split(";")[0]
                process.terminate()
        finally:
            process.kill()


def _at_once(address: str, questions: Sequence[str], clients: int) -> Clients:
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        parts = list(pool.map(lambda first: _ask(address, questions[first::clients]), range(clients)))
    seconds = time.perf_counter() - started
    asked = [times for part in parts for times in part]
    wait, added = np.array(asked).T
    return Clients(clients, len(asked) / seconds, _times(wait), _times(added))


def _ask(address: str, questions: Sequence[str]) -> list[tuple[float, float]]:
    """Ask one after the other; return for each what was waited, and what of it was not the engine's, in ms."""
    found = []
    with httpx.Client(base_url=address, timeout=120) as client:
        for question in questions:
            started = time.perf_counter()
            reply = client.post("/v1/ask", json={"question": question}).raise_for_status().json()
            wait = 1000 * (time.perf_counter() - started)
            found.append((wait, wait - reply["timings_ms"]["total"]))
    return found


def _times(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Times:
    median, high = np.percentile(values, (50, 95))
    return float(median), float(high)


def table(measured: Sequence[Clients]) -> str:
    """Return the measurements as a table."""
    head = "| clients at once | answers a second | wait p50 ms | p95 | of it not the engine's p50 ms | p95 |"
    rows = [
        f"| {m.clients} | {m.per_second:.1f} | {m.wait_ms[0]:.0f} | {m.wait_ms[1]:.0f} | {m.added_ms[0]:.1f} | "
        f"{m.added_ms[1]:.1f} |"
        for m in measured
    ]
    return "\n".join((head, "|---:|---:|---:|---:|---:|---:|", *rows))
