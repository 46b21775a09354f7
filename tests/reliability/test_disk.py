"""Disks that are full, and files and folders that may not be read or written: a sentence, and nothing is lost."""

import json
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.__main__ import main
from index.catalog import CATALOG_FILE
from index.embed import Embedder
from index.errors import LibraryError
from index.keyword_files import copy_keyword_files
from index.records import AddResult
from tests.reliability.doing import opened
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library

_ROOM = 900_000  # bytes, too few for all that is added
_ARTICLES = 400


@pytest.fixture(autouse=True)
def _small_embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Embedder, "load", lambda *_: WordEmbedder("bundled"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, with little room; only an administrator can have one."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or not _mounted(place, f"size={_ROOM}"):
        pytest.skip("A small file system cannot be mounted here.")
    yield place
    subprocess.run(["umount", "--lazy", place], check=True)


def _mounted(place: Path, options: str) -> bool:
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True).returncode == 0


@contextmanager
def _largest_file(size: int) -> Iterator[None]:
    """Let no file become larger; a process may do that to itself."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _rows(folder: Path) -> Path:
    file = folder / "rows.jsonl"
    rows = (
        {"title": one.title, "text": f"{one.text} {'More was said. ' * 60}"} for one in map(draft, range(_ARTICLES))
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def _refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, list[str]]:
    """Run a command that fails; return what it said, one sentence, and the ids that it reported before."""
    capsys.readouterr()
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert err.count("\n") == 1, err
    return err, [line.split()[1] for line in out.splitlines() if line.startswith("added ")]


def _goes_on(library: Path, rows: Path, reported: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What was reported is there, and adding goes on once there is room."""
    with open_library(
        library, create=False, embedder=WordEmbedder("bundled"), chunk_tokens=200, chunk_overlap=40
    ) as it:
        assert set(reported) <= {summary.id for summary in it.articles()}
        assert it.verify() == []
    assert main(["add", str(rows), "--library", str(library)]) == 0
    assert f"{_ARTICLES} articles" in capsys.readouterr().out
    assert main(["verify", "--library", str(library)]) == 0


def test_a_full_disk_loses_nothing_that_was_reported(
    small_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, rows = small_disk / "library", _rows(tmp_path)
    said, reported = _refusal(capsys, "add", str(rows), "--verbose", "--library", str(library))
    assert "Check the folder's permissions and free space." in said
    assert reported
    assert "free space" in _refusal(capsys, "backup", str(small_disk / "backup"), "--library", str(library))[0]
    assert not (small_disk / "backup").exists()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    _goes_on(library, rows, reported, capsys)


def test_a_file_that_may_not_grow_loses_nothing_that_was_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library, rows = tmp_path / "library", _rows(tmp_path)
    with _largest_file(_ROOM):
        said, reported = _refusal(capsys, "add", str(rows), "--verbose", "--library", str(library))
    assert "cannot be opened or written" in said
    assert reported
    _goes_on(library, rows, reported, capsys)


def test_indexes_that_cannot_be_written_are_made_up_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results: list[AddResult] = []
    with opened(tmp_path, create=True) as library:
        # The catalog has room, the indexes have none.
        monkeypatch.setattr(library._indexes, "save", _within(3000, library._indexes.save))
        results += library.add(map(draft, range(60)))
        with _largest_file(3000), pytest.raises(LibraryError, match=r"keywords cannot be written .* free space"):
            library.search_keyword("mayor vote", 5)
        assert library.search_keyword("mayor vote", 5)
    with opened(tmp_path) as library:
        assert {result.article_id for result in results} == {summary.id for summary in library.articles()}
        assert library.verify() == []


def _within(size: int, act: Callable[[], None]) -> Callable[[], None]:
    def limited() -> None:
        with _largest_file(size):
            act()

    return limited


def _read_only_folder(folder: Path) -> Callable[[], object]:
    if os.geteuid() != 0:
        folder.chmod(0o555)
        return lambda: folder.chmod(0o755)
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True).returncode:
        pytest.skip("A folder cannot be mounted read-only here.")
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    return lambda: subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def _seen_only(folder: Path, view: Path) -> Iterator[None]:
    """Let a folder that may be written be seen in another place where it may only be read."""
    view.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "--bind", folder, view], capture_output=True).returncode:
        pytest.skip("A folder cannot be mounted read-only here.")
    subprocess.run(["mount", "-o", "remount,ro,bind", view], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", view], check=True)


def _read_only_file(folder: Path) -> Callable[[], object]:
    file = folder / CATALOG_FILE
    if os.geteuid() != 0:
        file.chmod(0o444)
        return lambda: file.chmod(0o644)
    if subprocess.run(["chattr", "+i", file], capture_output=True).returncode:
        pytest.skip("A file cannot be made immutable here.")
    return lambda: subprocess.run(["chattr", "-i", file], check=True)


@pytest.mark.parametrize("protect", [_read_only_folder, _read_only_file])
def test_what_may_only_be_read_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], protect: Callable[[Path], Callable[[], object]]
) -> None:
    library, rows = tmp_path / "library", _rows(tmp_path)
    with open_library(library, embedder=WordEmbedder("bundled"), chunk_tokens=200, chunk_overlap=40) as it:
        (first,) = [result.article_id for result in it.add([draft(1)])]
    free = protect(library)
    try:
        for command in (("add", str(rows)), ("remove", first), ("rebuild",), ("restore", str(library), "--replace")):
            said, reported = _refusal(capsys, *command, "--library", str(library))
            assert f"{library}" in said and "ermission" in said and not reported
    finally:
        free()
    assert main(["remove", first, "--library", str(library)]) == 0


@pytest.fixture(params=["closed", "cut off"])
def only_read(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A library of two articles that may only be read: one that was closed, or one whose writer was killed."""
    written, library = tmp_path / "written", tmp_path / "library"
    with opened(written, create=True) as it:
        list(it.add([draft(1), draft(2)]))
        if request.param == "cut off":
            shutil.copytree(written, library)
    if request.param == "closed":
        shutil.copytree(written, library)
    assert Path(f"{library / CATALOG_FILE}-wal").exists() == (request.param == "cut off")
    free = _read_only_folder(library)
    yield library
    free()


def test_a_library_that_may_only_be_read_is_read(
    only_read: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {file: file.read_bytes() for file in only_read.rglob("*") if file.is_file()}
    for command in (("list",), ("stats",), ("export",), ("verify",), ("audit",), ("backup", str(tmp_path / "backup"))):
        assert main([*command, "--library", str(only_read)]) == 0, capsys.readouterr().err
    assert "Nothing is wrong: 2 articles" in capsys.readouterr().out
    assert main(["verify", "--library", str(tmp_path / "backup")]) == 0
    vector = WordEmbedder().embed([draft(1).text])[0]
    with opened(only_read, create=True) as library, opened(tmp_path / "written") as written:  # created: as the app does
        assert library.search_keyword("council", 5) == written.search_keyword("council", 5) != []
        assert library.search_dense(vector, 5) == written.search_dense(vector, 5) != []
        with pytest.raises(LibraryError, match=r"may only be read.*copy the folder"):
            list(library.add([draft(3)]))
    assert files == {file: file.read_bytes() for file in only_read.rglob("*") if file.is_file()}


def test_what_another_user_writes_is_seen_by_one_who_may_only_read(tmp_path: Path) -> None:
    library, view = tmp_path / "library", tmp_path / "view"
    with opened(library, create=True) as writer:
        list(writer.add([draft(1)]))
    with _seen_only(library, view), opened(view) as reader:
        assert len(reader.articles()) == 1
        with opened(library) as writer:
            list(writer.add([draft(2)]))
            assert len(reader.articles()) == 2
        assert len(reader.articles()) == 2
        assert len(reader.search_keyword("council", 5)) == 2


def test_who_may_read_the_catalog_may_read_the_indexes(tmp_path: Path) -> None:
    with opened(tmp_path, create=True) as library:
        list(library.add([draft(1)]))
    expected = tmp_path.joinpath(CATALOG_FILE).stat().st_mode
    assert {file.stat().st_mode for file in tmp_path.joinpath("keywords").glob("[!.]*")} == {expected}
    assert tmp_path.joinpath("vectors.faiss").stat().st_mode == expected


def test_the_copy_of_an_index_can_be_written_where_the_index_cannot(tmp_path: Path) -> None:
    index = tmp_path / "keywords"
    index.mkdir()
    (index / "meta.json").write_text("{}")
    for path in (index / "meta.json", index):
        path.chmod(path.stat().st_mode & ~0o222)
    copy = copy_keyword_files(index)
    assert [copy.stat().st_mode & 0o777, (copy / "meta.json").stat().st_mode & 0o200] == [0o700, 0o200]
    shutil.rmtree(copy)
    index.chmod(0o700)


def test_a_log_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path / "written", create=True) as library:
        list(library.add([draft(1)]))
        shutil.copytree(tmp_path / "written", tmp_path / "library", ignore=shutil.ignore_patterns("*-shm"))
    free = _read_only_folder(tmp_path / "library")
    try:
        said, _ = _refusal(capsys, "list", "--library", str(tmp_path / "library"))
        assert "catalog.sqlite-wal" in said and "Copy the folder" in said
    finally:
        free()


@pytest.mark.skipif(os.geteuid() == 0, reason="An administrator may read everything.")
def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = tmp_path / "library"
    open_library(library).close()
    library.chmod(0)
    try:
        assert "Check its permissions" in _refusal(capsys, "list", "--library", str(library))[0]
    finally:
        library.chmod(0o755)


def test_a_library_cannot_be_made_where_a_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    said, _ = _refusal(capsys, "add", str(_rows(tmp_path)), "--library", str(tmp_path / "file"))
    assert "cannot be made" in said and "name another" in said
