"""A library that an earlier version made opens and gets its groups, also where that is cut off."""

import sqlite3
from pathlib import Path

import pytest

from index import upgrade as module
from index.catalog import CATALOG_FILE, Catalog
from tests.unit.index.library_fakes import open_library
from tests.unit.index.stories import made_up, story
from tests.unit.index.test_duplicate_groups import COURIER, MAIL, OTHER


def make_old(folder: Path) -> list[str]:
    """Make a library with two copies, as schema 1 had it; return their ids."""
    with open_library(folder) as library:
        ids = [result.article_id for result in library.add([MAIL, OTHER, COURIER])]
        list(library.add(story(made_up(seed), f"T{seed}", "P") for seed in range(10)))
    connection = sqlite3.connect(folder / CATALOG_FILE)
    with connection:
        for table in ("copy", "fingerprint", "story"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    connection.close()
    return [ids[0], ids[2]]


@pytest.mark.parametrize("create", [False, True])
def test_an_old_library_gets_its_groups_when_it_is_opened(tmp_path: Path, create: bool) -> None:
    copies = make_old(tmp_path)
    for _ in range(2):
        with open_library(tmp_path, create=create) as library:
            assert [article.id for article in library.copies(copies)[copies[1]]] == copies
            assert library.verify() == []


def test_an_upgrade_that_is_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = make_old(tmp_path)
    monkeypatch.setattr(module, "_AT_ONCE", 5)
    catalog = Catalog(tmp_path)
    catalog.make_tables()
    assert not module._group_some(catalog)
    with catalog.reading() as connection:
        assert connection.execute("SELECT count(*) FROM story").fetchone()[0] == 5
    catalog.close()
    with open_library(tmp_path, create=False) as library:
        assert [article.id for article in library.copies(copies)[copies[1]]] == copies
        assert library.verify() == []
