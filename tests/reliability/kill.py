"""Kill a process at random points of what it does to a library, and look what is left.

After each kill the library must open, hold exactly what was reported as done, be sound, and find its articles.
"""

import argparse
import multiprocessing
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from index.article import article_from
from index.errors import OnRecordError
from index.records import Draft
from index.vectors import VECTORS_FILE
from tests.reliability.doing import BACKUP, PHASES, Task, do, opened, town

_ARTICLES = 40  # of a new library; each of some passages, so that its vector index is trained
_KILLS_EACH = 30  # kills that one library has to bear


@dataclass
class Result:
    """What came of it.

    Attributes:
        kills: How many fell into each phase.
        late: How many came when all was done; they do not count.
        faults: What was wrong after which kill, one sentence each.
    """

    kills: Counter[str] = field(default_factory=Counter)
    late: int = 0
    faults: list[str] = field(default_factory=list)


class Victim:
    """A library with what is known of it: which articles it must hold, and which it may hold besides."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self._random = random.Random(seed)  # noqa: S311
        self._numbers = iter(range(100_000))
        self._texts: dict[str, Draft] = {}
        with opened(folder, create=True) as library:
            drafts = self._towns(_ARTICLES)
            self.held = {result.article_id for result in library.add(drafts)}
            library.settle()
        self._backed_up: set[str] = set()

    def task(self, phase: str) -> Task:
        """Think of something to do, and make ready for it."""
        beside = self.folder.with_name(BACKUP)
        if phase == "add":
            return Task(phase, self.folder, self._towns(self._random.randint(20, 60)))
        if phase == "replace":
            some = self._random.sample(sorted(self.held), min(20, len(self.held)))
            return Task(phase, self.folder, tuple(self._newer(self._texts[article]) for article in some))
        if phase == "remove":
            few = self._random.sample(sorted(self.held), min(8, len(self.held) // 8))
            return Task(phase, self.folder, ids=tuple(few))
        if phase == "train":
            (self.folder / VECTORS_FILE).unlink(missing_ok=True)
        if phase in ("backup", "restore"):
            for folder in (beside, beside.with_name(f"{BACKUP}.partial")):
                shutil.rmtree(folder, ignore_errors=True)
        if phase == "restore":
            with opened(self.folder) as library:
                library.back_up(beside)
                self._backed_up = set(self.held)
                few = self._random.sample(sorted(self.held), 3)
                self.held -= {library.remove(article) for article in few}
                self.held |= {result.article_id for result in library.add(self._towns(3))}
        return Task(phase, self.folder, beside=beside)

    def faults(self, task: Task, reported: list[str]) -> Iterator[str]:
        """Yield what is wrong with the library after a process that did ``task`` was killed."""
        try:
            with opened(self.folder) as library:
                held = {summary.id for summary in library.articles()}
                yield from self._lost(task, held, set(reported))
                yield from library.verify()
                vector = library.embedder.embed(["the mayor said the vote was fair"])[0]
                found = [i for i, _ in [*library.search_dense(vector, 40), *library.search_keyword("mayor vote", 40)]]
                chunks = library.chunks(found).values()
                articles = library.articles_by_id(held)
                if not chunks or {chunk.article_id for chunk in chunks} - held:
                    yield "A search finds nothing, or articles that are not there."
                for chunk in chunks:
                    if (
                        articles[chunk.article_id].text[chunk.start : chunk.end]
                        not in self._texts[chunk.article_id].text
                    ):
                        yield f"Passage {chunk.id} is no part of its article."
            if task.phase == "backup" and task.beside.exists():
                with opened(task.beside) as library:
                    if {summary.id for summary in library.articles()} != held:
                        yield "A backup that was cut off is there, and not whole."
        except OnRecordError as error:
            yield str(error)
        else:
            self.held = held

    def _lost(self, task: Task, held: set[str], reported: set[str]) -> Iterator[str]:
        offered = {article_from(one).id for one in task.drafts}
        must, may = set(self.held), set(self.held)
        if task.phase == "add":
            must, may = must | reported, may | offered
        elif task.phase == "replace":
            older = {article for article in self.held if self._texts[article].url in {d.url for d in task.drafts}}
            must, may = must - older | reported, may | offered
            urls = Counter(self._texts[article].url for article in held)
            if set(urls.values()) != {1} or len(held) != len(self.held):
                yield "An article was lost while it was replaced, or is there in both versions."
        elif task.phase == "remove":
            must, may = must - set(task.ids), may - reported
        elif task.phase == "restore" and held == self._backed_up:
            return
        if lost := must - held:
            yield f"{len(lost)} articles that were reported as added are not there."
        if more := held - may:
            yield f"{len(more)} articles are there that were removed, or that nobody added."

    def _towns(self, count: int) -> tuple[Draft, ...]:
        return tuple(self._known(town(next(self._numbers))) for _ in range(count))

    def _newer(self, older: Draft) -> Draft:
        number = int(older.url.rsplit("/", 1)[1])
        return self._known(town(number, version=self._random.randint(1, 10**9)))

    def _known(self, offered: Draft) -> Draft:
        self._texts[article_from(offered).id] = offered
        return offered


def kill(times: int, seed: int, folder: Path, progress: bool = False) -> Result:
    """Kill processes ``times`` times within what they do, each phase in turn, in libraries under ``folder``."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([do.__module__])
    killer = Killer(context, random.Random(seed))  # noqa: S311
    result, phases = Result(), cycle(PHASES)
    for first in range(0, times, _KILLS_EACH):
        place = folder / f"from-{first}"
        victim = Victim(place / "library", seed + first)
        for _ in range(first, min(first + _KILLS_EACH, times)):
            phase = next(phases)
            while killer.kill(victim.task(phase), victim, result):
                result.late += 1
            result.kills[phase] += 1
            if progress:
                sys.stdout.write(f"\r{result.kills.total()} of {times}, {len(result.faults)} faults")
                sys.stdout.flush()
            if result.faults:
                return result
        shutil.rmtree(place)
    return result


class Killer:
    """Starts processes and kills them; knows how long each phase takes."""

    def __init__(self, context: ForkServerContext, chance: random.Random) -> None:
        self._context = context
        self._chance = chance
        self._seconds: dict[str, float] = {}

    def kill(self, task: Task, victim: Victim, result: Result) -> bool:
        """Kill a process at a random point of ``task``; return whether all was done before."""
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=do, args=(task, theirs))
        process.start()
        theirs.close()
        told = _until_it_ends(ours)
        first = next(told, "")
        begun = time.monotonic()
        if task.phase in self._seconds:  # else this run tells how long it takes
            time.sleep(self._chance.uniform(0, self._seconds[task.phase]))
            process.kill()
        reported = list(told)
        process.join()
        done = reported[-1:] == ["done"]
        if done:
            self._seconds.setdefault(task.phase, time.monotonic() - begun)
        elif first != "ready" or process.exitcode != -signal.SIGKILL:
            result.faults.append(f"{task.phase}: the process ended by itself, with {process.exitcode}.")
        for fault in victim.faults(task, [one for one in reported if one != "done"]):
            result.faults.append(f"{task.phase}, kill {result.kills.total() + 1}: {fault}")
        return done


def _until_it_ends(told: Connection) -> Iterator[str]:
    with told:
        try:
            while True:
                yield told.recv()
        except (EOFError, OSError):
            return


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--times", type=int, default=200, metavar="N", help="kills (200)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="another one kills at other points (0)")


def run(options: argparse.Namespace) -> int:
    """Kill; print how many kills fell into which phase, and what was wrong. Returns 1 where anything was."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = kill(options.times, options.seed, Path(folder), progress=True)
    phases = ", ".join(f"{phase} {result.kills[phase]}" for phase in PHASES)
    sys.stdout.write(f"\n{result.kills.total()} kills in {time.monotonic() - begun:.0f} s: {phases}. ")
    sys.stdout.write(f"Besides, {result.late} came when all was done.\n")
    sys.stdout.write("".join(f"{fault}\n" for fault in result.faults) or "Nothing was lost, and all was sound.\n")
    return int(bool(result.faults))
