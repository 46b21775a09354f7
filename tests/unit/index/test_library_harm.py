"""What happens to a library when processes collide, or files are damaged."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.catalog import CATALOG_FILE
from index.errors import LibraryError, LibraryMismatchError
from index.vectors import VECTORS_FILE
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import draft, open_library

ROOT = Path(__file__).resolve().parents[3]


def start_adding(folder: Path, first: int, last: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.unit.index.library_adder", str(folder), str(first), str(last)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_add_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    processes = [start_adding(folder, 0, 120), start_adding(folder, 60, 180)]
    outputs = [process.communicate(timeout=120)[0].split("\n") for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    added = [line.split()[-1] for lines in outputs for line in lines if line.startswith("added")]
    assert len(added) == len(set(added)) == 180
    with open_library(folder) as library:
        assert library.stats().articles == 180
        assert library.verify() == []


def test_searching_while_adding(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        list(library.add([draft(0)]))
        vector = library.embedder.embed(["vote"])[0]
        failures: list[Exception] = []
        done = threading.Event()

        def ask() -> None:
            try:
                while not done.is_set():
                    ids = [i for i, _ in library.search_dense(vector, 10)]
                    ids += [i for i, _ in library.search_keyword("mayor vote", 10)]
                    chunks = library.chunks(ids)
                    articles = library.articles_by_id(c.article_id for c in chunks.values())
                    assert all(articles[c.article_id].text[c.start : c.end] for c in chunks.values())
            except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        list(library.add(draft(n) for n in range(1, 80)))
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "gone", "old"])
def test_a_damaged_vector_file_heals(tmp_path: Path, harm: str) -> None:
    file = tmp_path / VECTORS_FILE
    with open_library(tmp_path) as library:
        list(library.add(draft(n) for n in range(10)))
        data = file.read_bytes()
        if harm == "old":
            list(library.add(draft(n) for n in range(10, 15)))
            library.remove(library.articles()[0].id)
        expected = library.search_dense(library.embedder.embed(["vote 7"])[0], 100)
    middle = len(data) // 2
    damaged = {"cut": data[:middle], "flipped": data[:middle] + b"\xff" * 8 + data[middle + 8 :], "empty": b""}
    if harm == "gone":
        file.unlink()
    else:
        file.write_bytes(damaged.get(harm, data))
    with open_library(tmp_path, create=False) as library:
        assert library.verify() == []
        found = library.search_dense(library.embedder.embed(["vote 7"])[0], 100)
        assert dict(found) == pytest.approx(dict(expected), abs=1e-6)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a database at all" * 500, "is damaged"),
        (b"", "holds no library"),
    ],
)
def test_a_damaged_catalog_is_said_in_one_sentence(tmp_path: Path, data: bytes, said: str) -> None:
    (tmp_path / CATALOG_FILE).write_bytes(data)
    with pytest.raises(LibraryError, match=said):
        open_library(tmp_path, create=False)


def test_a_catalog_damaged_into_what_sqlite_cannot_say_is_told_all_the_same(tmp_path: Path) -> None:
    open_library(tmp_path).close()
    file = tmp_path / CATALOG_FILE
    # SQLite quotes the word that it does not understand, which is no UTF-8.
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE", b"CREATE TAB\xceE", 1))
    with pytest.raises(LibraryError, match="is damaged"):
        open_library(tmp_path)


def test_a_cut_catalog_never_ends_in_another_error(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        list(library.add(draft(n) for n in range(60)))
    file = tmp_path / CATALOG_FILE
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 // 4096 * 4096])
    problems = []
    try:
        with open_library(tmp_path, create=False) as library:
            problems = library.verify()
            list(library.articles())
    except LibraryError as error:
        problems.append(str(error))
    assert any("damaged" in problem for problem in problems)


def test_another_schema_is_refused(tmp_path: Path) -> None:
    open_library(tmp_path).close()
    change(tmp_path, "UPDATE meta SET value = '99' WHERE key = 'schema'")
    with pytest.raises(LibraryMismatchError, match=r"schema 99.*schema 4"):
        open_library(tmp_path, create=False)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ('UPDATE chunk SET "end" = 100000 WHERE id = 1', "outside its text"),
        ("UPDATE chunk SET vector = zeroblob(32) WHERE id = 1", "length is not 1"),
        ("UPDATE chunk SET vector = zeroblob(4) WHERE id = 1", "another length than 16"),
        ("UPDATE article SET text = text || '.'", "is damaged on disk"),
        ("UPDATE paragraph SET start = 1000000 WHERE position = 0", "paragraphs outside"),
        ("DELETE FROM chunk WHERE id = 1", "word index differs"),
        ("DELETE FROM chunk", "has no passages"),
    ],
)
def test_verify_finds_what_is_wrong(tmp_path: Path, statement: str, said: str) -> None:
    with open_library(tmp_path) as library:
        list(library.add(draft(n) for n in range(3)))
        change(tmp_path, statement)
        assert any(said in problem for problem in library.verify())
