"""The audit log of a library in Milvus: a row for each change, by whoever made it, on whatever machine.

A row is written just before its change is seen, so that nothing is in the library, or gone from it, without one. Its id
follows from the article and from when that was added: what is cut off and done again is written down once.
"""

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime

from index.audit import Actor, Change, Entry
from index.milvus.client import Row, Tables
from index.milvus.ordered import Field, beyond, first_rows, place_of
from index.milvus.schema import AUDIT, NO_VECTOR, NOTHING, PENDING, PIECE_CHARACTERS, row_id

_WORDS = ("who", "how", "result", "article", "title", "source", "reason")
_OLDEST_FIRST = (Field("at", 2**63 - 1), Field("id", 2**63 - 1))
_AT_ONCE = 5000
_SECOND = 1_000_000_000
_BEGINNING = date(1970, 1, 2)  # of the clock, in any time zone


class MilvusAudit:
    """Reads and writes the log of one library."""

    def __init__(self, tables: Tables, at_once: int = _AT_ONCE) -> None:
        self._tables, self._at_once = tables, at_once

    def write(self, by: Actor, changes: Iterable[Change], rows: Mapping[str, Row]) -> None:
        """Write down what is about to be done.

        Args:
            by: Who does it.
            changes: What.
            rows: The rows of the articles, by id, which say when they were added.
        """
        at = time.time_ns()
        self._tables.put(
            AUDIT,
            [
                {
                    "id": _id(rows[change.article], change.result == "removed"),
                    "at": at + number,
                    "who": _kept(by.name),
                    "how": _kept(by.how),
                    "result": change.result,
                    "article": change.article,
                    "title": _kept(change.title),
                    "source": _kept(change.source),
                    "reason": _kept(change.reason),
                    NO_VECTOR: NOTHING,
                }
                for number, change in enumerate(changes)
            ],
        )

    def withdraw(self, rows: Iterable[Row]) -> None:
        """Take back that articles were added whose adding was cut off, as these rows of them show."""
        self._tables.delete(AUDIT, [_id(row) for row in rows if row["state"] == PENDING])

    def entries(self, since: date | None) -> Iterator[Entry]:
        """Yield the entries, oldest first, however many there are; see ``index.audit.read_entries``."""
        where = f"at >= {_midnight(since)}" if since else ""
        while rows := first_rows(self._tables, AUDIT, [where], _OLDEST_FIRST, self._at_once):
            found = self._tables.get(AUDIT, [row["id"] for row in rows], ["at", *_WORDS])
            yield from (_entry(found[row["id"]]) for row in rows if row["id"] in found)
            where = beyond(_OLDEST_FIRST, place_of(rows[-1], _OLDEST_FIRST))


def _id(row: Row, removed: bool = False) -> int:
    return row_id("removed" if removed else "added", row["id"], row["added"])


def _kept(text: str) -> str:
    """Return a text as Milvus takes it: of a name or title that is longer than that, the beginning."""
    return text[:PIECE_CHARACTERS].encode("utf-8", "replace").decode()


def _midnight(day: date) -> int:
    """Return the nanosecond at which a day of local time begins."""
    seconds = int(datetime.combine(max(day, _BEGINNING), datetime.min.time()).timestamp())
    return min(seconds * _SECOND, 2**63 - 1)  # nanoseconds as Milvus counts them end in 2262


def _entry(row: Row) -> Entry:
    return Entry(datetime.fromtimestamp(row["at"] / _SECOND, UTC), *(row[name] for name in _WORDS))
