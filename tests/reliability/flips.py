"""Damage files of a library, bit by bit, and see that it never shows what was not written.

Each time one bit of one file is flipped, or a page is zeroed, or the file is cut off. Then the library is used and
verified. All must be as it was, or it must say that something is wrong: in a sentence, in use or by ``verify``.
"""

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

from index.catalog import CATALOG_FILE
from index.keywords import KEYWORDS_FOLDER
from index.vectors import VECTORS_FILE
from tests.reliability.looking import Seen, look
from tests.reliability.unharmed import make_library

_PAGE = 4096
# How often which files are damaged.
_TARGETS = {CATALOG_FILE: 10, f"{CATALOG_FILE}-wal": 4, VECTORS_FILE: 2, KEYWORDS_FOLDER: 4}
_HARMS = {"flipped": 8, "zeroed": 1, "cut": 1}


@dataclass
class Result:
    """What came of it.

    Attributes:
        outcomes: How often what happened, by file and harm.
        faults: What was shown or left unsaid though it was damaged, one sentence each.
    """

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def times(self) -> int:
        """How often something was damaged."""
        return sum(counts.total() for counts in self.outcomes.values())


@dataclass(frozen=True)
class Harm:
    """One harm: to a file, what, and where."""

    file: str
    kind: str
    byte: int
    bit: int

    def do(self, folder: Path) -> None:
        """Harm the file."""
        file = folder / self.file
        content = bytearray(file.read_bytes())
        if self.kind == "flipped":
            content[self.byte] ^= 1 << self.bit
        elif self.kind == "zeroed":
            first = self.byte // _PAGE * _PAGE
            content[first : first + _PAGE] = bytes(len(content[first : first + _PAGE]))
        else:
            del content[self.byte :]
        file.write_bytes(content)


def flips(times: int, seed: int, folder: Path, progress: bool = False) -> Result:
    """Damage a library ``times`` times, each time from whole again; ``folder`` is for it and its copies."""
    unharmed = folder / "unharmed"
    make_library(unharmed)
    chance, result = random.Random(seed), Result()  # noqa: S311
    truth = look(Path(shutil.copytree(unharmed, folder / "first")))
    if truth.refused or truth.problems or not truth.complete():
        raise RuntimeError(f"The library to be damaged is not whole: {truth.refused} {truth.problems}")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([look.__module__])
    for number in range(times):
        harm = _any_harm(unharmed, chance)
        place = Path(shutil.copytree(unharmed, folder / str(number)))
        harm.do(place)
        outcome, fault = _judged(context, place, truth)
        shutil.rmtree(place)
        result.outcomes.setdefault(f"{harm.file.split('/')[0]} {harm.kind}", Counter())[outcome] += 1
        if fault:
            result.faults.append(f"{number}: {harm}: {fault}")
        if progress:
            told = f"\n{result.faults[-1]}\n" if fault else ""
            sys.stdout.write(f"{told}\r{number + 1} of {times}, {len(result.faults)} faults")
            sys.stdout.flush()
    return result


def _any_harm(folder: Path, chance: random.Random) -> Harm:
    (target,) = chance.choices(list(_TARGETS), list(_TARGETS.values()))
    files = [target] if (folder / target).is_file() else _files(folder / target, target)
    sizes = [(folder / name).stat().st_size for name in files]
    (file,) = chance.choices(files, sizes)
    (kind,) = chance.choices(list(_HARMS), list(_HARMS.values()))
    return Harm(file, kind, chance.randrange((folder / file).stat().st_size), chance.randrange(8))


def _files(folder: Path, name: str) -> list[str]:
    return sorted(f"{name}/{file.name}" for file in folder.iterdir() if file.stat().st_size)


def _look(folder: Path, told: Connection) -> None:
    told.send(look(folder))


def _judged(context: ForkServerContext, folder: Path, truth: Seen) -> tuple[str, str]:
    """Return what happened to a library, and the fault if it was one."""
    ours, theirs = context.Pipe(duplex=False)
    # In a process of its own: what is damaged could crash it.
    process = context.Process(target=_look, args=(folder, theirs))
    process.start()
    theirs.close()
    with ours:
        try:
            seen: Seen = ours.recv()
        except (EOFError, OSError):
            return "fault", "The process crashed."
        finally:
            process.join()
    if fault := faults_in(seen, truth):
        return "fault", fault
    if seen.refused:
        return "refused in use", ""
    return ("named by verify" if seen.problems else "nothing lost"), ""


def faults_in(seen: Seen, truth: Seen) -> str:
    """Return what a damaged library should not have done; "" where it did nothing of the kind."""
    if seen.crashes:
        return f"Crashed: {seen.crashes[0]}"
    if wrong := list(_not_written(seen, truth)):
        return f"Shown was what was not written: {wrong[0]}"
    if not seen.refused and not seen.problems:
        for name, listed in truth.lists.items():
            if seen.lists.get(name) != listed:
                return f"Of {name} there is not what there was, and nothing says so."
    return ""


def _not_written(seen: Seen, truth: Seen) -> Iterator[str]:
    """Yield records that were shown and are not what was written."""
    for name, records in seen.records.items():
        written = truth.records["passages" if name.startswith("found") else name]
        yield from (f"{name}: {record[:300]}" for record in sorted(records - written))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument("--times", type=int, default=500, metavar="N", help="harms (500)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="another one harms elsewhere (0)")


def run(options: argparse.Namespace) -> int:
    """Do harm; print what came of it. Returns 1 where something was shown that was not written, or left unsaid."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        result = flips(options.times, options.seed, Path(folder), progress=True)
    sys.stdout.write(f"\n{result.times} harms in {time.monotonic() - begun:.0f} s\n")
    for name, counts in sorted(result.outcomes.items()):
        sys.stdout.write(f"{name}: {', '.join(f'{count} {outcome}' for outcome, count in counts.most_common())}\n")
    if not result.faults:
        sys.stdout.write("Nothing was shown that was not written, and nothing went without a word.\n")
    return int(bool(result.faults))
