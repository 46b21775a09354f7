"""What of the catalog the vector index follows: chunks that came and chunks that went."""

import sqlite3

import numpy as np

from index.errors import LibraryError
from index.seals import REBUILD, check, columns
from index.vector_kinds import Floats, Ids

_CHUNKS = f"SELECT id, {columns('chunk', 'c')} FROM chunk AS c"  # noqa: S608
_LOG = "chunk_gone"  # ids of removed chunks, kept by a trigger


def chunks_after(connection: sqlite3.Connection, last: int, limit: int, dimension: int) -> tuple[Ids, Floats]:
    """Return ids and vectors, shape (n, dimension), of the next ``limit`` chunks with an id above ``last``.

    Raises:
        LibraryError: A vector is not what was written, or has another length.
    """
    rows = connection.execute(f"{_CHUNKS} WHERE id > ? ORDER BY id LIMIT ?", (last, limit)).fetchall()
    return _read(rows, dimension)


def vectors_of(connection: sqlite3.Connection, ids: Ids, dimension: int) -> tuple[Ids, Floats]:
    """Return ids and vectors, shape (n, dimension), of those of these chunks that are there.

    Raises:
        LibraryError: A vector is not what was written, or has another length.
    """
    rows = connection.execute(
        f"{_CHUNKS} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
        (str(ids.tolist()),),
    ).fetchall()
    return _read(rows, dimension)


def all_ids(connection: sqlite3.Connection) -> Ids:
    """Return the ids of all chunks; the time this takes grows with the library."""
    return np.fromiter((row[0] for row in connection.execute("SELECT id FROM chunk")), dtype=np.int64)


def chunk_count(connection: sqlite3.Connection) -> int:
    """Return the number of chunks."""
    return int(connection.execute("SELECT count(*) FROM chunk").fetchone()[0])


def log_position(connection: sqlite3.Connection) -> int | None:
    """Return the place in the log of removed chunks that was written last; None where the catalog has no log."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (_LOG,)).fetchone() is None:
        return None
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (_LOG,)).fetchone()
    return int(row[0]) if row else 0


def removed_since(connection: sqlite3.Connection, position: int, latest: int) -> Ids | None:
    """Return the chunks removed after ``position``; None where the log was cut off after it."""
    rows = connection.execute(f"SELECT chunk FROM {_LOG} WHERE position > ?", (position,)).fetchall()  # noqa: S608
    return np.array([row[0] for row in rows], dtype=np.int64) if len(rows) == latest - position else None


def cut_log(connection: sqlite3.Connection, position: int) -> None:
    """Forget removals up to ``position``. Who has not seen them compares all ids once."""
    connection.execute(f"DELETE FROM {_LOG} WHERE position <= ?", (position,))  # noqa: S608


def _read(rows: list[sqlite3.Row], dimension: int) -> tuple[Ids, Floats]:
    for row in rows:
        check(tuple(row)[1:], f"Passage {row['id']}", REBUILD)
    ids = np.array([row["id"] for row in rows], dtype=np.int64)
    return ids, _unpacked([row["vector"] for row in rows], dimension)


def _unpacked(blobs: list[bytes], dimension: int) -> Floats:
    packed = b"".join(blobs)
    if len(packed) != len(blobs) * dimension * 2:
        raise LibraryError("The catalog holds vectors of another length. Run: python -m index rebuild --library DIR")
    return np.frombuffer(packed, dtype="<f2").reshape(len(blobs), dimension).astype(np.float32)
