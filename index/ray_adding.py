"""Add articles on several machines at once with Ray: each worker reads, embeds and stores its part of the input.

A part that is done twice, because a worker died, does no harm: ids follow from what articles hold, and each step of
writing may be repeated (index/milvus/writes.py).
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.audit import this_user
from index.embed import Embedder
from index.errors import LibraryError, OnRecordError, first_line
from index.open import open_library
from index.prepare import EmbedderSource
from index.records import AddResult, AddStatus, Draft, Failure
from index.settings import Settings
from index.sources import NamedFile
from index.sources.given import Given, list_given, read_listed

# Items of a slice next to each other stay together, so that it has whole batches to embed.
_TOGETHER = 64
_RETRIES = 5
_PARTS_PER_WORKER = 4
_ROOT = Path(__file__).resolve().parent.parent
_INSTALL = "pip install -r requirements-scale.txt"


@dataclass(frozen=True, slots=True)
class Part:
    """Every ``of``-th run of items of some files and addresses, from number ``number`` on."""

    given: tuple[Given, ...]
    number: int = 0
    of: int = 1


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one part.

    Attributes:
        counts: How many items ended how. Where a worker died, what it had added counts as already there.
        told: The results that the user is told one by one.
    """

    counts: Counter[AddStatus]
    told: tuple[AddResult, ...]


def add_with_ray(paths: Sequence[str], address: str, settings: Settings, parts: int = 0) -> Iterator[Done]:
    """Add files on the workers of a Ray cluster; yield each part as it is done.

    Args:
        paths: Files, folders and web addresses, which all workers must be able to read under these names.
        address: Of the cluster ("ray://head:10001", "auto"), or "local" for one on this machine.
        settings: As for adding here; the library must be in Milvus.
        parts: Into how many parts the input is divided; 0 for four times as many as there are processors.

    Raises:
        LibraryError: The library is a folder, Ray is not installed or not there, or a part failed for good.
    """
    if not isinstance(settings.library, str):
        raise LibraryError(
            "Several machines cannot write one folder. Add to a library in Milvus: --library milvus://host:port"
        )
    # Before anything else: a process that has called Milvus cannot start those of Ray, for both use gRPC.
    ray = _connect(address)
    try:
        open_library(settings.library, settings=settings, create=True).close()
        count = parts or _PARTS_PER_WORKER * max(1, int(ray.cluster_resources().get("CPU", 1)))
        task = ray.remote(num_cpus=1, max_retries=_RETRIES, retry_exceptions=[LibraryError])(add_part)
        used = settings.model_dump()
        waiting = [task.remote(part, used) for part in divided(list(list_given(paths)), count)]
        while waiting:
            ready, waiting = ray.wait(waiting, num_returns=1)
            try:
                yield ray.get(ready[0])
            except (ray.exceptions.RayTaskError, ray.exceptions.WorkerCrashedError) as error:
                raise LibraryError(
                    f"A part of the articles was given up ({_cause(error)}). What was reported is in the library; the "
                    "same command goes on where it stopped."
                ) from error
    finally:
        ray.shutdown()


def divided(given: Sequence[Given], count: int) -> list[Part]:
    """Divide what is given into ``count`` parts or a few more.

    Whole files, next to each other, where there are enough of them; else each file into as many slices as it takes,
    which the workers cut as they read it. An address is never cut: each of them would fetch it.
    """
    if len(given) >= count:
        bounds = [len(given) * number // count for number in range(count + 1)]
        return [Part(tuple(given[start:end])) for start, end in pairwise(bounds)]
    slices = -(-count // max(1, len(given)))
    return [
        Part((one,), number, of)
        for one in given
        for of in [slices if isinstance(one, NamedFile) else 1]
        for number in range(of)
    ]


def add_part(part: Part, used: dict[str, Any]) -> Done:
    """Add one part, with these settings; runs in a worker."""
    settings = Settings(**used)
    counts: Counter[AddStatus] = Counter()
    told: list[AddResult] = []
    with open_library(
        settings.library, _embedder(settings.embedder, settings.threads), settings, create=True
    ) as library:
        for result in library.add(_items(part, settings), this_user("command")):
            counts[result.status] += 1
            if result.status in (AddStatus.FAILED, AddStatus.REPLACED):
                told.append(result)
    return Done(counts, tuple(told))


def _items(part: Part, settings: Settings) -> Iterator[Draft | Failure]:
    items = (item for given in part.given for item in read_listed(given, settings))
    for place, item in enumerate(items):
        if place // _TOGETHER % part.of == part.number:
            yield item


@lru_cache(maxsize=1)
def _embedder(name: str, threads: int) -> EmbedderSource:
    """Return the embedder, loaded once for all parts that a worker gets."""
    return Embedder.load(name, threads or 1)  # Ray gives each worker one processor


def _connect(address: str) -> Any:  # noqa: ANN401 - ray need not be installed
    try:
        import ray
    except ImportError as error:
        raise LibraryError(f"Adding with --ray needs Ray, which is not installed. Install it: {_INSTALL}") from error
    # Workers find the program where it is here; on other machines it must be installed in the same folder.
    environment = {"env_vars": {"PYTHONPATH": str(_ROOT), "HF_HUB_OFFLINE": os.environ.get("HF_HUB_OFFLINE", "1")}}
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would call home
    try:
        ray.init(
            address=None if address == "local" else address,
            runtime_env=environment,
            log_to_driver=False,
            include_dashboard=False if address == "local" else None,
            logging_level="ERROR",
        )
    except Exception as error:  # it raises bare ones, too
        raise LibraryError(
            f"No Ray cluster answers at {address} ({first_line(error)}). Start one (ray start --head), or use "
            "--ray local."
        ) from error
    return ray


def _cause(error: Exception) -> str:
    cause = getattr(error, "cause", None)
    return first_line(cause if isinstance(cause, OnRecordError) else error)
