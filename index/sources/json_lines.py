"""JSON Lines, read row by row, and JSON files."""

import codecs
import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.encoding import decode
from index.sources.limits import Limits, too_large
from index.sources.reading import read_all
from index.sources.rows import draft_from_row

# Bytes of a line for each character that its article may have: characters take up to six, and there are other fields.
_LONGEST_ROW = 8
# What takes memory, besides the text itself: lists, objects and what is in them.
_MOST_VALUES, _MOST_MEMORY = 3_000_000, 200_000_000
_LISTS = ("articles", "items", "results", "data", "docs", "documents", "entries", "stories")


def read_jsonl(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read one article a line; a bad line becomes a Failure and the next goes on.

    Args:
        name: Name for the report; lines are reported as ``name:7``.
        stream: The file.
        limits: How much is read of it.

    Yields:
        A draft or failure for every line that is not blank.

    Raises:
        SourceError: The file is empty or larger than ``limits.file_bytes``.
    """
    longest = _LONGEST_ROW * limits.article_characters
    total = number = rows = 0
    while line := stream.readline(min(limits.file_bytes - total, longest) + 1):
        total += len(line)
        if total > limits.file_bytes:
            raise too_large(limits)
        if len(line) > longest:
            raise SourceError(
                f"Line {number + 1} is far longer than an article; divide it, or raise max_article_characters."
            )
        if number == 0 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            wide = decode(line + read_all(stream, limits))
            yield from (_row(text, f"{name}:{n}") for n, text in enumerate(wide.splitlines(), start=1) if text.strip())
            return
        number += 1
        if not line.strip():
            continue
        rows += 1
        yield _row(line, f"{name}:{number}")
    if not rows:
        raise SourceError("The file is empty.")


def read_json(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a JSON file: a list of articles, an object that holds such a list, or one article.

    Args:
        name: Name for the report; articles of a list are reported as ``name:7``.
        stream: The file.
        limits: How much is read of it.

    Yields:
        A draft or failure for every article.

    Raises:
        SourceError: The file is empty, too large, or no JSON.
    """
    text = decode(read_all(stream, limits))
    _check_memory(text)
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise SourceError("The JSON is nested too deeply.") from error
    except ValueError as error:
        try:
            head = json.loads(text.lstrip().split("\n", 1)[0])
        except (ValueError, RecursionError):
            raise SourceError(f"It is not valid JSON: {error}.") from error
        if not isinstance(head, dict):
            raise SourceError(f"It is not valid JSON: {error}.") from error
        yield from (_row(line, f"{name}:{n}") for n, line in enumerate(text.split("\n"), start=1) if line.strip())
        return
    if isinstance(value, dict):
        found = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = value if found is None else found
    if isinstance(value, list):
        if not value:
            raise SourceError("It holds an empty list, no articles.")
        yield from (_object(item, f"{name}:{number}") for number, item in enumerate(value, start=1))
    else:
        yield _object(value, name)


def _check_memory(text: str) -> None:
    if sum(map(text.count, ",[{")) > _MOST_VALUES or sys.getsizeof(text) > _MOST_MEMORY:
        raise SourceError("It is too much to hold in memory at once; save it as JSON Lines, one article a line.")


def _row(line: bytes | str, source: str) -> Draft | Failure:
    try:
        text = decode(line) if isinstance(line, bytes) else line
        _check_memory(text)
        value = json.loads(text)
    except SourceError as error:
        return Failure(source, str(error))
    except RecursionError:
        return Failure(source, "The JSON is nested too deeply.")
    except ValueError as error:
        return Failure(source, f"The line is not valid JSON: {error}.")
    return _object(value, source)


def _object(value: object, source: str) -> Draft | Failure:
    if not isinstance(value, dict):
        return Failure(source, "It is not a JSON object with a text.")
    try:
        return draft_from_row(value, source)
    except SourceError as error:
        return Failure(source, str(error))
    except RecursionError:
        return Failure(source, "The JSON is nested too deeply.")
