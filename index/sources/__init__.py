"""Everything that turns files, uploads, pasted text and web addresses into drafts."""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.counting import count_items
from index.sources.dispatch import SUFFIXES, label_of, read_stream
from index.sources.fetch import fetch_url
from index.sources.folders import files_below, is_folder, open_file
from index.sources.limits import Limits, limits_of, too_large

__all__ = [
    "SUFFIXES",
    "Limits",
    "NamedFile",
    "count_items",
    "fetch_url",
    "limits_of",
    "list_files",
    "read_bytes",
    "read_file",
    "read_pasted",
    "read_paths",
]


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file, and the name that reports give it: below the folder it was found in."""

    path: Path
    name: str


def read_paths(paths: Sequence[Path], limits: Limits) -> Iterator[Draft | Failure]:
    """Read files and folders, one article after another.

    Args:
        paths: Files (any suffix of ``SUFFIXES``) and folders, which are read with all that is below them; hidden
            files and files of other kinds in folders are passed over.
        limits: How much is read.

    Yields:
        A draft for every article and a failure for whatever could not be read; nothing is raised.
    """
    for file in list_files(paths):
        if isinstance(file, Failure):
            yield file
        else:
            yield from read_file(file, limits)


def list_files(paths: Sequence[Path]) -> Iterator[NamedFile | Failure]:
    """List what ``read_paths`` reads, in its order, without opening any file."""
    for path in paths:
        if not is_folder(path):
            yield NamedFile(path, path.name)
            continue
        base = path.resolve().name
        found = False
        for file in files_below(path):
            found = True
            if isinstance(file, Failure):
                yield file
            else:
                yield NamedFile(file, f"{base}/{file.relative_to(path).as_posix()}")
        if not found:
            known = " ".join(sorted(SUFFIXES))
            yield Failure(label_of(base), f"The folder holds no file of a known kind ({known}) that is not hidden.")


def read_bytes(name: str, data: bytes, limits: Limits) -> Iterator[Draft | Failure]:
    """Read an upload as the file it was.

    Args:
        name: Its file name; the suffix tells the format.
        data: Its content.
        limits: How much is read.

    Yields:
        Drafts and failures; nothing is raised.
    """
    if len(data) > limits.file_bytes:
        yield Failure(label_of(name), str(too_large(limits)))
    elif not data.strip():
        yield Failure(label_of(name), "The file is empty.")
    else:
        yield from read_stream(name, io.BytesIO(data), limits)


def read_pasted(text: str, name: str = "pasted text") -> Draft | Failure:
    """Read text that a user pasted, such as a newspaper page.

    Args:
        text: The text.
        name: Name for the report.

    Returns:
        A draft, or a failure where there is no text.
    """
    from index.sources.plain import draft_from_text

    try:
        return draft_from_text(text, name)
    except SourceError as error:
        return Failure(name, str(error))


def read_file(file: NamedFile, limits: Limits) -> Iterator[Draft | Failure]:
    """Read one file, as ``read_paths`` does."""
    path, label = file.path, file.name
    try:
        # Asked before it is opened: opening a device may do something.
        if not path.is_file():
            there = path.exists()
            reason = "It is neither a file nor a folder." if there else "There is no such file or folder."
            yield Failure(label_of(label if there else str(path)), reason)
            return
        with open_file(path) as stream:
            size = os.fstat(stream.fileno()).st_size
            if size == 0:
                yield Failure(label_of(label), "The file is empty.")
            elif size > limits.file_bytes:
                yield Failure(label_of(label), str(too_large(limits)))
            else:
                yield from read_stream(label, stream, limits)
    except SourceError as error:
        yield Failure(label_of(label), str(error))
    except OSError as error:
        yield Failure(label_of(label), f"The file could not be opened: {error.strerror or error}.")
