"""What a library holds, counted."""

import sqlite3
from pathlib import Path

import pytest

from index import catalog_counts as counts
from index.records import Filters, LibraryStats
from tests.unit.index.library_fakes import draft, open_library


def test_counts_are_read_anew_only_after_a_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[Filters] = []
    real = counts.read_stats

    def counting(connection: sqlite3.Connection, filters: Filters) -> LibraryStats:
        counted.append(filters)
        return real(connection, filters)

    monkeypatch.setattr(counts, "read_stats", counting)
    few = Filters(publications=("The Other",))
    with open_library(tmp_path / "lib") as library, open_library(tmp_path / "lib") as second:
        (added,) = library.add([draft(1)])
        assert [library.stats().articles for _ in range(3)] == [1, 1, 1]
        assert library.stats(few).articles == 0
        assert counted == [Filters(), few]
        second.remove(added.article_id)
        assert library.stats().articles == 0
        assert len(counted) == 3
