"""The catalog of a library: connections, transactions and the manifest of one SQLite file."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from index.catalog_file import address, check_writable, explain, is_read_only
from index.errors import LibraryError, LibraryMismatchError
from index.last_write import note_write
from index.seals import RESTORE, SEALED, add_functions, check

CATALOG_FILE = "catalog.sqlite"
SCHEMA = 4
OLD_SCHEMAS = ("1", "2", "3")  # which upgrade.py brings up to date
_WAIT_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the chunks and vectors of a library were made with; empty until the first article is added."""

    embedder: str = ""
    digest: str = ""
    dimension: int = 0
    chunk_tokens: int = 0
    chunk_overlap: int = 0

    def __bool__(self) -> bool:
        """True once something was added."""
        return bool(self.digest)


class Catalog:
    """One SQLite file in WAL mode: many readers beside one writer, in threads and in processes.

    ``synchronous=NORMAL`` is enough for what is promised: in WAL mode a committed transaction survives the death
    of the process at any moment; only a power cut may lose the last commits, and leaves a sound file all the same.
    In a folder that may not be written it is only read.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / CATALOG_FILE
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False

    @classmethod
    def create(cls, folder: Path) -> "Catalog":
        """Make the folder and an empty catalog in it where there is none yet; one that may only be read stays as it is.

        Raises:
            LibraryError: The folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"The library folder {folder} cannot be made: {error.strerror}. Check permissions, or name another."
            ) from error
        catalog = cls(folder)
        if not is_read_only(folder) or not is_library(folder):
            check_writable(folder)
            catalog.make_tables()
        return catalog

    def make_tables(self) -> None:
        """Make the tables that are not there yet.

        Raises:
            LibraryError: The file is damaged, not writable, or locked for too long.
        """
        schema = (Path(__file__).parent / "schema.sql").read_text("utf-8")
        with self._guarded():
            connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            try:
                add_functions(connection)
                connection.execute("PRAGMA journal_mode=WAL")
                _add_columns(connection)
                connection.executescript(schema)
            finally:
                connection.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to this thread. It is handed on afterwards, so threads that end leave none open.

        Raises:
            LibraryError: The file is damaged, not readable, or locked for too long.
        """
        with self._guarded():
            connection = self._take()
            try:
                yield connection
            finally:
                self._put_back(connection)

    @contextmanager
    def writing(self, *, new_generation: bool = True) -> Iterator[sqlite3.Connection]:
        """Lend a connection within one write transaction: all of it is kept, or nothing.

        Raises:
            LibraryError: The file is damaged, not writable, or locked for too long.
        """
        check_writable(self.path.parent)
        with self.reading() as connection:
            with transaction(connection, new_generation):
                yield connection
            if new_generation:
                note_write(self.path.parent, int(read_meta(connection)["generation"]))

    def generation(self) -> int:
        """Return how many writes there were; it tells a reader whether anything changed."""
        with self.reading() as connection:
            return int(read_meta(connection).get("generation", "0"))

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise LibraryError("The library was closed. Open it again.")
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(
            address(self.path),
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        add_functions(connection)
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def _put_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            # Where nothing may be written a connection sees one state for good, and another user may write the next.
            if not self._closed and not is_read_only(self.path.parent):
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Turn what the disk or another process causes into a sentence; mistakes in our SQL stay as they are."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                raise
            raise LibraryError(explain(self.path, str(error))) from error
        except UnicodeDecodeError as error:  # SQLite quotes a damaged word in its message, which Python cannot read
            raise LibraryError(explain(self.path, "a word in it is no text")) from error


def is_library(folder: Path) -> bool:
    """Say whether there is a catalog in a folder.

    Raises:
        LibraryError: It is not allowed to look.
    """
    try:
        return (folder / CATALOG_FILE).is_file()
    except OSError as error:
        raise LibraryError(f"The folder {folder} cannot be read: {error.strerror}. Check its permissions.") from error


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read one state of the catalog, whatever is written meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


@contextmanager
def transaction(connection: sqlite3.Connection, new_generation: bool = True) -> Iterator[None]:
    """Keep all that is written within, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        if new_generation:
            write_meta(connection, "generation", str(int(read_meta(connection)["generation"]) + 1))
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def read_meta(connection: sqlite3.Connection) -> dict[str, str]:
    """Return all of the meta table.

    Raises:
        LibraryError: A row is not what was written.
    """
    rows = [tuple(row) for row in connection.execute("SELECT * FROM meta")]
    meta = {key: value for key, value, *_ in rows}
    if meta.get("schema") not in OLD_SCHEMAS:  # these have no seals
        for row in rows:
            check(row, f"The entry {row[0]!r} of the catalog", RESTORE)
    return meta


def write_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set one value of the meta table."""
    connection.execute("INSERT OR REPLACE INTO meta (key, value, seal) VALUES (?1, ?2, seal(?1, ?2))", (key, value))


def read_manifest(connection: sqlite3.Connection) -> Manifest:
    """Return what the vectors were made with."""
    meta = read_meta(connection)
    if not meta.get("digest"):
        return Manifest()
    numbers = (int(meta[key]) for key in ("dimension", "chunk_tokens", "chunk_overlap"))
    return Manifest(meta["embedder"], meta["digest"], *numbers)


def write_manifest(connection: sqlite3.Connection, manifest: Manifest) -> None:
    """Record what the vectors are made with."""
    for key in Manifest.__dataclass_fields__:
        write_meta(connection, key, str(getattr(manifest, key)))


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a catalog of another version of the program.

    Raises:
        LibraryMismatchError: The schema differs.
        LibraryError: The file holds no library.
    """
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if "meta" not in tables:
        raise LibraryError(f"{path} holds no library. Make one: python -m index add PATH --library {path.parent}")
    found = read_meta(connection).get("schema", "none")
    if found != str(SCHEMA):
        raise LibraryMismatchError(
            f"The library {path.parent} has schema {found}, this version of the program has schema {SCHEMA}. Export it "
            "with the version that made it (python -m index export), then add that file to a new library."
        )


def _add_columns(connection: sqlite3.Connection) -> None:
    """Give tables that an earlier version made the columns they lack, empty as yet."""
    connection.execute("BEGIN IMMEDIATE")
    seals = [(table, "seal") for table in (*SEALED, "statement")]
    for table, column in (*seals, ("statement", "words_crc"), ("article", "layout")):
        there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if there and column not in there:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER")
    connection.execute("COMMIT")
