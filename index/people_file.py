"""What a user decided about who is who, in ``people.json`` in the library's folder.

The file lists people; of each it lists the names, with their roles, that the user put together or left together when
taking others away. A name is in one list at most. Names in different lists are never merged.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from index.errors import LibraryError

PEOPLE_FILE = "people.json"
_VERSION = 1
_writing = Lock()


class NameKey(NamedTuple):
    """A speaker's name as it was resolved in articles, and the role given with it; either can be ""."""

    name: str
    role: str


Group = frozenset[NameKey]


def read_groups(folder: Path) -> tuple[Group, ...]:
    """Return the names that a user put together; () where there is no file.

    Raises:
        LibraryError: The file cannot be read.
    """
    path = folder / PEOPLE_FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != _VERSION:
            raise ValueError(f"its version is {found['version']!r}, not {_VERSION}")
        groups = tuple(frozenset(NameKey(_text(n["name"]), _text(n["role"])) for n in p) for p in found["people"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryError(
            f"{path} cannot be read ({error}). Mend it, or delete it to have names merged by themselves again."
        ) from error
    return _disjoint(groups)


def put_together(folder: Path, names: Iterable[NameKey]) -> None:
    """Keep that these names are one person's, whatever was kept of them before.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    _change(folder, [frozenset(names)])


def take_apart(folder: Path, names: Iterable[NameKey], others: Iterable[NameKey]) -> None:
    """Keep that ``names`` are one person's and ``others`` another's, whatever was kept of them before.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    names, others = frozenset(names), frozenset(others)
    if not names or not others or names & others:
        raise ValueError("A name must be on one side, and none may be empty.")
    _change(folder, [names, others])


def forget(folder: Path, names: Iterable[NameKey]) -> None:
    """Let these names be merged by themselves again.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    _change(folder, [], frozenset(names))


def _change(folder: Path, groups: list[Group], freed: Group = frozenset()) -> None:
    with _alone(folder):
        newer = freed.union(*groups)
        kept = [group - newer for group in read_groups(folder)]
        _write(folder, [group for group in (*kept, *groups) if group])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other threads and processes from changing the file between reading and writing it."""
    try:
        opened = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise LibraryError(f"{folder / PEOPLE_FILE} cannot be written: {error.strerror}.") from error
    try:
        with _writing:
            fcntl.flock(opened, fcntl.LOCK_EX)  # goes with the process, however that ends
            yield
    finally:
        os.close(opened)


def _write(folder: Path, groups: list[Group]) -> None:
    people = [[name._asdict() for name in sorted(group)] for group in groups]
    words = json.dumps({"version": _VERSION, "people": people}, ensure_ascii=False, indent=1) + "\n"
    path = folder / PEOPLE_FILE
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        temporary.unlink(missing_ok=True)


def _disjoint(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    """Leave a name that was written into several lists by hand in the first of them."""
    seen: set[NameKey] = set()
    kept = []
    for group in groups:
        kept.append(group - seen)
        seen |= group
    return tuple(group for group in kept if group)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
