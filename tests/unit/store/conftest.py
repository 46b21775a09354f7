"""A library of each kind: a folder, and a database of a milvus-lite server of its own on this machine."""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from index.open import open_library
from index.records import AddStatus, Draft, Filters
from index.store import Store
from tests.unit.index.library_fakes import WordEmbedder, settings

Opener = Callable[..., Store]
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a milvus-lite server; one request at a time, as it is not safe for several writers otherwise."""
    if not importlib.util.find_spec("pymilvus") or not importlib.util.find_spec("milvus_lite"):
        pytest.skip("pymilvus and milvus-lite are not installed (requirements-scale.txt)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-c", "from milvus_lite.cmdline import main; main()", "server", "--host", "127.0.0.1",
        "--port", str(port), "--max-workers", "1", "--data-dir", str(tmp_path_factory.mktemp("milvus")),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield f"milvus://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.skip("the milvus-lite server did not start on this machine")


@pytest.fixture
def address(server: str) -> str:
    """A database that no other test uses."""
    return f"{server}/test_{next(_NUMBERS)}"


@pytest.fixture(params=["folder", "milvus"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new library is to be, of either kind."""
    return tmp_path / "library" if request.param == "folder" else str(request.getfixturevalue("address"))


@pytest.fixture
def opened(where: Path | str) -> Iterator[Opener]:
    """Open the library of this test, as often as is wanted; all are closed afterwards."""
    with ExitStack() as stack:

        def open_it(embedder: WordEmbedder | None = None, *, create: bool = True, **chunking: int) -> Store:
            chosen = settings(**chunking)
            library = open_library(where, embedder or WordEmbedder(), chosen, create=create)
            return stack.enter_context(library)

        yield open_it


@pytest.fixture
def store(opened: Opener) -> Store:
    """An empty library."""
    return opened()


def add(store: Store, *drafts: Draft) -> list[str]:
    results = list(store.add(iter(drafts)))
    assert all(r.status in (AddStatus.ADDED, AddStatus.REPLACED) for r in results), results
    return [result.article_id for result in results]


def texts(store: Store, question: str, filters: Filters = Filters()) -> list[str]:
    hits = store.search_keyword(question, 10, filters)
    chunks = store.chunks(chunk_id for chunk_id, _ in hits)
    articles = store.articles_by_id({chunk.article_id for chunk in chunks.values()})
    return [articles[chunks[i].article_id].text[chunks[i].start : chunks[i].end] for i, _ in hits]
