"""Everyone who is quoted: the names that speakers bear in different articles, merged into people and institutions.

Full names merge where they differ by a nickname, a middle name or a title; a surname alone goes to the one person who
bears it, whose role agrees; an acronym to the institution with these initials; an office without a name to the only
holder. Where several could be meant, nothing is merged. What a user put together or took apart comes first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from itertools import count as counting

from index import person_names as rules
from index.people_file import Group, NameKey
from index.people_merging import Cluster, NameCount, merged
from index.statement_store import SpeakerName


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted.

    Attributes:
        id: The name, with the role where two people have the same; the same as long as the library is.
        name: The fullest common name; the role where no name is known.
        role: The commonest role, or "".
        names: All names and roles that are taken for this person's, most statements first.
        statements: How many statements.
        first: Day of the earliest article with a date.
        last: Day of the latest.
        named: False where only a role is known ("the lawmakers").
        decided: True where a user put names together or took some away.
    """

    id: str
    name: str
    role: str
    names: tuple[NameCount, ...]
    statements: int
    first: date | None
    last: date | None
    named: bool
    decided: bool

    @property
    def other_names(self) -> tuple[str, ...]:
        """The other names without their roles, each once; none that is one of the names with a title before it."""
        names = dict.fromkeys(name.key.name for name in self.names)
        titled = {name for name in names if name and rules.is_titled(name, names)}
        return tuple(name for name in names if name not in ("", self.name) and name not in titled)


class People:
    """All people of a library, those with the most statements first."""

    def __init__(self, everyone: Iterable[Person], given: Iterable[NameKey]) -> None:
        self.everyone = tuple(everyone)
        self._by_id = {person.id: person for person in self.everyone}
        self._by_name = {name.key: person for person in self.everyone for name in person.names}
        self._of: dict[NameKey, tuple[Person, ...]] = {}
        self._given: dict[str, list[NameKey]] = defaultdict(list)
        for pair in given:
            meant = tuple(dict.fromkeys(self._by_name[key] for key in _keys(pair.name, pair.role)))
            self._of[pair] = meant
            for person in meant:
                self._given[person.id].append(pair)

    def get(self, person_id: str) -> Person | None:
        """Return the person with this id, or with a name that only this person has."""
        if person_id in self._by_id or not person_id:
            return self._by_id.get(person_id)
        found = {p.id: p for p in self.everyone if any(n.key.name == person_id for n in p.names)}
        return next(iter(found.values())) if len(found) == 1 else None

    def of(self, speaker: str, role: str) -> tuple[Person, ...]:
        """Return whom a statement's speaker and role mean; several where several speak with one voice."""
        return self._of.get(NameKey(speaker, role), ())

    def having(self, name: NameKey) -> Person | None:
        """Return whose name this is."""
        return self._by_name.get(name)

    def given_as(self, person: Person) -> list[NameKey]:
        """Return the speakers and roles, as statements have them, that mean a person, alone or among others."""
        return self._given[person.id]


def merge(quoted: Iterable[SpeakerName], decided: Sequence[Group] = ()) -> People:
    """Merge names into people.

    Args:
        quoted: One for each name and role of the library.
        decided: Names that a user put together, see ``people_file.read_groups``.
    """
    quoted = [one for one in quoted if one.speaker or one.role]
    clusters = merged(_counted(quoted), decided)
    found = sorted(map(_person, clusters), key=lambda person: (-person.statements, person.name, person.role))
    return People(_with_ids(found), (NameKey(one.speaker, one.role) for one in quoted))


def _person(cluster: Cluster) -> Person:
    names = tuple(sorted(cluster.counts, key=lambda count: (-count.statements, count.key)))
    written, roles = Counter[str](), Counter[str]()
    for count in names:
        written[count.key.name] += count.statements
        roles[count.key.role] += count.statements
    del roles[""]
    role = max(roles, key=lambda role: (roles[role], -len(role)), default="")
    name = max(written, key=lambda name: (rules.is_full(name), rules.is_plain(name), written[name], len(name)))
    first, last = _range((count.first, count.last) for count in names)
    total = sum(count.statements for count in names)
    return Person("", name or role, role, names, total, first, last, bool(name), cluster.group is not None)


def _with_ids(people: Iterable[Person]) -> Iterator[Person]:
    taken: set[str] = set()
    for person in people:
        with_role = f"{person.name}, {person.role}" if person.role else person.name
        numbered = (f"{with_role} ({number})" for number in counting(2))
        person_id = next(id_ for id_ in chain((person.name, with_role), numbered) if id_ not in taken)
        taken.add(person_id)
        yield replace(person, id=person_id)


def _keys(speaker: str, role: str) -> list[NameKey]:
    return [NameKey(name, role) for name in rules.names_of(speaker)]


def _counted(quoted: Iterable[SpeakerName]) -> list[NameCount]:
    found: dict[NameKey, list[SpeakerName]] = defaultdict(list)
    for one in quoted:
        for key in _keys(one.speaker, one.role):
            found[key].append(one)
    return [
        NameCount(key, sum(one.statements for one in same), *_range((one.first, one.last) for one in same))
        for key, same in sorted(found.items())
    ]


def _range(dates: Iterable[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    known = [day for pair in dates for day in pair if day]
    return min(known, default=None), max(known, default=None)
