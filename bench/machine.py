"""What a measurement ran on, and how much memory it took."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench.peers.serve import peak_mb

__all__ = ["describe", "peak_mb"]

_PACKAGES = ("torch", "onnxruntime")


def describe(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """Return processor, cores, system and the libraries that compute, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    libraries = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return f"{_processor(cpuinfo)}, {cores} cores, {platform.system()}, Python {platform.python_version()}, {libraries}"


def _processor(cpuinfo: Path) -> str:
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
