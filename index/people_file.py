"""What a user decided about who is who, kept in the catalog.

Of people it keeps the names, with their roles, that the user put together or left together when taking others away. A
name is one person's at most. Names of different people are never merged.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from index.catalog import Catalog, is_library
from index.errors import LibraryError
from index.seals import RESTORE, check, columns

PEOPLE_FILE = "people.json"  # where earlier versions kept it
_VERSION = 1


class NameKey(NamedTuple):
    """A speaker's name as it was resolved in articles, and the role given with it; either can be ""."""

    name: str
    role: str


Group = frozenset[NameKey]


def read_groups(folder: Path) -> tuple[Group, ...]:
    """Return the names that a user put together; () where there is no library.

    Raises:
        LibraryError: The catalog cannot be read.
    """
    if not is_library(folder):
        return ()
    with closing(Catalog(folder)) as catalog, catalog.reading() as connection:
        return _groups(connection)


def put_together(folder: Path, names: Iterable[NameKey]) -> None:
    """Keep that these names are one person's, whatever was kept of them before.

    Raises:
        LibraryError: The catalog cannot be written.
    """
    _change(folder, [frozenset(names)])


def take_apart(folder: Path, names: Iterable[NameKey], others: Iterable[NameKey]) -> None:
    """Keep that ``names`` are one person's and ``others`` another's, whatever was kept of them before.

    Raises:
        LibraryError: The catalog cannot be written.
    """
    names, others = frozenset(names), frozenset(others)
    if not names or not others or names & others:
        raise ValueError("A name must be on one side, and none may be empty.")
    _change(folder, [names, others])


def forget(folder: Path, names: Iterable[NameKey]) -> None:
    """Let these names be merged by themselves again.

    Raises:
        LibraryError: The catalog cannot be written.
    """
    _change(folder, [], frozenset(names))


def import_people(connection: sqlite3.Connection, folder: Path) -> None:
    """Take over ``people.json``, in which earlier versions kept all this. Runs inside ``Catalog.writing()``.

    Raises:
        LibraryError: The file cannot be read.
    """
    path = folder / PEOPLE_FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != _VERSION:
            raise ValueError(f"its version is {found['version']!r}, not {_VERSION}")
        groups = [frozenset(NameKey(_text(n["name"]), _text(n["role"])) for n in p) for p in found["people"]]
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LibraryError(
            f"{path} cannot be read ({error}). Mend it, or delete it to have names merged by themselves again."
        ) from error
    for group in reversed(groups):  # the first of those that have a name keeps it
        _put(connection, [group], frozenset())


def forget_file(folder: Path) -> None:
    """Put ``people.json`` aside once it was taken over."""
    path = folder / PEOPLE_FILE
    if path.is_file():
        path.replace(path.with_name(f"{PEOPLE_FILE}.imported"))


def _change(folder: Path, groups: list[Group], freed: Group = frozenset()) -> None:
    with closing(Catalog(folder)) as catalog, catalog.writing() as connection:
        _put(connection, groups, freed)


def _put(connection: sqlite3.Connection, groups: list[Group], freed: Group) -> None:
    """Give each of the groups a number of its own; names that are freed have none."""
    connection.executemany("DELETE FROM person_name WHERE name = ? AND role = ?", sorted(freed.union(*groups)))
    for group in groups:
        number = connection.execute("SELECT ifnull(max(person), 0) + 1 FROM person_name").fetchone()[0]
        connection.executemany(
            "INSERT INTO person_name (name, role, person, seal) VALUES (?1, ?2, ?3, seal(?1, ?2, ?3))",
            [(*name, number) for name in sorted(group)],
        )


def _groups(connection: sqlite3.Connection) -> tuple[Group, ...]:
    people: dict[int, set[NameKey]] = defaultdict(set)
    for row in connection.execute(f"SELECT {columns('person_name', 'n')} FROM person_name AS n ORDER BY person"):  # noqa: S608
        check(tuple(row), f"What you decided about the name {row['name']!r}", RESTORE)
        people[row["person"]].add(NameKey(row["name"], row["role"]))
    return tuple(frozenset(names) for names in people.values())


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
