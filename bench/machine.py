"""What a measurement ran on, and how much memory it took."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench.peers.serve import peak_mb

__all__ = ["describe", "peak_mb"]

_PACKAGES = ("torch", "onnxruntime")
# Waiting programs for each core from which on times say little; a machine that does nothing else stays well below.
_BUSY = 0.5


def describe(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return processor, cores, system and the libraries that compute, and whether other work runs, in one line.

    To be called before the measurement, which is work, too.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    libraries = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    machine = f"{_processor(cpuinfo)}, {cores} cores, {platform.system()}, Python {platform.python_version()}"
    return f"{machine}, {libraries}{beside(os.getloadavg()[0], cores)}"


def beside(load: float, cores: int) -> str:
    """Say that other work ran, where a load average of the last minute tells so; else nothing."""
    return f"; beside other work (load average {load:.1f}), so times are too long" if load > _BUSY * cores else ""


def _processor(cpuinfo: Path) -> str:
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
