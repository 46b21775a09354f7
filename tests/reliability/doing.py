"""What is done to a library in the process that is killed, and how it tells what is done."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

# Here, so that a process forked from one that imported this module need not import them again.
import faiss  # noqa: F401
import numpy as np
import tantivy  # noqa: F401
from numpy.typing import NDArray

from index.backup import restore
from index.library import Library
from index.records import Draft
from index.vector_kinds import Plan
from tests.unit.index.library_fakes import WordEmbedder, draft, settings

# So that some hundred passages are a large library, whose vector index is trained.
SMALL = Plan(exact_up_to=100, lists_per_root=1.0, samples_per_list=10)
BACKUP = "backup"


@dataclass(frozen=True)
class Task:
    """What a process is to do: add drafts, remove ids, or what the phase says.

    Attributes:
        phase: Its name.
        folder: The library.
        drafts: What is added; in the phase "replace" each has the address of an article that is there.
        ids: What is removed.
        beside: Where the backup is read or written.
    """

    phase: str
    folder: Path
    drafts: tuple[Draft, ...] = ()
    ids: tuple[str, ...] = ()
    beside: Path = Path(BACKUP)


class _SlowEmbedder(WordEmbedder):
    """Takes a moment, as a model does, so that a process can be killed while it embeds."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(0.005)
        return super().embed(texts)


def opened(folder: Path, create: bool = False) -> Library:
    """Open a library whose vector index is trained early."""
    return Library.open(folder, _SlowEmbedder(), settings(), create=create, plan=SMALL)


def town(number: int, version: int = 0) -> Draft:
    """Return an article whose address is its own, in one of its versions."""
    about = "the harbour" if version == 0 else f"{version} new schools and a bridge"
    return draft(number, about, url=f"https://example.org/{number}")


def do(task: Task, told: Connection) -> None:
    """Do what is asked; tell ``ready`` before, each id as soon as it is reported, and ``done`` in the end."""
    with opened(task.folder) as library:
        told.send("ready")
        for reported in _PHASES[task.phase](library, task):
            told.send(reported)
    told.send("done")


def _add(library: Library, task: Task) -> Iterable[str]:
    return (result.article_id for result in library.add(task.drafts))


def _remove(library: Library, task: Task) -> Iterable[str]:
    return (library.remove(article) for article in task.ids)


def _rebuild(library: Library, _: Task) -> Iterable[str]:
    library.rebuild()
    return ()


def _train(library: Library, _: Task) -> Iterable[str]:
    library.settle()
    return ()


def _back_up(library: Library, task: Task) -> Iterable[str]:
    library.back_up(task.beside)
    return ()


def _restore(_: Library, task: Task) -> Iterable[str]:
    restore(task.beside, task.folder, replace=True)
    return ()


_PHASES: dict[str, Callable[[Library, Task], Iterable[str]]] = {
    "add": _add,
    "replace": _add,
    "remove": _remove,
    "rebuild": _rebuild,
    "train": _train,
    "backup": _back_up,
    "restore": _restore,
}
PHASES = tuple(_PHASES)
