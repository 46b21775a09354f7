"""Opening and unpacking with a limit on size."""

import io
import lzma
import zlib
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO, Protocol, cast

from index.errors import SourceError
from index.sources.limits import Limits, too_large

PACKINGS = frozenset({".gz", ".xz"})
_BLOCK = 1 << 16
# Packed files may be several put together; bombs are millions of empty ones.
_MOST_STREAMS = 10_000
# What the strongest preset of xz needs is 65 MB; a file may ask for 4 GB.
_XZ_MEMORY = 128 << 20


def read_all(stream: BinaryIO, limits: Limits) -> bytes:
    """Read a stream to its end.

    Raises:
        SourceError: It is empty or holds more than ``limits.file_bytes``.
    """
    pieces: list[bytes] = []
    left = limits.file_bytes + 1
    while left and (piece := stream.read(min(left, 1 << 20))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise too_large(limits)
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
        return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, _Gzip), _BLOCK))
    if packing == ".xz":
        return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, _xz), _BLOCK))
    return stream


class _Decompressor(Protocol):
    """What ``lzma`` gives for one stream."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(memlimit=_XZ_MEMORY)


class _Gzip:
    """Lets gzip's decompressor be used as that of ``lzma``."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Unpacked(io.RawIOBase):
    """Unpacks a stream as it is read, in little memory, however often packed streams follow one another."""

    def __init__(self, stream: BinaryIO, make: Callable[[], _Decompressor]) -> None:
        self._stream = stream
        self._make = make
        self._one = make()
        self._left = _MOST_STREAMS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Fill ``buffer`` as far as there is more.

        Raises:
            EOFError: The packed file is cut short.
            SourceError: It is damaged, or consists of more packed streams than anybody makes.
        """
        view = memoryview(buffer)
        while True:
            try:
                piece = self._next(len(view))
            except (zlib.error, lzma.LZMAError) as error:
                raise SourceError("The compressed file is damaged, or needs too much memory to unpack.") from error
            if piece is None:
                return 0
            if piece:
                view[: len(piece)] = piece
                return len(piece)

    def _next(self, most: int) -> bytes | None:
        """Unpack a little, perhaps nothing yet; None where all is unpacked."""
        data = b""
        if self._one.eof:
            data = self._one.unused_data.lstrip(b"\0") or self._stream.read(_BLOCK).lstrip(b"\0")
            if not data:
                return None
            self._left -= 1
            if not self._left:
                raise SourceError(f"The compressed file consists of more than {_MOST_STREAMS:,} parts; unpack it.")
            self._one = self._make()
        elif self._one.needs_input and not (data := self._stream.read(_BLOCK)):
            raise EOFError
        return self._one.decompress(data, most)
