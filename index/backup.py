"""Back a library up while it is used, and put a backup in its place.

A backup is a folder with a catalog, which is all that a library cannot make again; so it is a library itself.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from index.catalog import CATALOG_FILE, Catalog, Manifest, check_schema, is_library, transaction
from index.catalog_file import reading_address
from index.errors import LibraryError
from index.people_file import PEOPLE_FILE
from index.seals import SEALED
from index.statement_writes import RULES_KEY
from index.upgrade import upgrade
from index.verify import find_catalog_problems

# Emptied in this order, so that no row is left without what it belongs to.
_TABLES = ("statement", "statement_rules", "speaker", "copy", "fingerprint", "story", "chunk", "paragraph", "article",
           "person_name")  # fmt: skip
_LEFT_SECONDS = 86_400.0  # no restore takes as long without writing
_KEPT = (*Manifest.__dataclass_fields__, RULES_KEY)  # of the meta data: what belongs to the articles


def back_up(catalog: Catalog, to: Path) -> None:
    """Write one state of the library to a new folder, whatever is added meanwhile; it is there once it was verified.

    Raises:
        LibraryError: The folder is there already or cannot be written, or something in the library is wrong.
    """
    with _told(to):
        if to.exists():
            raise LibraryError(f"{to} is there already. Name another folder for the backup, or delete that one first.")
        partial = to.with_name(f"{to.name}.partial")
        to.parent.mkdir(parents=True, exist_ok=True)
        if partial.exists():
            raise LibraryError(
                f"{partial} is there: another backup to {to} is being made, or one was cut off. If it was, delete it."
            )
        partial.mkdir()
        try:
            with catalog.reading() as source:
                _copy(source, catalog.path.parent, partial)
            with closing(Catalog(partial)) as copy:
                if problems := find_catalog_problems(copy):
                    raise LibraryError(f"No backup was made, since the library needs care first: {problems[0]}")
            for written in (partial / CATALOG_FILE, partial):
                _sync(written)
            partial.rename(to)
            _sync(to.parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def restore(backup: Path, folder: Path, replace: bool = False) -> int:
    """Put the articles of a backup, and all that belongs to them, into a library, in one transaction.

    The backup is verified before. Who reads the library meanwhile sees what there was until all is there.

    Args:
        backup: A folder that ``back_up`` wrote, or any library, of this version of the program or an earlier one.
        folder: The library. It is made where there is none.
        replace: Whether articles that it holds may go.

    Returns:
        How many articles there are now.

    Raises:
        LibraryError: There is no sound backup, or the library holds articles and they may not go.
    """
    if not is_library(backup):
        raise LibraryError(f"There is no backup in {backup}. Name a folder that python -m index backup has written.")
    with closing(Catalog.create(folder)) as catalog:
        upgrade(catalog)
        with _told(folder):
            _forget_left_over(folder)
            partial = Path(mkdtemp(".partial", "restore.", folder))  # one for each of several at once
        try:
            with _told(partial):
                with closing(sqlite3.connect(reading_address(backup / CATALOG_FILE), uri=True)) as source:
                    _copy(source, backup, partial)
                if (backup / PEOPLE_FILE).is_file():  # an earlier version kept decisions about names there
                    shutil.copyfile(backup / PEOPLE_FILE, partial / PEOPLE_FILE)
            _make_sound(partial, backup)
            return _take_over(catalog, partial / CATALOG_FILE, backup, replace)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def _forget_left_over(folder: Path) -> None:
    """Delete what a restore that was killed has left, which another that is under way would have touched meanwhile."""
    for partial in folder.glob("restore*.partial"):
        with suppress(FileNotFoundError):  # whoever made it is done with it
            touched = max((file.stat().st_mtime for file in partial.iterdir()), default=partial.stat().st_mtime)
            if time.time() - touched > _LEFT_SECONDS:
                shutil.rmtree(partial, ignore_errors=True)


def _copy(source: sqlite3.Connection, of: Path, to: Path) -> None:
    try:
        with closing(sqlite3.connect(to / CATALOG_FILE)) as target:
            source.backup(target)
    except sqlite3.DatabaseError as error:
        raise LibraryError(f"{of} cannot be copied to {to} ({error}). Check permissions and free space.") from error


def _make_sound(copied: Path, backup: Path) -> None:
    """Bring a copy of a backup up to date and verify it."""
    with closing(Catalog(copied)) as catalog:
        try:
            upgrade(catalog)
        except LibraryError as error:  # what is wrong is wrong in the backup
            raise LibraryError(str(error).replace(str(copied), str(backup))) from error
        with catalog.reading() as connection:
            check_schema(connection, catalog.path)
        if problems := find_catalog_problems(catalog):
            raise LibraryError(f"{backup} was not restored, and the library is as it was: {problems[0]}")


def _take_over(catalog: Catalog, copied: Path, backup: Path, replace: bool) -> int:
    with catalog.reading() as connection:
        check_schema(connection, catalog.path)
        connection.execute("ATTACH ? AS source", (str(copied),))
        try:
            with transaction(connection):
                held = connection.execute("SELECT count(*) FROM article WHERE replaced_by IS NULL").fetchone()[0]
                if held and not replace:
                    raise LibraryError(
                        f"The library {catalog.path.parent} holds {held} articles. To have the backup instead of them: "
                        f"python -m index restore {backup} --library {catalog.path.parent} --replace"
                    )
                _replace_all(connection)
                found = connection.execute("SELECT count(*) FROM article WHERE replaced_by IS NULL").fetchone()
        finally:
            connection.execute("DETACH source")
    return int(found[0])


def _replace_all(connection: sqlite3.Connection) -> None:
    """Replace all rows. Those with numbers get new ones, so that indexes and lists of before cannot mistake them."""
    for table in _TABLES:
        connection.execute(f"DELETE FROM main.{table}")  # noqa: S608 - our own names, as below
    last = dict(connection.execute("SELECT name, CAST(seq AS INTEGER) FROM main.sqlite_sequence").fetchall())
    offsets = {"speaker": last.get("speaker", 0), "story": last.get("story", 0)}
    article = ", ".join(f'"{name}"' for name in (*SEALED["article"], "seal"))
    for statement in (
        f"article ({article}, text) SELECT {article}, text FROM source.article ORDER BY rowid",  # noqa: S608
        'paragraph (article, position, start, "end", kind) SELECT article, position, start, "end", kind '
        "FROM source.paragraph",
        'chunk (article, start, "end", seal, vector) SELECT article, start, "end", seal, vector '
        "FROM source.chunk ORDER BY id",
        "story (number, article, family, size, seal) SELECT number + :story, article, family + :story, size, "
        "seal(number + :story, article, family + :story, size) FROM source.story",
        "fingerprint (hash, story) SELECT hash, story + :story FROM source.fingerprint",
        "copy (story, other) SELECT story + :story, other + :story FROM source.copy",
        "speaker (id, name, role, written, key, seal) SELECT id + :speaker, name, role, written, key, seal "
        "FROM source.speaker",
        'statement (article, speaker, kind, cue, seal, spans, words_crc, start, "end") SELECT article, '
        'speaker + :speaker, kind, cue, seal, spans, words_crc, start, "end" FROM source.statement ORDER BY id',
        "statement_rules (article, rules) SELECT article, rules FROM source.statement_rules",
        "person_name (name, role, person, seal) SELECT name, role, person, seal FROM source.person_name",
    ):
        connection.execute(f"INSERT INTO main.{statement}", offsets)
    for table in ("chunk_fts", "statement_fts"):
        connection.execute(f"INSERT INTO main.{table} ({table}) VALUES ('rebuild')")  # noqa: S608
    keys = ", ".join(f"'{key}'" for key in _KEPT)
    connection.execute(f"DELETE FROM main.meta WHERE key IN ({keys})")  # noqa: S608
    connection.execute(
        "INSERT INTO main.meta (key, value, seal) "  # noqa: S608
        f"SELECT key, value, seal FROM source.meta WHERE key IN ({keys})"
    )


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell in a sentence that a folder cannot be written."""
    try:
        yield
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be written: {error.strerror}. Check name, permissions and free space."
        ) from error


def _sync(path: Path) -> None:
    """Have the disk hold what was written, before it is called done."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
