"""Backups: whole and verified, made while others write, and put in place of what there is at once."""

import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from index.__main__ import main
from index.backup import restore
from index.catalog import CATALOG_FILE
from index.embed import Embedder
from index.errors import LibraryError
from index.library import Library
from index.people_file import PEOPLE_FILE, NameKey, put_together, read_groups
from tests.unit.index.harm import change
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library
from tests.unit.index.stories import LOCK, story
from tests.unit.index.test_upgrade import make_old

KEY = NameKey("Ann Reed", "Mayor")


def _shown(library: Library) -> list[object]:
    """Return all that a library shows of its articles, and what is found."""
    ids = [summary.id for summary in library.articles()]
    chunks = library.chunks(i for i, _ in library.search_keyword("Who said the vote was fair?", 50)).values()
    near = library.chunks(i for i, _ in library.search_dense(library.embedder.embed(["vote"])[0], 50)).values()
    return [
        library.articles_by_id(ids),
        [version for article in ids for version in library.versions(article)],
        library.statements_of(ids),
        library.speakers(),
        library.copies(ids),
        read_groups(library.folder),
        sorted((chunk.article_id, chunk.start, chunk.end) for chunk in chunks),
        sorted((chunk.article_id, chunk.start, chunk.end) for chunk in near),
    ]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "library"
    library = open_library(folder)
    list(library.add([draft(1, url="https://example.org/1"), story(LOCK, "A", "A"), story(LOCK, "B", "B")]))
    list(library.add([draft(2, url="https://example.org/1")]))
    put_together(folder, [KEY, NameKey("Reed", "")])
    return library


def test_a_backup_is_a_library_of_its_own(library: Library, tmp_path: Path) -> None:
    library.back_up(tmp_path / "deep" / "backup")
    assert [file.name for file in (tmp_path / "deep").rglob("*")] == ["backup", CATALOG_FILE]
    with open_library(tmp_path / "deep" / "backup", create=False) as backup:
        assert _shown(backup) == _shown(library)
        assert backup.verify() == []


@pytest.mark.parametrize("read_only", [False, True])
def test_a_backup_comes_back(library: Library, tmp_path: Path, read_only: bool) -> None:
    library.back_up(tmp_path / "backup")
    if read_only:
        (tmp_path / "backup" / CATALOG_FILE).chmod(0o400)
    assert restore(tmp_path / "backup", tmp_path / "new") == 3
    with open_library(tmp_path / "new", create=False) as new:
        assert _shown(new) == _shown(library)
        assert new.verify() == []
    assert [file.name for file in (tmp_path / "backup").iterdir()] == [CATALOG_FILE]
    assert not list((tmp_path / "new").glob("*.partial"))


def test_an_open_library_picks_up_what_is_restored(library: Library, tmp_path: Path) -> None:
    before = _shown(library)
    old = library.search_keyword("vote", 50)
    library.back_up(tmp_path / "backup")
    library.remove(library.articles()[0].id)
    list(library.add(draft(number) for number in range(10, 20)))
    put_together(library.folder, [KEY, NameKey("Somebody else", "")])
    assert _shown(library) != before
    assert restore(tmp_path / "backup", library.folder, replace=True) == 3
    assert _shown(library) == before
    assert library.verify() == []
    # What a reader holds of before is nothing else now.
    assert library.chunks(chunk for chunk, _ in old) == {}
    list(library.add([draft(30)]))
    assert library.verify() == []


def test_a_backup_while_others_write_is_one_state(library: Library, tmp_path: Path) -> None:
    added: list[str] = []
    done = threading.Event()

    def add() -> None:
        with open_library(library.folder) as other:
            for number in range(100, 400):
                if done.is_set():
                    return
                added.extend(result.article_id for result in other.add([draft(number)]))

    writer = threading.Thread(target=add)
    writer.start()
    try:
        for number in range(3):
            known = set(added)
            library.back_up(tmp_path / str(number))
            with open_library(tmp_path / str(number), create=False) as backup:
                assert known <= {summary.id for summary in backup.articles()}
                assert backup.verify() == []
    finally:
        done.set()
        writer.join()


def test_nothing_is_overwritten(library: Library, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    with pytest.raises(LibraryError, match="backup is there already"):
        library.back_up(tmp_path / "backup")
    (tmp_path / "other.partial").mkdir()
    with pytest.raises(LibraryError, match=r"other\.partial is there: another backup"):
        library.back_up(tmp_path / "other")
    library.back_up(tmp_path / "third")
    with pytest.raises(LibraryError, match=r"holds 3 articles\. .* --replace"):
        restore(tmp_path / "third", library.folder)


def test_several_at_once_restore_each_its_own(library: Library, tmp_path: Path) -> None:
    library.back_up(tmp_path / "backup")
    failed: list[BaseException] = []

    def put_back() -> None:
        try:
            assert restore(tmp_path / "backup", tmp_path / "new", replace=True) == 3
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=put_back) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with open_library(tmp_path / "new", create=False) as new:
        assert new.verify() == []


def test_what_a_killed_restore_left_goes_with_a_later_one(library: Library, tmp_path: Path) -> None:
    library.back_up(tmp_path / "backup")
    old, new = tmp_path / "new" / "restore.partial", tmp_path / "new" / "restore.x.partial"
    for left in (old, new):
        left.mkdir(parents=True)
        (left / CATALOG_FILE).write_bytes(b"half")
    os.utime(old / CATALOG_FILE, (0, 0))
    restore(tmp_path / "backup", tmp_path / "new")
    assert (old.exists(), new.exists()) == (False, True)


def test_an_impossible_name_is_told(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be written: File name too long"):
        library.back_up(tmp_path / ("a" * 300))


def test_a_damaged_library_is_not_backed_up_nor_a_damaged_backup_restored(library: Library, tmp_path: Path) -> None:
    library.back_up(tmp_path / "backup")
    for folder in (tmp_path / "backup", library.folder):
        change(folder, "UPDATE article SET text = text || '.' WHERE rowid = 2", sealed=False)
    with pytest.raises(LibraryError, match=r"No backup was made.*is damaged on disk"):
        library.back_up(tmp_path / "again")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backup", "library"]
    change(library.folder, "UPDATE article SET text = rtrim(text, '.') || '.' WHERE rowid = 2", sealed=False)
    assert library.verify() == []
    with pytest.raises(LibraryError, match=r"was not restored, and the library is as it was: .* is damaged on disk"):
        restore(tmp_path / "backup", library.folder, replace=True)
    assert library.stats().articles == 3
    file = tmp_path / "backup" / CATALOG_FILE
    file.write_bytes(file.read_bytes()[:5000])
    with pytest.raises(LibraryError, match="cannot be copied"):
        restore(tmp_path / "backup", tmp_path / "new")


def test_a_library_of_another_version_is_brought_up_to_date(library: Library, tmp_path: Path) -> None:
    library.back_up(tmp_path / "backup")
    connection = sqlite3.connect(tmp_path / "backup" / CATALOG_FILE)
    with connection:
        connection.execute("UPDATE article SET seal = NULL")
        connection.execute("UPDATE meta SET value = '3', seal = NULL WHERE key = 'schema'")
    connection.close()
    before = (tmp_path / "backup" / CATALOG_FILE).read_bytes()
    assert restore(tmp_path / "backup", library.folder, replace=True) == 3
    assert library.verify() == []
    assert (tmp_path / "backup" / CATALOG_FILE).read_bytes() == before


def test_what_an_earlier_version_kept_beside_the_catalog_is_restored_too(tmp_path: Path) -> None:
    old = tmp_path / "old"
    make_old(old, 3)
    people = old / PEOPLE_FILE
    people.write_text('{"version": 1, "people": [[{"name": "A", "role": ""}, {"name": "B", "role": ""}]]}', "utf-8")
    restore(old, tmp_path / "new")
    assert read_groups(tmp_path / "new") == (frozenset({NameKey("A", ""), NameKey("B", "")}),)
    assert people.exists()

    people.write_text("{", "utf-8")
    with pytest.raises(LibraryError, match="cannot be read") as told:
        restore(old, tmp_path / "newer")
    assert str(told.value).startswith(f"{people} ")


def test_the_commands(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Embedder, "load", lambda *_: WordEmbedder())
    folder, backup = str(library.folder), str(tmp_path / "backup")
    assert main(["backup", backup, "--library", folder]) == 0
    assert f"{backup} is verified" in capsys.readouterr().out
    assert main(["backup", backup, "--library", folder]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["restore", backup, "--library", folder]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", backup, "--library", folder, "--replace"]) == 0
    assert f"holds the 3 articles of {backup}" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "none"), "--library", folder]) == 1
    assert "There is no backup in" in capsys.readouterr().err
    shutil.rmtree(folder)
    assert main(["restore", backup, "--library", folder]) == 0
