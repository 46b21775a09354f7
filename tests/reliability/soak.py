"""Ten users ask through one engine, while others write to the same library; every answer is checked."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from index.library import Library
from index.people import merge
from index.people_file import Group, NameKey, read_groups
from index.settings import load_settings
from qa.engine import Engine
from tests.reliability.soaking.askers import Users
from tests.reliability.soaking.history import Asked, History
from tests.reliability.soaking.writer import Writer

ROOT = Path(__file__).resolve().parents[2]
# A question that takes longer has met a deadlock, or might as well have.
PATIENCE_SECONDS = 60.0
# What caches may still come to halfway through. A leak grows with the questions.
MOST_GROWTH_MB = 40.0
# glibc gives most threads a heap of its own, which fill up for many minutes (275 MB become 530 with ten users). With
# two heaps in all, growth is a leak.
HEAPS = {"MALLOC_ARENA_MAX": "2"}
PAUSE_SECONDS = 0.25
# Few, so that more questions are asked; what is tested is how they meet the writes.
PASSAGES = 4
REBUILD_PAUSE_SECONDS = 15.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--minutes", type=float, default=10.0, help="how long (default: 10)")
    parser.add_argument("--users", type=int, default=10, help="how many ask (default: 10)")
    parser.add_argument("--writers", type=int, default=2, help="how many processes add and remove (default: 2)")
    parser.add_argument("--seed", type=int, default=1, help="changes the stories (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Soak; print what was seen. Returns 1 where anything was not as it must be."""
    if not HEAPS.keys() <= os.environ.keys():  # read as a process starts
        return subprocess.call([sys.executable, *sys.orig_argv[1:]], env=os.environ | HEAPS)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        found = soak(Path(folder) / "library", 60 * options.minutes, options.users, options.writers, options.seed)
    if (growth := found.memory_mb[1] - found.memory_mb[0]) > MOST_GROWTH_MB:
        found.faults.append(f"The memory grew by {growth:.0f} MB.")
    sys.stdout.write(found.summary())
    return 1 if found.faults else 0


@dataclass(slots=True)
class Found:
    """What a soak saw.

    Attributes:
        faults: Whatever was not as it must be, a sentence each.
        memory_mb: Of the process with the users, halfway and at the end.
        outdated, missed: How many seconds after a removal was reported the article was still shown, and after an
            addition not yet found, at most.
    """

    asked: list[Asked]
    writes: Counter[str]
    faults: list[str]
    memory_mb: tuple[float, float]
    outdated: float
    missed: float
    log_mb: float

    def summary(self) -> str:
        """Return all in words."""
        questions = [asked for asked in self.asked if asked.target]
        waits = np.array([asked.ended - asked.started for asked in questions] or [0.0])
        writes = ", ".join(f"{number:,} {event}" for event, number in sorted(self.writes.items()))
        answered = sum(asked.answered for asked in questions)
        lines = [
            f"{len(questions):,} questions, {answered:,} answered; {len(self.asked) - len(questions):,} times it was "
            "looked who is quoted",
            f"writes: {writes}",
            f"wait: median {np.median(waits):.2f} s, 95th percentile {np.percentile(waits, 95):.2f} s, "
            f"longest {waits.max():.2f} s",
            f"staleness: shown up to {self.outdated:.2f} s after removal was reported, not found up to "
            f"{self.missed:.2f} s after adding was reported",
            f"memory: {self.memory_mb[0]:.0f} MB halfway, {self.memory_mb[1]:.0f} MB at the end; "
            f"write-ahead log {self.log_mb:.1f} MB",
            *self.faults[:20],
            f"{len(self.faults)} faults",
        ]
        return "\n".join(lines) + "\n"


@dataclass(slots=True)
class Reports:
    """What the writers report, as it comes in."""

    history: History = field(default_factory=History)
    writes: Counter[str] = field(default_factory=Counter)
    groups: list[Group] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, event: dict[str, Any]) -> None:
        """Take over one report."""
        kind = event["event"]
        with self.lock:
            if kind not in ("adding", "removing"):
                self.writes[kind] += 1
            if kind == "named":
                # As the file does: names are in one group at most, and the last decision counts.
                groups = [frozenset(NameKey(*name) for name in group) for group in event["groups"]]
                newer = frozenset(NameKey(*name) for name in event["names"])
                self.groups = [left for group in self.groups if (left := group - newer)] + groups
        if "article" in event:
            self.history.note(**event)


def soak(folder: Path, seconds: float, users: int, writers: int, seed: int) -> Found:
    """Let users ask and others write for so long, then compare all that was seen with what was reported.

    Args:
        folder: Of the library, which is made.
        seconds: How long.
        users: Threads that ask through the engine of this process.
        writers: Processes that add, replace and remove; one more makes the library anew, and a thread writes here.
        seed: Changes what the articles tell.
    """
    engine = Engine.open(load_settings(library=folder, passages_read=PASSAGES), create=True)
    library = engine.library
    assert isinstance(library, Library)
    engine.warm_up()
    reports = Reports()
    asking = Users(users, reports.history, engine.ask, lambda: merge(engine.library.speakers(), read_groups(folder)))
    begun = time.monotonic()
    numbers = [(seed * 100 + place) * 100_000 for place in range(1, writers + 2)]
    others = [_Process(folder, first, seconds, reports) for first in (*numbers[1:], 0)]
    here = threading.Thread(target=_write_here, args=(engine.library, numbers[0], begun + seconds, reports))
    here.start()
    asking.start()
    time.sleep(seconds / 2)
    memory = _memory_mb()
    time.sleep(max(0.0, begun + seconds - time.monotonic()))
    log_mb = (folder / "catalog.sqlite-wal").stat().st_size / 1e6
    if waiting := asking.stop(PATIENCE_SECONDS):
        reports.faults.append(f"{waiting} users still waited for an answer {PATIENCE_SECONDS:.0f} s later.")
    here.join(PATIENCE_SECONDS)
    for other in others:
        other.end()
    memory_mb = (memory, _memory_mb())
    faults = [*reports.faults, *faults_of(library, reports, asking.asked)]
    outdated = max(map(reports.history.outdated, asking.asked), default=0.0)
    missed = max(map(reports.history.missed, asking.asked), default=0.0)
    engine.library.close()
    return Found(asking.asked, reports.writes, faults, memory_mb, outdated, missed, log_mb)


class _Process:
    """A writer in a process of its own, and the thread that takes over what it reports."""

    def __init__(self, folder: Path, first: int, seconds: float, reports: Reports) -> None:
        pause = PAUSE_SECONDS if first else min(REBUILD_PAUSE_SECONDS, seconds / 10)
        command = [sys.executable, "-m", "tests.reliability.soaking.writer", str(folder), str(first)]
        self._reports = reports
        self._process = subprocess.Popen(
            [*command, str(seconds), str(pause)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self._listening = [threading.Thread(target=self._listen), threading.Thread(target=self._hear_errors)]
        for thread in self._listening:
            thread.start()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                self._reports.take(json.loads(line))

    def _hear_errors(self) -> None:
        assert self._process.stderr
        with self._process.stderr as errors:
            self._errors = errors.read().strip()

    def end(self) -> None:
        """Wait for its end; what went wrong is a fault."""
        try:
            self._process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for thread in self._listening:
            thread.join()
        if self._process.returncode or self._errors:
            self._reports.faults.append(f"A writer ended with {self._process.returncode}: {self._errors[-500:]}")


def _write_here(library: Library, first: int, ends: float, reports: Reports) -> None:
    """Write in the process of the users, as the page Library does."""
    writer = Writer(library, first, reports.take)
    try:
        while time.monotonic() < ends:
            writer.step()
            time.sleep(PAUSE_SECONDS)
    except Exception as error:  # noqa: BLE001 - a writer must meet no error at all
        reports.faults.append(f"The writer beside the users failed: {error!r}")


def faults_of(library: Library, reports: Reports, asked: Iterable[Asked]) -> Iterable[str]:
    """Yield what was wrong with answers, and how the library differs from what was reported."""
    for one in asked:
        yield from reports.history.faults(one)
    held, expected = {summary.id for summary in library.articles()}, reports.history.live()
    if held != expected:
        yield f"{len(expected - held)} articles were lost, {len(held - expected)} are there that should not be."
    kept, decided = set(read_groups(library.folder)), set(reports.groups)
    if kept != decided:
        yield f"{len(decided - kept)} names were lost, {len(kept - decided)} are decided on that should not be."
    yield from library.verify()


def _memory_mb() -> float:
    """Return the memory that this process holds now; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
