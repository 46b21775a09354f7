"""Read made-up hostile inputs by the million: a process that reads, and one that watches it.

Input ``n`` is made of the seed and ``n`` alone, so a finding is told by one line that makes it again:
``python -m tests.reliability fuzz --seed 1 --only 12345``.
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from index.sources import Limits
from tests.reliability.hostile import cases
from tests.reliability.inputs import LIMITS, check_input
from tests.reliability.mutating import KINDS, made_up

# What an input may cost. Time is that of the processor, so that a busy machine finds nothing.
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1000
# Processor time after which the system ends the process, and wall-clock time after which it is taken for waiting.
_HANGS_S, _WAITS_S = 20, 600.0
# An address space that ends a process before it ends the machine.
_ADDRESSES = 6 << 30
# Inputs a process reads before a new one takes over: what is left over from one shows as memory.
_BATCH = 20_000
_MAKE = """
import sys
from tests.reliability.hostile import cases
size, name = int(sys.argv[1]), sys.argv[2]
sys.stdout.buffer.write(next(case for case in cases(size) if case.name == name).build())
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--inputs", type=int, default=1_000_000, help="stop after so many inputs")
    parser.add_argument("--minutes", type=float, default=120.0, help="stop after so many minutes")
    parser.add_argument("--seed", type=int, default=1, help="equal seeds give equal inputs")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="read only these")
    parser.add_argument("--state", type=Path, help="a file that keeps how far the run is, to go on from there")
    parser.add_argument(
        "--findings", type=Path, default=Path("build/fuzz"), help="folder for inputs that broke something"
    )
    parser.add_argument("--only", type=int, metavar="N", help="read input N alone, and show what comes of it")
    parser.add_argument("--guided", choices=KINDS, metavar="KIND", help="let atheris look for new paths of one kind")
    parser.add_argument("--corpus", type=int, metavar="BYTES", help="read the hand-made files instead, of this size")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    parser.add_argument("--work", type=int, nargs=2, metavar=("FROM", "TO"), help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Read until the inputs or minutes are over; 1 where anything broke."""
    if options.work:
        return _work(options)
    if options.case:
        return _read_case(options.corpus, options.case)
    if options.corpus:
        return _read_corpus(options.corpus)
    if options.only is not None:
        name, data = made(options, options.only)
        return 0 if _tell(options.only, name, data)["problem"] is None else 1
    if options.guided:
        guided = [sys.executable, "-m", "tests.reliability.guided", options.guided, str(options.seed)]
        return subprocess.run([*guided, str(options.minutes)], check=False).returncode
    return _Watch(options).run()


def made(options: argparse.Namespace, number: int) -> tuple[str, bytes]:
    """Make input ``number`` of a run."""
    return made_up(options.kinds[number % len(options.kinds)], f"{options.seed}/{number}")


def _work(options: argparse.Namespace) -> int:
    """Read a batch of inputs; a line for each goes to the process that watches."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    for number in range(*options.work):
        used = int(time.process_time())
        resource.setrlimit(resource.RLIMIT_CPU, (used + _HANGS_S, resource.RLIM_INFINITY))
        _tell(number, *made(options, number))
    return 0


def _read_corpus(size: int) -> int:
    """Read each hand-made file in a process of its own, with the limits that are set by default."""
    broken = []
    for case in cases(size):
        command = [sys.executable, "-m", "tests.reliability", "fuzz", "--corpus", str(size), "--case", case.name]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        told = json.loads(ended.stdout) if ended.stdout else {"problem": f"it ended with status {ended.returncode}"}
        sys.stdout.write(f"{told.get('s', 0):7.2f} s {told.get('mb', 0):5} MB  {case.file:24} {case.name}\n")
        sys.stdout.write(f"    {told['problem']}\n" if told["problem"] else "")
        sys.stdout.flush()
        broken += [case.name] if told["problem"] else []
    sys.stdout.write(f"{len(broken)} of {sum(1 for _ in cases(size))} hostile files broke something\n")
    return 1 if broken else 0


def _read_case(size: int, name: str) -> int:
    """Read one hand-made file; what it takes to make it is not counted."""
    case = next(case for case in cases(size) if case.name == name)
    made_here = subprocess.run(
        [sys.executable, "-c", _MAKE, str(size), name], capture_output=True, check=True
    )  # in another process, whose memory is not ours
    resource.setrlimit(resource.RLIMIT_CPU, (6 * _HANGS_S, resource.RLIM_INFINITY))
    return 0 if _tell(0, case.file, made_here.stdout, Limits())["problem"] is None else 1


def _tell(number: int, name: str, data: bytes, limits: Limits = LIMITS) -> dict[str, Any]:
    """Read one input and print what came of it."""
    problem, drafts, failures = None, 0, 0
    begun = time.process_time()
    try:
        drafts, failures = check_input(name, data, limits)
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        problem = f"{type(error).__name__}: {str(error)[:300]}"
    seconds = time.process_time() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if seconds > MOST_SECONDS:
        problem = problem or f"it took {seconds:.1f} s"
    if megabytes > MOST_MEGABYTES:
        problem = problem or f"it took {megabytes} MB"
    told = {
        "n": number, "problem": problem, "drafts": drafts, "failures": failures,
        "s": round(seconds, 4), "mb": megabytes,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    return told


class _Watch:
    """Starts processes that read, one after the other, and keeps the score."""

    def __init__(self, options: argparse.Namespace) -> None:
        self._options = options
        self._begun = time.monotonic()
        self._saved = 0.0
        self.next = 0
        self.counts: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.slowest = self.largest = 0.0
        self.findings: list[dict[str, Any]] = []
        self._load()

    def run(self) -> int:
        """Read until the inputs or minutes are over."""
        end = self._begun + self._options.minutes * 60
        while self.next < self._options.inputs and time.monotonic() < end:
            self._batch(min(self.next + _BATCH, self._options.inputs), end)
        self._save()
        self._report()
        return 1 if self.findings else 0

    def _batch(self, until: int, end: float) -> None:
        """Watch one process until it has read everything up to ``until``, hangs, dies, or time is over."""
        o = self._options
        command = [sys.executable, "-m", "tests.reliability", "fuzz", "--seed", str(o.seed), "--kinds", *o.kinds]
        process = subprocess.Popen([*command, "--work", str(self.next), str(until)], stdout=subprocess.PIPE, text=True)
        try:
            for line in _lines(process.stdout):
                if line is None:
                    self._found("it waits for something")
                    return
                self._count(json.loads(line))
                if time.monotonic() > end:
                    return
            if self.next < until:
                hangs = process.wait() == -signal.SIGXCPU
                self._found("it hangs" if hangs else f"the process died with status {process.returncode}")
        finally:
            process.kill()
            process.wait()

    def _count(self, told: dict[str, Any]) -> None:
        kind = self._options.kinds[self.next % len(self._options.kinds)]
        self.counts[kind] += 1
        self.counts["drafts"] += told["drafts"]
        self.counts["failures"] += told["failures"]
        self.seconds[kind] += told["s"]
        self.slowest, self.largest = max(self.slowest, told["s"]), max(self.largest, told["mb"])
        if told["problem"]:
            self._found(told["problem"])
        else:
            self.next += 1
        if time.monotonic() - self._saved > 5:
            self._save()

    def _found(self, problem: str) -> None:
        """Keep the input at hand with the line that makes it again, and go on after it."""
        o = self._options
        name, data = made(o, self.next)
        o.findings.mkdir(parents=True, exist_ok=True)
        file = o.findings / f"{o.seed}-{self.next}-{name}"
        file.write_bytes(data)
        kinds = "" if o.kinds == list(KINDS) else f" --kinds {' '.join(o.kinds)}"
        again = f"python -m tests.reliability fuzz --seed {o.seed}{kinds} --only {self.next}"
        self.findings.append({"n": self.next, "problem": problem, "file": str(file), "again": again})
        sys.stdout.write(f"{problem}\n  {file}\n  {again}\n")
        sys.stdout.flush()
        self.next += 1
        self._save()

    def _load(self) -> None:
        state = self._options.state
        if state and state.exists():
            kept = json.loads(state.read_text("utf-8"))
            if (kept["seed"], kept["kinds"]) != (self._options.seed, self._options.kinds):
                raise SystemExit(f"{state} is of a run with another seed or other kinds.")
            self.next, self.findings = kept["next"], kept["findings"]
            self.counts, self.seconds = Counter(kept["counts"]), Counter(kept["seconds"])
            self.slowest, self.largest = kept["slowest"], kept["largest"]

    def _save(self) -> None:
        self._saved = time.monotonic()
        state = self._options.state
        if not state:
            return
        kept = {
            "seed": self._options.seed, "kinds": self._options.kinds, "next": self.next, "findings": self.findings,
            "counts": self.counts, "seconds": self.seconds, "slowest": self.slowest, "largest": self.largest,
        }  # fmt: skip
        new = state.with_suffix(".new")
        new.write_text(json.dumps(kept, indent=1), "utf-8")
        new.replace(state)

    def _report(self) -> None:
        for kind in self._options.kinds:
            count, seconds = self.counts[kind], self.seconds[kind]
            sys.stdout.write(f"{kind:8} {count:9,} inputs {count / max(seconds, 1e-9):8.0f} a second\n")
        took = time.monotonic() - self._begun
        sys.stdout.write(
            f"{self.next:,} inputs, {self.counts['drafts']:,} articles, {self.counts['failures']:,} failures reported; "
            f"slowest {self.slowest:.2f} s, most memory {self.largest:.0f} MB; {took / 60:.1f} minutes; "
            f"{len(self.findings)} findings\n"
        )


def _lines(stream: IO[str] | None) -> Iterator[str | None]:
    """Give the lines of a process; None once it has said nothing for too long."""
    lines: Queue[str] = Queue()

    def read() -> None:
        for line in stream or ():
            lines.put(line)
        lines.put("")

    Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=_WAITS_S)
        except Empty:
            yield None
            return
        if not line:
            return
        yield line
