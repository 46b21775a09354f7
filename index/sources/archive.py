"""Zip archives: members are read in memory and never written to disk."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.dispatch import is_known, label_of
from index.sources.limits import Limits, too_large
from index.sources.reading import read_all

ReadInner = Callable[[str, bytes], Iterator[Draft | Failure]]

# Prose packs 3 to 10 times, repeated markup up to 100; deflate's bombs come near 1,000.
MAX_RATIO = 200
_RATIO_FROM = 1_000_000
# An archive's directory takes 46 bytes and the name for each file, and is read at once.
_DIRECTORY_BYTES = 250
# Only these unpack a little at a time, in little memory; nobody packs articles with the others.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


def read_zip(name: str, stream: BinaryIO, limits: Limits, read_inner: ReadInner) -> Iterator[Draft | Failure]:
    """Read the members of known kinds, in the order of their names.

    Args:
        name: Name for the report; members are reported as ``name/path``.
        stream: The archive, seekable.
        limits: How much is read of it.
        read_inner: Reads one member.

    Yields:
        Drafts and failures.

    Raises:
        SourceError: It is no zip archive, has too many members, or none that can be read.
    """
    with open_zip(stream, limits) as archive:
        members = sorted((info for info in archive.infolist() if _is_wanted(info)), key=lambda info: info.filename)
        if not members:
            raise SourceError("The archive holds no file of a known kind.")
        total = 0
        for info in members:
            label = label_of(f"{name}/{info.filename}")
            data = _member(archive, info, limits)
            if isinstance(data, str):
                yield Failure(label, data)
                continue
            total += len(data)
            if total > limits.unpacked_bytes:
                raise SourceError(
                    f"The archive unpacks to more than {limits.unpacked_bytes / 1e6:g} MB, the most that is read; "
                    "divide it, or raise max_unpacked_mb."
                )
            yield from read_inner(label, data)


def open_zip(stream: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """Open an archive whose directory fits into little memory and whose files do not overlap.

    Raises:
        SourceError: It is no zip archive, has too many files, or is a bomb.
    """
    end = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, _Bounded(stream, _DIRECTORY_BYTES * limits.archive_files, limits)))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise SourceError("It is not a zip archive that can be read; it may be damaged.") from error
    if len(archive.infolist()) > limits.archive_files:
        raise _too_many(limits)
    if sum(info.compress_size for info in archive.infolist()) > end:
        raise SourceError("Its files overlap in the archive, which is taken for a decompression bomb.")
    return archive


def _too_many(limits: Limits) -> SourceError:
    return SourceError(
        f"The archive holds more than {limits.archive_files:,} files, the most that are read; divide it, or raise "
        "max_archive_files."
    )


class _Bounded:
    """A stream of which nobody reads very much at once; of an archive, that would be its directory."""

    def __init__(self, stream: BinaryIO, most: int, limits: Limits) -> None:
        self._stream, self._most, self._limits = stream, most, limits
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise _too_many(self._limits)
        return self._stream.read(size)


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(info.filename.replace("\\", "/")).parts
    hidden = any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
    return not info.is_dir() and not hidden and is_known(info.filename)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes | str:
    """Return the bytes of a member, or the reason why there are none."""
    if info.flag_bits & 1:
        return "It is encrypted; unpack the archive and add the files."
    if info.compress_type not in METHODS:
        return "It is packed in a way that is not read; unpack the archive and add the files."
    if info.file_size > max(_RATIO_FROM, MAX_RATIO * info.compress_size):
        return f"It unpacks to more than {MAX_RATIO} times its size and is taken for a decompression bomb."
    if info.file_size > limits.file_bytes:
        return str(too_large(limits))
    try:
        with archive.open(info) as stream:
            return read_all(cast(BinaryIO, stream), limits)
    except SourceError as error:
        return str(error)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        return "It is damaged or packed in a way that cannot be read."
