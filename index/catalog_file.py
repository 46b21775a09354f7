"""How the file of a catalog is opened, also where it may only be read, and what to do where it cannot be."""

import os
from pathlib import Path

from index.errors import LibraryError


def is_read_only(folder: Path) -> bool:
    """Say whether a folder may not be written, as on a disk that is only to be read, or since it is another user's."""
    return folder.is_dir() and not os.access(folder, os.W_OK)


def check_writable(folder: Path) -> None:
    """Refuse where nothing could be written; to be called before work that would be in vain.

    Raises:
        LibraryError: The folder may only be read.
    """
    if is_read_only(folder):
        raise LibraryError(
            f"The folder {folder} may only be read, so the library in it cannot be made, changed or brought up to "
            "date. Get permission to write there, or copy the folder and name the copy: --library COPY"
        )


def address(path: Path) -> str:
    """Return the address of a catalog for SQLite, to be written where its folder may be."""
    # mode=rw: a catalog that is not there must not come into being by being looked for.
    return reading_address(path) if is_read_only(path.parent) else f"{path.resolve().as_uri()}?mode=rw"


def reading_address(path: Path) -> str:
    """Return the address of a catalog for SQLite, to be read without making the files beside it that WAL mode needs."""
    # Without a log the file is all there is. With one, SQLite takes the files that are there.
    return f"{path.resolve().as_uri()}?mode=ro{'' if _beside(path, 'wal').exists() else '&immutable=1'}"


def explain(path: Path, text: str) -> str:
    """Say what happened to a catalog, and what to do; ``text`` is what SQLite says."""
    if "locked" in text or "busy" in text:
        return f"{path} is being written by another process ({text}). Try again when that is done."
    if "unable to open" in text and _beside(path, "wal").exists() and not _beside(path, "shm").exists():
        return (
            f"{path} cannot be opened: its last changes are in {_beside(path, 'wal').name}, which can only be read "
            "where the folder may be written. Copy the folder to such a place, and name the copy: --library COPY"
        )
    if any(sign in text for sign in ("readonly", "unable to open", "full", "I/O")):
        return f"{path} cannot be opened or written ({text}). Check the folder's permissions and free space."
    return (
        f"{path} is damaged ({text}). Move the folder away, then restore a backup (python -m index restore BACKUP "
        f"--library {path.parent}) or add the articles again (python -m index add PATH --library {path.parent})."
    )


def _beside(path: Path, kind: str) -> Path:
    """Return SQLite's log ("wal") or the index of the log ("shm")."""
    return path.with_name(f"{path.name}-{kind}")
