"""Tables with one article a row (.csv, .tsv)."""

import csv
import re
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.encoding import decode
from index.sources.limits import Limits
from index.sources.reading import read_all
from index.sources.rows import TEXT, draft_from_row, has_known_column

_LINE_END = re.compile(r"\r\n?|\n")
_DELIMITERS = ",\t;|"
# Characters of a line or cell for each that an article may have: there are other columns.
_LONGEST_LINE = 4
_MOST_COLUMNS = 1000


def read_table(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a table whose first row names the columns.

    Args:
        name: Name for the report; rows are reported as ``name:7``, counting from the row of names as 1.
        stream: The file.
        limits: How much is read of it.

    Yields:
        A draft or failure for every row that is not blank.

    Raises:
        SourceError: The file is empty, too large, or names no column that is known.
    """
    text = decode(read_all(stream, limits)).replace("\0", "")
    longest = _LONGEST_LINE * limits.article_characters
    csv.field_size_limit(longest)
    # Only the delimiter is guessed, from the row of names; csv.Sniffer takes quotation marks of the prose for quoting.
    header = text.lstrip()[:longest].split("\n", 1)[0]
    cells = csv.reader(_lines(text, longest), delimiter=max(_DELIMITERS, key=header.count))
    rows = _filled_rows(cells, name)
    first = next(rows, None)
    if first is None or isinstance(first, Failure) or not has_known_column(first[1]):
        raise SourceError(f"The first row names no column that is known; '{TEXT[0]}' and 'title' are the least.")
    names = [cell.strip() for cell in first[1]]
    if len(names) > _MOST_COLUMNS:
        raise SourceError(f"The table has more than {_MOST_COLUMNS:,} columns; leave out those that are not needed.")
    found = False
    for row in rows:
        found = True
        yield row if isinstance(row, Failure) else _row(dict(zip(names, row[1], strict=False)), f"{name}:{row[0]}")
    if not found:
        raise SourceError("The table has no rows below the names of the columns.")


def _lines(text: str, longest: int) -> Iterator[str]:
    """Give the lines with their ends, as they are written: those within a cell belong to it."""
    position = 0
    while position < len(text):
        end = _LINE_END.search(text, position)
        stop = end.end() if end else len(text)
        if stop - position > longest:
            raise SourceError("A line is far longer than an article; divide it, or raise max_article_characters.")
        yield text[position:stop]
        position = stop


def _filled_rows(cells: Iterator[list[str]], name: str) -> Iterator[tuple[int, list[str]] | Failure]:
    """Number the rows from 1 and pass over blank ones."""
    for number in count(1):
        try:
            row = next(cells)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(f"{name}:{number}", f"The row cannot be read: {error}.")
            continue
        if any(cell.strip() for cell in row):
            yield number, row


def _row(values: dict[str, str], source: str) -> Draft | Failure:
    try:
        return draft_from_row(values, source)
    except SourceError as error:
        return Failure(source, str(error))
