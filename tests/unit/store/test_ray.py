"""Adding with Ray: one of two workers is killed midway, and the library is as if one process had filled it."""

import json
import os
import signal
import threading
from collections import Counter
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.open import open_library
from index.records import AddStatus
from index.settings import Settings
from index.sources.given import read_given
from index.store import Store
from tests.unit.index.library_fakes import draft

ARTICLES = 160


def test_a_folder_is_refused(tmp_path: Path) -> None:
    from index.ray_adding import add_with_ray

    with pytest.raises(LibraryError, match="Several machines cannot write one folder"):
        list(add_with_ray(["a.txt"], "local", Settings(library=tmp_path)))


@pytest.mark.models
@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_costs_and_doubles_nothing(address: str, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    from index.ray_adding import add_with_ray

    file = tmp_path / "articles.jsonl"
    rows = [
        {"title": f"Town {n} votes", "text": draft(n).text, "url": f"https://a.example/{n}"} for n in range(ARTICLES)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    settings = Settings(library=address)
    open_library(address, settings=settings, create=True, check=False).close()
    killed: list[int] = []
    over = threading.Event()
    watcher = threading.Thread(target=_kill_one, args=(address, killed, over), daemon=True)
    watcher.start()
    counts: Counter[AddStatus] = Counter()
    try:
        for done in add_with_ray([str(file)], "local", settings, parts=2):
            counts += done.counts
    except LibraryError as error:
        if "No Ray cluster" not in str(error):
            raise
        pytest.skip(f"a Ray cluster could not be started on this machine: {error}")
    finally:
        over.set()
    watcher.join(60)
    assert killed, "no worker was at work long enough to be killed"
    assert counts.total() == ARTICLES
    assert counts[AddStatus.FAILED] == 0
    alone = tmp_path / "alone"
    with (
        open_library(alone, settings=Settings(library=alone), create=True) as one,
        open_library(address, settings=settings) as spread,
    ):
        list(one.add(read_given([str(file)], 10_000_000)))
        assert _contents(spread) == _contents(one)
        assert spread.stats() == one.stats()
        assert spread.verify() == []


def _contents(library: Store) -> set[str]:
    return {json.dumps(row, sort_keys=True) for row in library.export()}


def _kill_one(address: str, killed: list[int], over: threading.Event) -> None:
    """Kill a worker of ours once it has added something."""
    with open_library(address, settings=Settings(library=address), check=False) as library:
        while not over.wait(0.05):
            if library.stats().articles and (workers := _workers()):
                os.kill(workers[0], signal.SIGKILL)
                killed.append(workers[0])
                return


def _workers() -> list[int]:
    """Processes that add a part and descend from this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::add_part") and _descends(int(folder.name)):
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


def _descends(process: int) -> bool:
    while process > 1:
        if process == os.getpid():
            return True
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return False
