"""Filters as SQL: which articles a search may look at, decided before anything is ranked.

Names are compared without case, accents and full stops, which SQLite cannot do. So the few thousand different values
that a library has are compared here, and SQL gets the values that fit as they are stored, which its indexes find.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache

from index.errors import LibraryError
from index.names import fold
from index.records import Filters

LIVE = "a.replaced_by IS NULL"

_GENERATION = frozenset("jr sr ii iii iv".split())
_PARTICLES = frozenset("al bin da dal de del della den der di dos du el la le st ter van von".split())


def filter_sql(connection: sqlite3.Connection, filters: Filters) -> tuple[str, list[str]]:
    """Return the condition on the article ``a`` that ``filters`` stand for, and its values."""
    conditions, values = [LIVE], []
    for column, wanted, fits in (
        ("publication", filters.publications, _is_named),
        ("authors", filters.authors, _has_author),
        ("section", filters.sections, _is_named),
    ):
        if wanted:
            conditions.append(f"a.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - our own names
            values.append(json.dumps(_stored(connection, column, wanted, fits)))
    if filters.since:
        conditions.append("a.published >= ?")
        values.append(filters.since.isoformat())
    if filters.until:
        conditions.append("a.published <= ?")
        values.append(filters.until.isoformat())
    return " AND ".join(conditions), values


def same_name(one: str, other: str) -> bool:
    """Say whether two names differ in case, accents, full stops and spacing at most."""
    return name_key(one) == name_key(other)


def is_author(wanted: str, author: str) -> bool:
    """Say whether ``wanted`` is the whole name of ``author``, or the last name.

    >>> is_author("reed", "Ann Reed Jr."), is_author("Van den Berg", "Eva van den Berg"), is_author("Ann", "Ann Reed")
    (True, True, False)
    """
    return name_key(wanted) in author_keys(author)


def authors_of(stored: str) -> tuple[str, ...]:
    """Return the names in the JSON list that the catalog keeps of an article's authors.

    Raises:
        LibraryError: It is not such a list.
    """
    try:
        return tuple(str(name) for name in json.loads(stored))
    except (ValueError, TypeError) as error:
        raise LibraryError(f"The catalog holds authors that cannot be read: {stored[:80]!r}.") from error


@lru_cache(maxsize=1 << 16)
def name_key(name: str) -> str:
    """Return what names are compared by."""
    return " ".join(fold(name).split())


def _stored(
    connection: sqlite3.Connection, column: str, wanted: Sequence[str], fits: Callable[[str, frozenset[str]], bool]
) -> list[str]:
    keys = frozenset(name_key(name) for name in wanted)
    cursor = connection.cursor()
    cursor.row_factory = None  # there may be tens of thousands
    cursor.execute(f"SELECT DISTINCT {column} FROM article AS a WHERE {LIVE}")  # noqa: S608 - our own names
    return [value for (value,) in cursor if fits(value, keys)]


def _is_named(stored: str, keys: frozenset[str]) -> bool:
    return name_key(stored) in keys


def _has_author(stored: str, keys: frozenset[str]) -> bool:
    return not keys.isdisjoint(_stored_author_keys(stored))


# The same names come again with every question.
@lru_cache(maxsize=1 << 16)
def _stored_author_keys(stored: str) -> frozenset[str]:
    return frozenset().union(*(author_keys(name) for name in authors_of(stored)))


def author_keys(author: str) -> frozenset[str]:
    """Return the whole name and the last name, the latter with and without its particles ("van den Berg", "Berg")."""
    whole = name_key(author)
    words = re.sub(r",", " ", whole).split()
    while len(words) > 1 and words[-1] in _GENERATION:
        words.pop()
    keys, place = {whole, " ".join(words[-1:])}, len(words) - 1
    while place > 1 and words[place - 1] in _PARTICLES:
        place -= 1
        keys.add(" ".join(words[place:]))
    return frozenset(keys - {""})
