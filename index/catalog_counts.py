"""Counts of what is in the catalog. Each runs inside ``Catalog.reading()``."""

import sqlite3
from collections import Counter, defaultdict
from datetime import date

from index.filters import authors_of, filter_sql, name_key
from index.records import Filters, LibraryStats


def read_stats(connection: sqlite3.Connection, filters: Filters) -> LibraryStats:
    """Count what ``filters`` leave."""
    condition, values = filter_sql(connection, filters)
    row = connection.execute(
        f"SELECT count(*) AS n, min(published) AS first, max(published) AS last FROM article AS a WHERE {condition}",  # noqa: S608
        values,
    ).fetchone()
    joined = f"JOIN article AS a ON a.id = chunk.article WHERE {condition}" if filters else ""
    chunks = connection.execute(f"SELECT count(*) FROM chunk {joined}", values if filters else ()).fetchone()[0]  # noqa: S608
    publications = tuple(_count_publications(connection, condition, values))
    return LibraryStats(
        row["n"],
        chunks,
        publications,
        *(date.fromisoformat(row[day]) if row[day] else None for day in ("first", "last")),
    )


def read_publications(connection: sqlite3.Connection, filters: Filters) -> dict[str, int]:
    """Return how many articles each named publication has, in alphabetical order."""
    return _count_publications(connection, *filter_sql(connection, filters))


def _count_publications(connection: sqlite3.Connection, condition: str, values: list[str]) -> dict[str, int]:
    rows = connection.execute(
        f"SELECT publication, count(*) FROM article AS a WHERE {condition} AND publication <> '' "  # noqa: S608
        "GROUP BY publication ORDER BY publication COLLATE NOCASE",
        values,
    )
    return dict(rows.fetchall())


def read_authors(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many articles each author has, in alphabetical order; see ``as_most_write_it``."""
    counts: Counter[str] = Counter()
    for stored, number in connection.execute(
        "SELECT authors, count(*) FROM article WHERE replaced_by IS NULL GROUP BY authors"
    ):
        for name in set(authors_of(stored)):
            counts[name] += number
    return as_most_write_it(counts)


def read_sections(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many articles each named section has, in alphabetical order; see ``as_most_write_it``."""
    rows = connection.execute("SELECT section, count(*) FROM article WHERE replaced_by IS NULL GROUP BY section")
    return as_most_write_it(Counter(dict(rows.fetchall())))


def as_most_write_it(counts: Counter[str]) -> dict[str, int]:
    """Add up names that differ in case and accents only, under the commonest spelling; "" is left out."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, number in counts.items():
        spellings[name_key(name)][name] += number
    spellings.pop("", None)
    return {min(s, key=lambda name: (-s[name], name)): s.total() for _, s in sorted(spellings.items())}
