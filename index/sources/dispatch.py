"""From a name and a stream to the reader of its format; whatever a parser raises becomes a plain reason."""

import importlib
import io
import logging
from collections.abc import Iterator
from typing import BinaryIO

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.reading import PACKINGS, read_all, suffixes_of, unpack

logger = logging.getLogger(__name__)

# Suffix: module, function. Readers are imported when the first such file comes.
_READERS = {
    ".txt": ("plain", "read_text"),
    ".text": ("plain", "read_text"),
    ".md": ("plain", "read_text"),
    ".html": ("webpage", "read_html"),
    ".htm": ("webpage", "read_html"),
    ".pdf": ("pdf", "read_pdf"),
    ".docx": ("word", "read_docx"),
    ".eml": ("mail", "read_mail"),
    ".xml": ("feed", "read_feed"),
    ".rss": ("feed", "read_feed"),
    ".atom": ("feed", "read_feed"),
    ".jsonl": ("json_lines", "read_jsonl"),
    ".ndjson": ("json_lines", "read_jsonl"),
    ".json": ("json_lines", "read_json"),
    ".csv": ("table", "read_table"),
    ".tsv": ("table", "read_table"),
}
# These hold files of the other formats, and call back for each.
_CONTAINERS = {".zip": ("archive", "read_zip"), ".eml": ("mail", "read_mail")}
SUFFIXES = frozenset(_READERS) | frozenset(_CONTAINERS) | PACKINGS
MAX_DEPTH = 2


def is_known(name: str) -> bool:
    """True where a file of this name can be read."""
    return suffixes_of(name)[0] in SUFFIXES - PACKINGS


def read_stream(name: str, stream: BinaryIO, max_bytes: int, depth: int = 0) -> Iterator[Draft | Failure]:
    """Read one file, by its suffix.

    Args:
        name: File name; also the name for the report.
        stream: Its bytes; seekable for ``.zip``.
        max_bytes: Most bytes that are read of it, after unpacking.
        depth: How many containers it lies in.

    Yields:
        Drafts and failures; nothing is raised for what the file holds.
    """
    label = clean_line(name) or "unnamed"
    suffix, packing = suffixes_of(name)
    if suffix not in SUFFIXES - PACKINGS:
        known = " ".join(sorted(SUFFIXES))
        yield Failure(
            label, f"Files of this kind ('{suffix or packing or 'no suffix'}') cannot be read; known are {known}."
        )
        return
    try:
        found = False
        for item in _items(label, _unpacked(stream, suffix, packing, max_bytes), suffix, max_bytes, depth):
            found = True
            yield _checked(item)
        if not found:
            yield Failure(label, "It holds no articles.")
    except SourceError as error:
        yield Failure(label, str(error))
    except EOFError:
        yield Failure(label, "The compressed file is cut short.")
    except Exception as error:  # parsers raise whatever they like on bad files, and the batch must go on
        logger.info("Reading %s failed.", label, exc_info=True)
        detail = clean_line(str(error))[:200].rstrip(".") or type(error).__name__
        yield Failure(label, f"It could not be read as {suffix}{packing}; it may be damaged ({detail}).")


def _unpacked(stream: BinaryIO, suffix: str, packing: str, max_bytes: int) -> BinaryIO:
    unpacked = unpack(stream, packing)
    # Looking for an archive's directory reads to its end, however large it unpacks.
    return io.BytesIO(read_all(unpacked, max_bytes)) if packing and suffix == ".zip" else unpacked


def _items(label: str, stream: BinaryIO, suffix: str, max_bytes: int, depth: int) -> Iterator[Draft | Failure]:
    if suffix not in _CONTAINERS:
        module, function = _READERS[suffix]
        yield from getattr(importlib.import_module(f"index.sources.{module}"), function)(label, stream, max_bytes)
        return
    if depth >= MAX_DEPTH:
        raise SourceError("It lies too deep: an archive within an archive is read, no deeper.")

    def read_inner(name: str, data: bytes) -> Iterator[Draft | Failure]:
        return read_stream(name, io.BytesIO(data), max_bytes, depth + 1)

    module, function = _CONTAINERS[suffix]
    yield from getattr(importlib.import_module(f"index.sources.{module}"), function)(
        label, stream, max_bytes, read_inner
    )


def _checked(item: Draft | Failure) -> Draft | Failure:
    if isinstance(item, Draft) and not item.text.strip():
        return Failure(item.source, "It holds no text.")
    return item
