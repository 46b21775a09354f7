"""Where it is kept what users decided about who is who: with the library, wherever that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index import people_file
from index.people_file import Group, NameKey


class PeopleKept(Protocol):
    """What users decided about the names in one library; ``index.people_file`` says what each of these does."""

    # ruff: noqa: D102 - they are documented there
    def groups(self) -> tuple[Group, ...]: ...
    def put_together(self, names: Iterable[NameKey]) -> None: ...
    def take_apart(self, names: Iterable[NameKey], others: Iterable[NameKey]) -> None: ...
    def forget(self, names: Iterable[NameKey]) -> None: ...


@dataclass(frozen=True, slots=True)
class PeopleInFolder:
    """Kept in the catalog of a library in a folder."""

    folder: Path

    def groups(self) -> tuple[Group, ...]:
        return people_file.read_groups(self.folder)

    def put_together(self, names: Iterable[NameKey]) -> None:
        people_file.put_together(self.folder, names)

    def take_apart(self, names: Iterable[NameKey], others: Iterable[NameKey]) -> None:
        people_file.take_apart(self.folder, names, others)

    def forget(self, names: Iterable[NameKey]) -> None:
        people_file.forget(self.folder, names)
