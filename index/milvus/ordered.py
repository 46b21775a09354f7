"""The first rows of a long list, in order. Milvus does not sort, and a list may be too long to be read whole.

So Milvus is asked how many rows there are up to some value of a field, until there are enough of them and few enough
to be sorted here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field as Checked

from index.milvus.client import Row, Tables, both

MOST = 10_000  # rows that are read at once, for a list that is longer


@dataclass(frozen=True, slots=True)
class Field:
    """A field by which a list is ordered.

    Attributes:
        name: Its name.
        largest: Its largest value; the least is 0.
        digits: How many hexadecimal digits it has where it is a text; 0 where it is a number.
        falling: Whether large values come first; numbers only.
    """

    name: str
    largest: int
    digits: int = 0
    falling: bool = False

    def up_to(self, step: int) -> str:
        """Return the condition that a value is among the first ``step + 1`` of those that there may be."""
        return f"{self.name} {'>=' if self.falling else '<='} {self._value(step)}"

    def after(self, step: int) -> str:
        """Return the condition that a value is none of these."""
        return f"{self.name} {'<' if self.falling else '>'} {self._value(step)}"

    def at(self, step: int) -> str:
        """Return the condition that a value is the one after the first ``step`` of those that there may be."""
        return f"{self.name} == {self._value(step)}"

    def step(self, value: int | str) -> int:
        """Return how many values may come before this one."""
        number = int(value, 16) if isinstance(value, str) else value
        return self.largest - number if self.falling else number

    def _value(self, step: int) -> str:
        number = self.largest - step if self.falling else step
        return f'"{number:0{self.digits}x}"' if self.digits else str(number)


DAY = Field("day", date.max.toordinal())

# What a client may send as part of a cursor.
Day = Annotated[int, Checked(ge=0, le=DAY.largest)]
ArticleId = Annotated[str, Checked(pattern="^[0-9a-f]{16}$")]


def first_rows(
    tables: Tables, table: str, conditions: Sequence[str], order: Sequence[Field], wanted: int, most: int = MOST
) -> list[Row]:
    """Return the first rows of a list with the fields that it is ordered by, at most ``wanted``.

    Args:
        tables: Where they are.
        table: The collection.
        conditions: The list is of the rows for which one of these holds. None holds for a row of another.
        order: What it is ordered by, first things first.
        wanted: How many rows.
        most: Rows to be read at once for each condition.
    """
    fields = [field.name for field in order]
    rows = [
        row
        for condition in conditions
        for part in _beginning(tables, table, condition, order, wanted, max(most, wanted))
        for row in tables.scan(table, part, fields)
    ]
    return sorted(rows, key=lambda row: [field.step(row[field.name]) for field in order])[:wanted]


def beyond(order: Sequence[Field], place: Sequence[int | str]) -> str:
    """Return the condition that a row comes after one with these values of the fields of the order."""
    condition = ""
    for field, value in reversed(list(zip(order, place, strict=True))):
        step = field.step(value)
        later = field.after(step)
        condition = f"{later} or ({field.at(step)} and ({condition}))" if condition else later
    return condition


def place_of(row: Row, order: Sequence[Field]) -> tuple[int | str, ...]:
    """Return where a row stands in a list of this order."""
    return tuple(row[field.name] for field in order)


def _beginning(
    tables: Tables, table: str, condition: str, order: Sequence[Field], wanted: int, most: int
) -> Iterator[str]:
    """Yield conditions that hold for the first rows of a list and for no others, for enough but not too many."""
    if not order or tables.count(table, condition) <= most:
        yield condition
        return
    field, *rest = order
    low, high = 0, field.largest
    while low < high:
        middle = (low + high) // 2
        beginning = both(condition, field.up_to(middle))
        number = tables.count(table, beginning)
        if wanted <= number <= most:
            yield beginning
            return
        low, high = (low, middle) if number > most else (middle + 1, high)
    # One value has too many rows, so that the other fields tell which of them are first.
    if low:
        before = both(condition, field.up_to(low - 1))
        wanted -= tables.count(table, before)
        yield before
    yield from _beginning(tables, table, both(condition, field.at(low)), rest, wanted, most)
