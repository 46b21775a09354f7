"""What one process reads while another one writes, at the moment where it hurts most."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import duplicate_groups
from index.catalog import CATALOG_FILE
from index.catalog_reads import read_articles
from index.people_file import read_groups
from index.records import Article
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library
from tests.unit.index.stories import LOCK, story

ROOT = Path(__file__).resolve().parents[3]
JOIN = """
import sys
from pathlib import Path
from index.people_file import NameKey, put_together
folder, first = Path(sys.argv[1]), int(sys.argv[2])
for number in range(first, first + 100):
    put_together(folder, [NameKey(f"Ann {number}", ""), NameKey(f"Bob {number}", "")])
"""


def test_a_copy_that_is_removed_while_copies_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_library(tmp_path) as library, open_library(tmp_path) as other:
        first, second = (r.article_id for r in library.add([story(LOCK, "A", "Times"), story(LOCK, "A", "Courier")]))

        def read_late(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Article]:
            monkeypatch.undo()
            other.remove(second)
            return read_articles(connection, ids)

        monkeypatch.setattr(duplicate_groups, "read_articles", read_late)
        assert [article.id for article in library.copies([first])[first]] == [first, second]
        assert library.copies([first]) == {}


def test_names_that_two_processes_join_at_once_are_all_kept(tmp_path: Path) -> None:
    open_library(tmp_path).close()
    commands = [[sys.executable, "-c", JOIN, str(tmp_path), first] for first in ("0", "100")]
    processes = [subprocess.Popen(command, cwd=ROOT) for command in commands]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert {min(group).name for group in read_groups(tmp_path)} == {f"Ann {number}" for number in range(200)}


def test_while_a_rebuild_embeds_others_can_write(tmp_path: Path) -> None:
    """Also what they add meanwhile is embedded before the lock is taken."""

    class Watching(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            with closing(sqlite3.connect(tmp_path / CATALOG_FILE, timeout=0, isolation_level=None)) as connection:
                connection.execute("BEGIN IMMEDIATE")  # fails where the rebuild has the lock
            return super().embed(texts)

    with open_library(tmp_path) as other:
        list(other.add(draft(number) for number in range(5)))
        told: list[tuple[int, int]] = []

        def add_more(done: int, of: int) -> None:
            if not told:
                list(other.add(draft(number) for number in range(5, 9)))
            told.append((done, of))

        with open_library(tmp_path, embedder=Watching()) as library:
            library.rebuild(add_more)
            assert library.verify() == []
        assert told == [(5, 5), (9, 9)]
        assert other.stats().articles == 9
