"""Zip archives: members are read in memory and never written to disk."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.dispatch import is_known
from index.sources.reading import read_all, too_large

ReadInner = Callable[[str, bytes], Iterator[Draft | Failure]]

MAX_MEMBERS = 100_000
# All members together may hold this many times the limit of one file.
MAX_TOTAL_FILES = 20
# Prose packs 3 to 10 times, repeated markup up to 100; deflate's bombs come near 1,000.
MAX_RATIO = 200
_RATIO_FROM = 1_000_000


def read_zip(name: str, stream: BinaryIO, max_bytes: int, read_inner: ReadInner) -> Iterator[Draft | Failure]:
    """Read the members of known kinds, in the order of their names.

    Args:
        name: Name for the report; members are reported as ``name/path``.
        stream: The archive, seekable.
        max_bytes: Largest member that is read.
        read_inner: Reads one member.

    Yields:
        Drafts and failures.

    Raises:
        SourceError: It is no zip archive, has too many members, or none that can be read.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise SourceError("It is not a zip archive that can be read; it may be damaged.") from error
    with archive:
        members = sorted((info for info in archive.infolist() if _is_wanted(info)), key=lambda info: info.filename)
        if len(members) > MAX_MEMBERS:
            raise SourceError(f"The archive holds more than {MAX_MEMBERS:,} files; divide it.")
        if not members:
            raise SourceError("The archive holds no file of a known kind.")
        total = 0
        for info in members:
            label = f"{name}/{clean_line(info.filename)}"
            data = _member(archive, info, max_bytes)
            if isinstance(data, str):
                yield Failure(label, data)
                continue
            total += len(data)
            if total > MAX_TOTAL_FILES * max_bytes:
                raise SourceError(f"The archive unpacks to more than {MAX_TOTAL_FILES} times max_file_mb; divide it.")
            yield from read_inner(label, data)


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    hidden = any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
    return not info.is_dir() and not hidden and is_known(info.filename)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, max_bytes: int) -> bytes | str:
    """Return the bytes of a member, or the reason why there are none."""
    if info.flag_bits & 1:
        return "It is encrypted; unpack the archive and add the files."
    if info.file_size > max(_RATIO_FROM, MAX_RATIO * info.compress_size):
        return f"It unpacks to more than {MAX_RATIO} times its size and is taken for a decompression bomb."
    if info.file_size > max_bytes:
        return str(too_large(max_bytes))
    try:
        with archive.open(info) as stream:
            return read_all(cast(BinaryIO, stream), max_bytes)
    except SourceError as error:
        return str(error)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return "It is damaged or packed in a way that cannot be read."
