"""Opening and unpacking with a limit on size."""

import gzip
import lzma
from pathlib import PurePath
from typing import BinaryIO, cast

from index.errors import SourceError

PACKINGS = frozenset({".gz", ".xz"})


def too_large(max_bytes: int) -> SourceError:
    """Make the error for a file over the limit."""
    return SourceError(
        f"It is larger than {round(max_bytes / 2**20, 1):g} MB (unpacked), the most that is read; "
        "raise max_file_mb to read it."
    )


def read_all(stream: BinaryIO, max_bytes: int) -> bytes:
    """Read a stream to its end.

    Raises:
        SourceError: It is empty or holds more than ``max_bytes``.
    """
    pieces: list[bytes] = []
    left = max_bytes + 1
    while left and (piece := stream.read(min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise too_large(max_bytes)
    data = b"".join(pieces)
    if not data.strip():
        raise SourceError("The file is empty.")
    return data


def suffixes_of(name: str) -> tuple[str, str]:
    """Part a file name into the suffix of its format and that of its packing.

    Returns:
        For "news.jsonl.xz" (".jsonl", ".xz"); for "news.txt" (".txt", ""); in lower case.
    """
    path = PurePath(name.rsplit("/", 1)[-1].lower())
    if path.suffix in PACKINGS:
        return PurePath(path.stem).suffix, path.suffix
    return path.suffix, ""


def unpack(stream: BinaryIO, packing: str) -> BinaryIO:
    """Lay the decompression for ``packing`` ("" for none) over a stream."""
    if packing == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    if packing == ".xz":
        return cast(BinaryIO, lzma.LZMAFile(stream))
    return stream
