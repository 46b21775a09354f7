"""Which names are one person's: clusters of names, built from those that tell most to those that tell least."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index import person_names as rules
from index.names import fold, gender_of, undetermined
from index.people_file import Group, NameKey
from index.person_names import PersonName, Standing

# Of several who could be meant one must have this many times the statements of the next.
_DOMINANT = 10
_IN_OFFICE_STILL = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class NameCount:
    """One name and role of a person, and how many statements are given under it."""

    key: NameKey
    statements: int
    first: date | None
    last: date | None


class Cluster:
    """Names that are taken for one person's so far.

    Attributes:
        counts: The names.
        group: Number of the user's decision that it began with, or None.
        statements: How many statements.
        standing: What the roles tell.
        roles: All roles but "".
        full: The full names of people among the names.
    """

    def __init__(self, counts: Iterable[NameCount], group: int | None = None) -> None:
        self.counts: list[NameCount] = []
        self.group = group
        self.statements = 0
        self.standing = Standing()
        self.roles: set[str] = set()
        self.full: set[PersonName] = set()
        self.add(counts)

    def add(self, counts: Iterable[NameCount]) -> None:
        """Take in more names."""
        for count in counts:
            self.counts.append(count)
            self.statements += count.statements
            if count.key.role and count.key.role not in self.roles:
                self.roles.add(count.key.role)
                self.standing |= rules.standing(count.key.role)
            if rules.is_full(count.key.name):
                self.full.add(rules.person_name(count.key.name))


def merged(counts: Iterable[NameCount], decided: Sequence[Group] = ()) -> list[Cluster]:
    """Merge names, each of which is given once; names in different groups of ``decided`` stay apart."""
    group_of = {key: number for number, group in enumerate(decided) for key in group}
    fixed: dict[int, list[NameCount]] = defaultdict(list)
    kinds: dict[str, list[NameCount]] = defaultdict(list)
    for count in counts:
        if count.key in group_of:
            fixed[group_of[count.key]].append(count)
        else:
            kinds[_kind(count.key.name)].append(count)
    merger = _Merger()
    for number, same in fixed.items():
        merger.begin(same, number)
    for same in sorted(_by_name(kinds["full"]), key=_telling_first):
        merger.place_full(same)
    for one in sorted(kinds["surname"], key=lambda count: (-count.statements, count.key)):
        merger.place_surname(one)
    for same in sorted(_by_name(kinds["institution"]), key=lambda same: (-len(same[0].key.name.split()), same[0].key)):
        merger.place_institution(same)
    merger.place_roles(kinds["role"])
    return merger.clusters


def _kind(name: str) -> str:
    if not name:
        return "role"
    if rules.is_institution(name):
        return "institution"
    return "full" if rules.is_full(name) else "surname"


def _by_name(counts: Iterable[NameCount]) -> list[list[NameCount]]:
    found: dict[str, list[NameCount]] = defaultdict(list)
    for count in counts:
        found[_written(count.key.name)].append(count)
    return list(found.values())


def _written(name: str) -> str:
    """Return what is the same for a name however it is written: accents, articles and possessives do not count."""
    return rules.institution_key(name) if rules.is_institution(name) else fold(rules.clean(name))


def _telling_first(same: list[NameCount]) -> tuple[bool, int, int, NameKey]:
    """Order names so that each meets those that tell more: an initial comes last, a middle name first."""
    name = rules.person_name(same[0].key.name)
    initial = all(len(given) == 1 for given in name.given)
    return initial, -len(name.middle), -sum(count.statements for count in same), same[0].key


class _Merger:
    """Finds a place for each name among the clusters so far."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_name: dict[str, list[Cluster]] = defaultdict(list)
        self._by_last: dict[str, list[Cluster]] = defaultdict(list)  # last words of full names
        self._by_given: dict[tuple[str, str], list[Cluster]] = defaultdict(list)  # last words and first names
        self._by_initials: dict[str, list[Cluster]] = defaultdict(list)

    def begin(self, counts: list[NameCount], group: int | None = None) -> None:
        """Begin a new cluster."""
        cluster = Cluster([], group)
        self.clusters.append(cluster)
        self._join(cluster, counts)

    def _join(self, cluster: Cluster, counts: list[NameCount]) -> None:
        cluster.add(counts)
        for name in {count.key.name for count in counts} - {""}:
            _enter(self._by_name[_written(name)], cluster)
            if rules.is_full(name):
                read = rules.person_name(name)
                _enter(self._by_last[read.last], cluster)
                for first in _found_by(read):
                    _enter(self._by_given[read.last, first], cluster)
            elif rules.is_institution(name):
                for acronym in rules.initials(name):
                    _enter(self._by_initials[acronym], cluster)

    def _settle(self, candidates: list[Cluster], counts: list[NameCount]) -> None:
        chosen = _meant(candidates)
        if chosen:
            self._join(chosen, counts)
        else:
            self.begin(counts)

    def place_full(self, same: list[NameCount]) -> None:
        """Place a full name of a person."""
        name, standing = rules.person_name(same[0].key.name), Cluster(same).standing
        exact = self._by_name[_written(same[0].key.name)]
        if exact:  # from a decision of the user: one person's name, or that of several who were taken apart
            agreeing = [cluster for cluster in exact if standing.agrees(cluster.standing)]
            self._join(max(agreeing or exact, key=lambda cluster: cluster.statements), same)
            return
        near: list[Cluster] = []
        for first in sorted(_looked_for(name)):
            for cluster in self._by_given[name.last, first]:
                _enter(near, cluster)
        self._settle([c for c in near if _can_be(name, c) and standing.agrees(c.standing)], same)

    def place_surname(self, one: NameCount) -> None:
        """Place a surname without a first name: with a bearer whose role agrees, else with the like."""
        name, standing = rules.person_name(one.key.name), rules.standing(one.key.role)
        bearers = [c for c in self._by_last[name.last] if any(rules.bears(full, name) for full in c.full)]
        agreeing = [cluster for cluster in bearers if standing.agrees(cluster.standing)]
        if standing.ranks and len(bearers) > 1:
            agreeing = [cluster for cluster in agreeing if not standing.ranks.isdisjoint(cluster.standing.ranks)]
        chosen = _meant(agreeing)
        if not chosen or not _is_bearer(chosen, one):
            alike = (c for c in self._by_name[_written(one.key.name)] if not c.full or c.group is not None)
            chosen = _meant([cluster for cluster in alike if standing.agrees(cluster.standing)])
        self._settle([chosen] if chosen else [], [one])

    def place_institution(self, same: list[NameCount]) -> None:
        """Place the name of an institution; acronyms come after the long names."""
        key = _written(same[0].key.name)
        self._settle(self._by_name[key] or self._by_initials[key], same)

    def place_roles(self, counts: Iterable[NameCount]) -> None:
        """Place roles without a name: an office with its only holder, the others with the same role."""
        holders: dict[frozenset[str], list[Cluster]] = defaultdict(list)
        for cluster in self.clusters:
            for office in {rules.sole_office(role) for role in cluster.roles} - {frozenset()} if cluster.full else ():
                holders[office].append(cluster)
        same_role: dict[str, Cluster] = {}
        for count in counts:
            in_office = [c for c in holders[rules.sole_office(count.key.role)] if _about_then(c, count)]
            role = fold(undetermined(count.key.role))
            if len(in_office) == 1:
                in_office[0].add([count])
            elif role in same_role:
                same_role[role].add([count])
            else:
                self.begin([count])
                same_role[role] = self.clusters[-1]


def _enter(clusters: list[Cluster], cluster: Cluster) -> None:
    if not any(other is cluster for other in clusters):
        clusters.append(cluster)


def _found_by(name: PersonName) -> set[str]:
    """Return words under which a name is found by every name that can be the same person's."""
    initials = {given[0] + "." for given in name.given}
    return initials.union(name.middle, *(rules.alike(given) for given in name.given))


def _looked_for(name: PersonName) -> set[str]:
    """Return words of which one at least is in ``_found_by`` of every name that can be the same person's."""
    initials = {given[0] for given in name.given}
    return initials.union(name.middle, name.given, (given + "." for given in name.given if len(given) == 1))


def _is_bearer(cluster: Cluster, one: NameCount) -> bool:
    """True where a cluster is a person's, and a word alone is more likely the surname than a place or a firm."""
    called = any(gender_of(f"{given} {name.last}") for name in cluster.full for given in name.given)
    if not (cluster.standing.ranks or called or cluster.group is not None):
        return False
    if rules.standing(one.key.role).ranks:
        return True
    return cluster.statements >= one.statements and not rules.is_place(rules.person_name(one.key.name))


def _can_be(name: PersonName, cluster: Cluster) -> bool:
    """True where a name can be that of all other names; a user may have put very different names together."""
    fits = (rules.can_be_one(name, other) for other in cluster.full)
    return any(fits) if cluster.group is not None else all(fits)


def _meant(candidates: list[Cluster]) -> Cluster | None:
    """Return the only candidate, or the one that is quoted far more than all others."""
    ranked = sorted(candidates, key=lambda cluster: -cluster.statements)
    if len(ranked) > 1 and ranked[0].statements < _DOMINANT * ranked[1].statements:
        return None
    return ranked[0] if ranked else None


def _about_then(cluster: Cluster, count: NameCount) -> bool:
    """True unless the dates show that a role was held by somebody else."""
    days = (day for name in cluster.counts for day in (name.first, name.last) if day)
    known = sorted(days)
    if not known or not count.first or not count.last:
        return True
    return known[0] - _IN_OFFICE_STILL <= count.last and count.first <= known[-1] + _IN_OFFICE_STILL
