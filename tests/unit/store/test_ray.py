"""Adding with Ray: one of the workers is killed midway, and the library is as if one process had filled it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.open import open_library
from index.ray_adding import Part, add_with_ray, divided
from index.records import Failure
from index.settings import Settings
from index.sources import NamedFile
from index.sources.given import read_given
from index.store import Store
from tests.unit.index.library_fakes import draft

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = 400


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="Several machines cannot write one folder"):
        list(add_with_ray(["a.txt"], "local", Settings(library=tmp_path)))


def test_many_files_stay_whole_and_few_are_cut() -> None:
    files = [NamedFile(Path(f"/news/{n}.jsonl"), f"news/{n}.jsonl") for n in range(7)]
    assert divided(files, 3) == [Part(tuple(files[:2])), Part(tuple(files[2:4])), Part(tuple(files[4:]))]
    assert divided(files[:2], 3) == [Part((file,), n, 2) for file in files[:2] for n in (0, 1)]
    assert divided([], 3) == []


def test_an_address_is_fetched_by_one_worker_only() -> None:
    file = NamedFile(Path("/news/a.jsonl"), "news/a.jsonl")
    missing = Failure("news", "It is not there.")
    parts = divided(["https://a.example/feed", file, missing], 5)
    assert parts == [Part(("https://a.example/feed",)), Part((file,), 0, 2), Part((file,), 1, 2), Part((missing,))]


@pytest.mark.models
def test_a_killed_worker_costs_and_doubles_nothing(address: str, tmp_path: Path) -> None:
    pytest.importorskip("ray")
    file = tmp_path / "articles.jsonl"
    rows = [
        {"title": f"Town {n} votes", "text": draft(n).text, "url": f"https://a.example/{n}"} for n in range(ARTICLES)
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "index", "add", str(file), "--ray", "local", "--library", address]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as adding:
        killed = _kill_a_worker(adding, address)
        told = adding.communicate()[0]
    if "No Ray cluster" in told:
        pytest.skip(f"a Ray cluster could not be started on this machine: {told}")
    assert adding.returncode == 0, told
    assert killed, told
    alone = tmp_path / "alone"
    with (
        open_library(alone, settings=Settings(library=alone), create=True) as one,
        open_library(address, settings=Settings(library=address)) as spread,
    ):
        list(one.add(read_given([str(file)], Settings())))
        assert _contents(spread) == _contents(one)
        assert spread.stats() == one.stats()
        assert spread.verify() == []


def _contents(library: Store) -> set[str]:
    return {json.dumps(row, sort_keys=True) for row in library.export()}


def _kill_a_worker(adding: "subprocess.Popen[str]", address: str) -> bool:
    """Kill a worker of the process once something was added; return whether that was done before it ended."""
    while adding.poll() is None:
        time.sleep(0.05)
        workers = _workers(adding.pid)
        if workers and _has_articles(address):
            os.kill(workers[0], signal.SIGKILL)
            return True
    return False


def _has_articles(address: str) -> bool:
    try:
        with open_library(address, settings=Settings(library=address), check=False) as library:
            return library.stats().articles > 0
    except LibraryError:
        return False  # it is just being made


def _workers(of: int) -> list[int]:
    """Return the processes that add a part and descend from another."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().startswith(b"ray::add_part") and _descends(int(folder.name), of):
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


def _descends(process: int, of: int) -> bool:
    while process > 1:
        if process == of:
            return True
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return False
