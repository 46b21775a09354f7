"""What a measurement ran on, and how much memory it took."""

import os
import platform
import time
from importlib.metadata import version
from pathlib import Path

from bench.peers.serve import peak_mb

__all__ = ["describe", "peak_mb"]

_PACKAGES = ("torch", "onnxruntime")
# A machine that does nothing else stays well below.
_BUSY = 0.1
_WATCHED_SECONDS = 1.0


def describe(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return processor, cores, system and the libraries that compute, and whether other work runs, in one line.

    To be called before the measurement, which is work, too.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    before = _ticks()
    time.sleep(_WATCHED_SECONDS)
    machine = f"{_processor(cpuinfo)}, {cores} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{machine}, {libraries}{beside(before, _ticks())}"


def beside(before: tuple[int, int], after: tuple[int, int]) -> str:
    """Say that other work ran, where so much of the processor was busy between two looks at it; else nothing.

    Args:
        before: Ticks of all cores in all, and those of them that were idle, as Linux counts them.
        after: The same, later.
    """
    passed = after[0] - before[0]
    busy = 1 - (after[1] - before[1]) / passed if passed else 0.0
    return f"; beside other work, which kept the processor busy for {busy:.0%} of the time" if busy > _BUSY else ""


def _ticks(stat: Path = Path("/proc/stat")) -> tuple[int, int]:
    """Return ticks in all and idle ones; nothing where the system does not say it this way."""
    if not stat.is_file():
        return 0, 0
    counts = [int(count) for count in stat.read_text("utf-8").split("\n", 1)[0].split()[1:9]]
    return sum(counts), counts[3] + counts[4]


def _processor(cpuinfo: Path) -> str:
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
