"""What a user decided about who is who, in ``people.json`` in the library's folder, or in the library's store.

The text lists people; of each it lists the names, with their roles, that the user put together or left together when
taking others away. A name is in one list at most. Names in different lists are never merged.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

from index.errors import LibraryError

PEOPLE_FILE = "people.json"
_VERSION = 1
_writing = Lock()


class NameKey(NamedTuple):
    """A speaker's name as it was resolved in articles, and the role given with it; either can be ""."""

    name: str
    role: str


Group = frozenset[NameKey]


class PeopleKept(Protocol):
    """Where it is kept."""

    def read_people(self) -> str | None:
        """Return what was written last; None where nothing was."""

    def write_people(self, words: str) -> None:
        """Keep a text instead of the one before."""


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """``people.json`` in a folder; written whole or not at all."""

    folder: Path

    def __str__(self) -> str:
        return str(self.folder / PEOPLE_FILE)

    def read_people(self) -> str | None:
        """Return the text of the file.

        Raises:
            LibraryError: It cannot be read.
        """
        try:
            return (self.folder / PEOPLE_FILE).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise _unreadable(self, error) from error

    def write_people(self, words: str) -> None:
        """Write the file.

        Raises:
            LibraryError: It cannot be written.
        """
        path = self.folder / PEOPLE_FILE
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


def read_groups(kept: PeopleKept) -> tuple[Group, ...]:
    """Return the names that a user put together; () where nothing was decided.

    Raises:
        LibraryError: The file cannot be read.
    """
    words = kept.read_people()
    if words is None:
        return ()
    try:
        found = json.loads(words)
        if found["version"] != _VERSION:
            raise ValueError(f"its version is {found['version']!r}, not {_VERSION}")
        groups = tuple(frozenset(NameKey(_text(n["name"]), _text(n["role"])) for n in p) for p in found["people"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _unreadable(kept, error) from error
    return _disjoint(groups)


def put_together(kept: PeopleKept, names: Iterable[NameKey]) -> None:
    """Keep that these names are one person's, whatever was kept of them before.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    _change(kept, [frozenset(names)])


def take_apart(kept: PeopleKept, names: Iterable[NameKey], others: Iterable[NameKey]) -> None:
    """Keep that ``names`` are one person's and ``others`` another's, whatever was kept of them before.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    names, others = frozenset(names), frozenset(others)
    if not names or not others or names & others:
        raise ValueError("A name must be on one side, and none may be empty.")
    _change(kept, [names, others])


def forget(kept: PeopleKept, names: Iterable[NameKey]) -> None:
    """Let these names be merged by themselves again.

    Raises:
        LibraryError: The file cannot be read or written.
    """
    _change(kept, [], frozenset(names))


def _change(kept: PeopleKept, groups: list[Group], freed: Group = frozenset()) -> None:
    with _writing:
        newer = freed.union(*groups)
        others = [group - newer for group in read_groups(kept)]
        _write(kept, [group for group in (*others, *groups) if group])


def _write(kept: PeopleKept, groups: list[Group]) -> None:
    people = [[name._asdict() for name in sorted(group)] for group in groups]
    kept.write_people(json.dumps({"version": _VERSION, "people": people}, ensure_ascii=False, indent=1) + "\n")


def _unreadable(kept: PeopleKept, error: Exception) -> LibraryError:
    return LibraryError(
        f"{kept} cannot be read ({error}). Mend it, or delete it to have names merged by themselves again."
    )


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
