"""A library that an earlier version made opens and gets what it lacks, also where that is cut off."""

import json
import logging
import sqlite3
from pathlib import Path

import pytest

from index import statement_writes
from index import upgrade as module
from index.catalog import CATALOG_FILE, Catalog
from index.errors import LibraryError
from index.people_file import PEOPLE_FILE, NameKey, read_groups
from index.records import Article, Statement
from index.seals import SEALED
from index.statements import statements
from tests.unit.index.library_fakes import open_library
from tests.unit.index.stories import made_up, story
from tests.unit.index.test_duplicate_groups import COURIER, MAIL, OTHER

_NEW_IN = {
    2: ("copy", "fingerprint", "story"),
    3: ("statement_fts", "statement", "speaker", "statement_rules"),
    4: ("person_name",),
}


def make_old(folder: Path, schema: int) -> list[str]:
    """Make a library with two copies, as an earlier schema had it; return their ids."""
    with open_library(folder) as library:
        ids = [result.article_id for result in library.add([MAIL, OTHER, COURIER])]
        list(library.add(story(made_up(seed), f"T{seed}", "P") for seed in range(10)))
        assert library.statements()
    connection = sqlite3.connect(folder / CATALOG_FILE)
    with connection:
        if schema < 3:
            connection.execute("DELETE FROM statement")
            connection.execute("DROP VIEW statement_text")
            connection.execute("DELETE FROM meta WHERE key = 'statement_rules'")
        for table in (table for number in (2, 3, 4) if number > schema for table in _NEW_IN[number]):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(schema),))
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables.intersection((*SEALED, "statement")):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN seal")
        connection.execute("ALTER TABLE article DROP COLUMN layout")
        if schema == 3:
            connection.execute("ALTER TABLE statement DROP COLUMN words_crc")
    connection.close()
    return [ids[0], ids[2]]


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("schema", [1, 2, 3])
def test_an_old_library_gets_what_it_lacks_when_it_is_opened(tmp_path: Path, create: bool, schema: int) -> None:
    copies = make_old(tmp_path, schema)
    for _ in range(2):
        with open_library(tmp_path, create=create) as library:
            assert [article.id for article in library.copies(copies)[copies[1]]] == copies
            said = library.statements_of(copies)
            assert said == {i: statements(library.article(i)) for i in copies}
            assert any(said.values())
            assert library.verify() == []


def test_an_upgrade_that_is_cut_off_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = make_old(tmp_path, 1)
    monkeypatch.setattr(module, "_AT_ONCE", 5)
    catalog = Catalog(tmp_path)
    catalog.make_tables()
    module._seal(catalog)
    assert module._group_some(catalog) == 5
    assert module._read_some(catalog) == 5
    with catalog.reading() as connection:
        assert connection.execute("SELECT count(*) FROM story").fetchone()[0] == 5
        assert connection.execute("SELECT count(*) FROM statement_rules").fetchone()[0] == 5
        assert connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()[0] == "1"
    catalog.close()
    with open_library(tmp_path, create=False) as library:
        assert [article.id for article in library.copies(copies)[copies[1]]] == copies
        assert library.verify() == []


def test_each_article_is_read_once_even_where_the_rules_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    make_old(tmp_path, 2)
    read: list[str] = []

    def fail_on_one(article: Article) -> tuple[Statement, ...]:
        read.append(article.id)
        if len(read) == 2:
            raise RecursionError
        return statements(article)

    monkeypatch.setattr(statement_writes, "statements", fail_on_one)
    monkeypatch.setattr(module, "_TOLD_AFTER", 1)
    with caplog.at_level(logging.INFO, "index.upgrade"):
        open_library(tmp_path, create=False).close()
    with open_library(tmp_path, create=False) as library:
        assert sorted(read) == sorted(summary.id for summary in library.articles())
        assert library.verify() == []
    assert "finding who said what, 13 articles done" in caplog.text
    assert f"Statements of article {read[1]}" in caplog.text


def test_newer_rules_read_all_articles_again_and_older_ones_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_library(tmp_path) as library:
        list(library.add([MAIL, OTHER]))
        before = len(library.statements())
    monkeypatch.setattr(statement_writes, "statements", lambda _: ())
    with open_library(tmp_path) as library:
        assert len(library.statements()) == before > 0
    for place in (module, statement_writes):
        monkeypatch.setattr(place, "RULES", statement_writes.RULES + 1)
    with open_library(tmp_path) as library:
        assert library.statements() == []
        assert library.verify() == []
    monkeypatch.undo()
    with open_library(tmp_path) as library:
        assert library.statements() == []


def test_people_of_an_earlier_version_come_into_the_catalog(tmp_path: Path) -> None:
    make_old(tmp_path, 3)
    a, b = {"name": "A", "role": ""}, {"name": "B", "role": "mayor"}
    file = tmp_path / PEOPLE_FILE
    file.write_text(json.dumps({"version": 1, "people": [[a], [a, b]]}), "utf-8")
    for _ in range(2):
        open_library(tmp_path).close()
        assert set(read_groups(tmp_path)) == {frozenset({NameKey("A", "")}), frozenset({NameKey("B", "mayor")})}
        assert not file.exists()


@pytest.mark.parametrize(
    "words", ["{", "[]", '{"version": 2, "people": []}', '{"version": 1}', '{"version": 1, "people": [[{"name": 1}]]}',
              '{"version": 1, "people": [["A"]]}', '{"version": 1, "people": 3}', "\xff"]
)  # fmt: skip
def test_a_damaged_file_of_people_is_named_and_left_alone(tmp_path: Path, words: str) -> None:
    make_old(tmp_path, 3)
    file = tmp_path / PEOPLE_FILE
    file.write_bytes(words.encode("latin-1"))
    for _ in range(2):
        with pytest.raises(LibraryError, match=r"people\.json cannot be read \(.*\)\. Mend it, or delete it"):
            open_library(tmp_path)
    assert file.read_bytes() == words.encode("latin-1")
    file.unlink()
    open_library(tmp_path).close()
