"""From a name and a stream to the reader of its format; whatever a parser raises becomes a plain reason."""

import importlib
import io
import logging
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.limits import Limits
from index.sources.reading import PACKINGS, read_all, suffixes_of, unpack
from index.sources.watching import watched

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
# A file is left after so many entries in a row that cannot be read: it is not what its name says, and might hold
# millions of them.
MOST_FAILURES = 1000
_LONGEST_LABEL = 300


def is_known(name: str) -> bool:
    """True where a file of this name can be read."""
    return suffixes_of(name)[0] in SUFFIXES - PACKINGS


def label_of(name: str) -> str:
    """Return a file's name as it is safe to show: one line, nothing invisible, no broken characters, not too long."""
    label = clean_line(name[: 4 * _LONGEST_LABEL]) or "unnamed"
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 40]}…{label[-39:]}"


def read_stream(name: str, stream: BinaryIO, limits: Limits, depth: int = 0) -> Iterator[Draft | Failure]:
    """Read one file, by its suffix.

    Args:
        name: File name; also the name for the report.
        stream: Its bytes; seekable for ``.zip``.
        limits: How much is read of it.
        depth: How many containers it lies in.

    Yields:
        Drafts and failures; nothing is raised for what the file holds.
    """
    label = label_of(name)
    suffix, packing = suffixes_of(name)
    if suffix not in SUFFIXES - PACKINGS:
        known = " ".join(sorted(SUFFIXES))
        kind = label_of(suffix or packing) if suffix or packing else "no suffix"
        yield Failure(label, f"Files of this kind ('{kind}') cannot be read; known are {known}.")
        return
    yield from reported(label, f"{suffix}{packing}", _opened(label, stream, suffix, packing, limits, depth))


def reported(label: str, kind: str, items: Iterable[Draft | Failure]) -> Iterator[Draft | Failure]:
    """Hand on what a reader yields; what it raises becomes a failure, and so do very many failures.

    Args:
        label: Name for the report.
        kind: The format, for the reason.
        items: What the reader yields.
    """
    found = failed = 0
    try:
        for item in items:
            found += 1
            failed = failed + 1 if isinstance(item, Failure) else 0
            yield _checked(item)
            if failed == MOST_FAILURES:
                raise SourceError(f"{failed:,} entries in a row could not be read, so the rest of it is passed over.")
        if not found:
            yield Failure(label, "It holds no articles.")
    except SourceError as error:
        yield Failure(label, str(error))
    except EOFError:
        yield Failure(label, "The compressed file is cut short.")
    except Exception as error:  # parsers raise whatever they like on bad files, and the batch must go on
        logger.info("Reading %s failed.", label, exc_info=True)
        detail = clean_line(str(error)[:1000])[:200].rstrip(".") or type(error).__name__
        yield Failure(label, f"It could not be read as {kind}; it may be damaged ({detail}).")


def _opened(
    label: str, stream: BinaryIO, suffix: str, packing: str, limits: Limits, depth: int
) -> Iterator[Draft | Failure]:
    yield from _items(label, _unpacked(stream, suffix, packing, limits), suffix, limits, depth)


def _unpacked(stream: BinaryIO, suffix: str, packing: str, limits: Limits) -> BinaryIO:
    unpacked = unpack(stream, packing)
    # Looking for an archive's directory reads to its end, however large it unpacks.
    return io.BytesIO(read_all(unpacked, limits)) if packing and suffix == ".zip" else unpacked


def _items(label: str, stream: BinaryIO, suffix: str, limits: Limits, depth: int) -> Iterator[Draft | Failure]:
    if suffix not in _CONTAINERS:
        module, function = _READERS[suffix]
        items = getattr(importlib.import_module(f"index.sources.{module}"), function)(label, stream, limits)
        yield from watched(items, limits.file_seconds)
        return
    if depth >= limits.archive_depth:
        raise SourceError(
            f"It lies in {depth} archives or mails, which is as deep as they are read; unpack them, or raise "
            "max_archive_depth."
        )

    def read_inner(name: str, data: bytes) -> Iterator[Draft | Failure]:
        return read_stream(name, io.BytesIO(data), limits, depth + 1)

    module, function = _CONTAINERS[suffix]
    yield from getattr(importlib.import_module(f"index.sources.{module}"), function)(label, stream, limits, read_inner)


def _checked(item: Draft | Failure) -> Draft | Failure:
    if isinstance(item, Draft) and not item.text.strip():
        return Failure(item.source, "It holds no text.")
    return item
