"""Folders and files that are none, lead elsewhere, cannot be opened, or change while they are read."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.records import Draft, Failure
from index.sources import Limits, count_items, read_paths

TEXT = "Council votes to rebuild wall\n\nThe council voted on Monday to rebuild the harbour wall."
LIMITS = Limits(file_bytes=100_000)


def read(*paths: Path) -> list[Draft | Failure]:
    assert count_items(paths) is not None
    return list(read_paths(paths, LIMITS))


def reason(path: Path) -> str:
    (item,) = read(path)
    assert isinstance(item, Failure), item
    assert item.reason.endswith(".")
    return item.reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "news"
    made.mkdir()
    (made / "a.txt").write_text(TEXT)
    return made


def test_links_are_followed_only_within_the_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.txt").write_text(TEXT)
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up.txt").symlink_to("../secret.txt")
    (folder / "gone.txt").symlink_to("nothing.txt")
    (folder / "ring.txt").symlink_to("ring.txt")
    (folder / "folder").symlink_to(tmp_path / "elsewhere")
    (folder / "loop").symlink_to(folder)
    items = read(folder)
    assert [item.source for item in items if isinstance(item, Draft)] == ["news/a.txt", "news/in.txt"]
    failures = [item for item in items if isinstance(item, Failure)]
    assert [Path(item.source).name for item in failures] == ["gone.txt", "out.txt", "ring.txt", "up.txt"]
    assert all("link" in item.reason for item in failures)


def test_a_link_that_is_named_itself_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(folder / "a.txt")
    assert isinstance(read(tmp_path / "link.txt")[0], Draft)


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket.txt"))
        (folder / "folder.txt").mkdir()
        kinds = [type(item) for item in read(folder)]
    assert kinds == [Draft, Failure, Failure]
    assert "neither a file" in reason(folder / "pipe.txt")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_devices_are_refused() -> None:
    for name in ("/dev/zero", "/dev/null", "/dev/tty"):
        assert reason(Path(name))


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_what_may_not_be_read_is_reported(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    assert "could not be opened" in reason(folder / "a.txt")
    folder.chmod(0)
    assert "could not be opened" in reason(folder)
    assert "could not be opened" in reason(folder / "a.txt")
    folder.chmod(0o700)


def test_names_are_shown_safely(folder: Path) -> None:
    (folder / "a.txt").unlink()
    for name in (
        b"a\nadded.txt",
        b"b\xff\xfe.txt",
        "c\u202etxt.exe.txt".encode(),
        b"d\x1b[31m.txt",
        b"e" * 240 + b".txt",
    ):
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_text(TEXT)  # noqa: PTH118
    items = read(folder)
    assert all(isinstance(item, Draft) for item in items)
    assert [item.source for item in items[:4]] == [
        "news/a added.txt",
        "news/b\ufffd\ufffd.txt",
        "news/ctxt.exe.txt",
        "news/d[31m.txt",
    ]


@pytest.mark.parametrize("name", ["no\0such.txt", "x" * 300 + ".txt", "a/" * 3000 + "a.txt", "\udcff.txt", "nothing"])
def test_files_that_cannot_be(name: str) -> None:
    assert "no such file" in reason(Path(name)) or "could not be opened" in reason(Path(name))


def test_folders_within_folders_without_end(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(5000):  # far longer than a path may be
        os.mkdir("d", dir_fd=here)
        following = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = following
    os.close(here)
    first, *others = read(folder)
    assert isinstance(first, Draft)
    assert [type(item) for item in others] == [Failure]
    _remove(folder)


def test_a_file_that_vanishes_or_grows(folder: Path) -> None:
    for number in range(3):
        (folder / f"b{number}.txt").write_text(TEXT)
    items = read_paths([folder], LIMITS)
    assert isinstance(next(items), Draft)
    (folder / "b0.txt").unlink()
    (folder / "b1.txt").write_text("wall " * 100_000)
    (folder / "b2.txt").write_text("")
    (folder / "c.txt").write_text(TEXT)
    reasons = [item.reason if isinstance(item, Failure) else "" for item in items]
    assert ["no such file" in reasons[0], "max_file_mb" in reasons[1], "empty" in reasons[2]] == [True] * 3


def test_a_file_that_grows_while_it_is_read(folder: Path) -> None:
    lines = folder / "a.jsonl"
    lines.write_text('{"text": "The wall stands."}\n' * 2)
    items = read_paths([lines], Limits(file_bytes=2000))

    def growing() -> Iterator[Draft | Failure]:
        for item in items:
            with lines.open("a") as more:
                more.write('{"text": "The wall stands."}\n' * 40)
            yield item

    assert "max_file_mb" in [item.reason for item in growing() if isinstance(item, Failure)][-1]


def test_a_sparse_file_of_a_terabyte(folder: Path) -> None:
    with (folder / "b.txt").open("wb") as file:
        file.truncate(10**12)
    assert "max_file_mb" in reason(folder / "b.txt")


def _remove(folder: Path) -> None:
    """Remove folders deeper than a path is long, from the inside of each to the next."""
    here = os.open(folder, os.O_RDONLY)
    depth = 0
    while os.path.isdir(f"/proc/self/fd/{here}/d"):  # noqa: PTH112
        following = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here, depth = following, depth + 1
    for _ in range(depth):
        above = os.open("..", os.O_RDONLY, dir_fd=here)
        os.rmdir("d", dir_fd=above)
        os.close(here)
        here = above
    os.close(here)
