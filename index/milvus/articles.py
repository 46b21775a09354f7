"""Articles in Milvus: found by id, filtered, listed and counted."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter

from index.catalog_counts import as_most_write_it
from index.catalog_reads import SHORTEST_ID
from index.errors import ArticleNotFoundError
from index.filters import authors_of
from index.milvus.client import Row, Tables, both, like, quoted
from index.milvus.ordered import DAY, MOST, ArticleId, Day, Field, beyond, first_rows, place_of
from index.milvus.rows import IS_LIVE, SUMMARY, VERSION, WHOLE, article_of, condition, piece_ids, summary_of, version_of
from index.milvus.schema import ARTICLE, FINISHED, LIVE, PIECE
from index.names import fold
from index.paging import Number, Page, read_cursor, write_cursor
from index.records import Article, ArticleSummary, Filters, LibraryStats, Version

# Above so many articles not all of their rows are read: lists look at the days they show, and menus and publications
# are taken from a sample.
MANY = 200_000
_AT_ONCE = 100
_NEWEST_FIRST = (
    replace(DAY, falling=True),
    Field("added", 2**63 - 1, falling=True),
    Field("id", 16**16 - 1, digits=16),
)
_PLACE = TypeAdapter[tuple[Day, Number, ArticleId]](tuple[Day, Number, ArticleId])

Values = Callable[[str], Iterable[str]]


class Articles:
    """Reads the articles of a library. What is not finished or was replaced is left out, where nothing else is said."""

    def __init__(self, tables: Tables, many: int = MANY, at_once: int = MOST) -> None:
        self._tables, self._many, self._at_once = tables, many, at_once

    def read(self, ids: Iterable[str], unfinished: bool = False) -> dict[str, Article]:
        """Return the articles with these ids, replaced ones too.

        Args:
            ids: Those that are not there, or whose text is not all there, are left out.
            unfinished: Also those that are just being added.
        """
        rows = self._tables.get(ARTICLE, ids, WHOLE, fresh=unfinished)
        rows = {i: row for i, row in rows.items() if unfinished or row["state"] in FINISHED}
        wanted = {i: piece_ids(i, row["pieces"]) for i, row in rows.items()}
        pieces = self._tables.get(
            PIECE, [number for numbers in wanted.values() for number in numbers], ["body"], unfinished
        )
        return {
            i: article_of(row, (pieces[number]["body"] for number in wanted[i]))
            for i, row in rows.items()
            if all(number in pieces for number in wanted[i])
        }

    def live(self, ids: Iterable[str]) -> set[str]:
        """Return those of these ids that articles have which are searched."""
        rows = self._tables.get(ARTICLE, ids, ["state"])
        return {str(i) for i, row in rows.items() if row["state"] == LIVE}

    def rows(self, ids: Collection[str], where: str, fields: Sequence[str]) -> dict[str, Row]:
        """Return the rows with these ids for which a condition holds."""
        if not ids:
            return {}
        found = self._tables.scan(ARTICLE, both(f"id in {quoted(sorted(ids))}", where), fields)
        return {row["id"]: row for row in found}

    def full_id(self, article_id: str, unfinished: bool = False) -> str:
        """Return the whole id for an id or for its first characters.

        Args:
            article_id: What is asked for.
            unfinished: Also that of an article that was never finished, or only half removed.

        Raises:
            ArticleNotFoundError: None or several begin so.
        """
        wanted = article_id.strip().lower()
        if len(wanted) >= SHORTEST_ID and wanted.isalnum():
            finished = "" if unfinished else f"state in {quoted(FINISHED)}"
            rows = self._tables.find(ARTICLE, both(f'id like "{wanted}%"', finished), [], 2, fresh=True)
            if len(rows) == 1:
                return str(rows[0]["id"])
            if rows:
                raise ArticleNotFoundError(f"Several articles have an id that begins with '{wanted}'. Give more of it.")
        raise ArticleNotFoundError(f"No article has the id '{article_id}'. List them: python -m index list")

    def everything(self) -> Iterator[Article]:
        """Yield all articles that are searched, by ascending id."""
        some: list[str] = []
        for row in self._tables.scan(ARTICLE, IS_LIVE, []):
            some.append(row["id"])
            if len(some) == _AT_ONCE:
                yield from self.read(some).values()
                some = []
        yield from self.read(some).values()

    def listed(
        self, filters: Filters, search: str, ids: Iterable[str], limit: int | None, offset: int
    ) -> list[ArticleSummary]:
        """List articles newest first: all, or those that have a text in title, publication or authors, or these ids."""
        where = _searched(filters, search, ids)
        wanted = None if limit is None else offset + limit
        if wanted is not None and self._tables.count(ARTICLE, where) > self._many:
            where = both(where, f"day >= {self._since(where, wanted)}")
        rows = sorted(self._tables.scan(ARTICLE, where, ["day", "added"]), key=_newest_first)
        return self._summaries(rows[offset:wanted])

    def page(self, filters: Filters, search: str, ids: Iterable[str], limit: int, cursor: str) -> Page[ArticleSummary]:
        """Return a page of what ``listed`` lists, however long that is.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        where = _searched(filters, search, ids)
        if cursor:
            place = read_cursor(_PLACE, cursor)
            where = both(where, beyond(_NEWEST_FIRST, place))
        rows = first_rows(self._tables, ARTICLE, [where], _NEWEST_FIRST, limit + 1, self._at_once)
        after = write_cursor(place_of(rows[limit - 1], _NEWEST_FIRST)) if len(rows) > limit else ""
        return Page(self._summaries(rows[:limit]), after)

    def _summaries(self, rows: Sequence[Row]) -> list[ArticleSummary]:
        found = self._tables.get(ARTICLE, [row["id"] for row in rows], SUMMARY)
        return [summary_of(found[row["id"]]) for row in rows if row["id"] in found]

    def count(self, filters: Filters, chunks: str) -> LibraryStats:
        """Count what filters leave; ``chunks`` is the name of the collection of passages."""
        where = both(IS_LIVE, condition(filters))
        number = self._tables.count(ARTICLE, where)
        if number > self._many:
            passages = self._tables.count(chunks, condition(filters))
            first, last = self._days(where)
            rows: Iterable[Row] = self._sampled(where, ["publication"])[0]
        else:
            rows = list(self._tables.scan(ARTICLE, where, ["publication", "day", "passages"]))
            number, passages = len(rows), sum(row["passages"] for row in rows)
            days = [row["day"] for row in rows if row["day"]]
            first, last = min(days, default=0), max(days, default=0)
        named = sorted({row["publication"] for row in rows} - {""}, key=lambda name: (name.lower(), name))
        return LibraryStats(number, passages, tuple(named), _day(first), _day(last))

    def publications(self) -> dict[str, int]:
        """Return how many articles each named publication has, in alphabetical order."""
        counts = self._counted("publication", lambda stored: (stored,))
        return {name: counts[name] for name in sorted(counts, key=lambda name: (name.lower(), name)) if name}

    def authors(self) -> dict[str, int]:
        """Return how many articles each author has, in alphabetical order."""
        return as_most_write_it(self._counted("authors", lambda stored: sorted(set(authors_of(stored)))))

    def sections(self) -> dict[str, int]:
        """Return how many articles each named section has, in alphabetical order."""
        return as_most_write_it(self._counted("section", lambda stored: (stored,)))

    def versions(self, article_id: str) -> list[Version]:
        """Return all texts that an article had, newest first."""
        rows = self._tables.get(ARTICLE, [article_id], VERSION)
        newest = article_id
        while newest in rows and (later := rows[newest]["replaced_by"]):
            rows |= self._tables.get(ARTICLE, [later], VERSION)
            newest = later
        ordered, waiting = [], [rows[newest]] if newest in rows else []
        while waiting:
            waiting.sort(key=lambda row: -row["added"])
            ordered += waiting
            rows |= {row["id"]: row for row in waiting}
            older = quoted(row["id"] for row in waiting)
            waiting = self._tables.find(ARTICLE, f"replaced_by in {older}", VERSION)
        return [version_of(row, rows.get(row["replaced_by"])) for row in ordered]

    def _counted(self, field: str, values: Values) -> Counter[str]:
        rows, of = self._sampled(IS_LIVE, [field])
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(values(row[field]))
        return Counter({value: round(count * of) for value, count in counts.items()})

    def _sampled(self, where: str, fields: Sequence[str]) -> tuple[Iterable[Row], float]:
        """Return the rows, or a random part of them, and how many times as many there are: ids are digests."""
        number = self._tables.count(ARTICLE, where)
        if number <= self._many:
            return self._tables.scan(ARTICLE, where, fields), 1.0
        bound = 16**8 * self._many // number
        rows = list(self._tables.scan(ARTICLE, both(where, f'id < "{bound:08x}"'), fields))
        return rows, number / max(1, len(rows))

    def _since(self, where: str, wanted: int) -> int:
        """Return the latest day such that at least ``wanted`` articles are of it or later; 0 where there are fewer."""
        low, high = 0, date.max.toordinal()
        while low < high:
            middle = (low + high + 1) // 2
            enough = self._tables.count(ARTICLE, both(where, f"day >= {middle}")) >= wanted
            low, high = (middle, high) if enough else (low, middle - 1)
        return low

    def _days(self, where: str) -> tuple[int, int]:
        dated = both(where, "day > 0")
        number = self._tables.count(ARTICLE, dated)
        return (self._since(dated, number), self._since(dated, 1)) if number else (0, 0)


def _searched(filters: Filters, search: str, ids: Iterable[str]) -> str:
    where = both(IS_LIVE, condition(filters))
    return both(where, f"{like('searched', fold(search))} or id in {quoted(sorted(ids))}") if search else where


def _newest_first(row: Row) -> tuple[int, int, str]:
    return -row["day"], -row["added"], row["id"]


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
