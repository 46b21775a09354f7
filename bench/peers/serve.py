"""Serve one system to the process that measures: a JSON line in, a JSON line out.

This file is run in the environment of each system, so it needs nothing but Python.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TextIO

Options = dict[str, Any]

# Not infinite, which JSON has no word for.
CERTAIN = 1e9


class Best(NamedTuple):
    """A system's best answer to one question; ``no_answer`` above 0 says that it prefers to give none."""

    text: str
    no_answer: float


ABSTAINED = Best("", CERTAIN)


class ReadingSystem(Protocol):
    """What finds answers in passages."""

    def read(self, question: str, passages: list[str]) -> Best:
        """Return the best answer of all passages."""
        ...


class IndexingSystem(Protocol):
    """What makes articles searchable."""

    def index(self, articles: list[dict[str, Any]]) -> int:
        """Add articles, each with its text and its ready-made passages; return how many passages there are now."""
        ...


def serve(reading: Callable[[Options], ReadingSystem], indexing: Callable[[Options], IndexingSystem]) -> None:
    """Make the system that the first line asks for; then do what each line says and tell how long it took.

    Time is taken around the system's own work, without the exchange of lines. That of a single thread is the
    processor's, which does not pass while other programs are at work.
    """
    clock = time.process_time if os.environ.get("OMP_NUM_THREADS") == "1" else time.perf_counter
    channel = _channel()
    lines = _commands()
    options = next(lines)
    if options["role"] == "read":
        reader = reading(options)
        _tell(channel, 0.0, None)
        for command in lines:
            started = clock()
            answers = [reader.read(question, passages) for question, passages in command["pairs"]]
            _tell(channel, clock() - started, answers)
    else:
        indexer = indexing(options)
        _tell(channel, 0.0, None)
        for command in lines:
            started = clock()
            count = indexer.index(command["articles"])
            _tell(channel, clock() - started, count)


def peak_mb() -> float:
    """Return the most memory that this process had in use, in MB; 0 where the system does not say it this way."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:")), 0.0)


def _commands() -> Iterator[Options]:
    for line in sys.stdin:
        yield json.loads(line)


def _channel() -> TextIO:
    """Return what is standard output now, and send all that libraries print to standard error instead."""
    channel = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return channel


def _tell(channel: TextIO, seconds: float, result: object) -> None:
    channel.write(json.dumps({"seconds": seconds, "result": result, "peak_mb": peak_mb()}) + "\n")
    channel.flush()
