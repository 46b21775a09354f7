"""Hostile archives: bombs of several kinds, sizes that lie, and names that lead elsewhere."""

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from tests.reliability.hostile.texts import STORY

NAMES = (
    "../../etc/passwd.txt", "/etc/absolute.txt", "C:\\windows\\a.txt", "\\\\host\\share\\a.txt", "CON.txt", "a\0b.txt",
    "a\nb.txt", "\u202etxt.exe.txt", "\u200b.txt", "x" * 30_000 + ".txt", "a/" * 5000 + "a.txt", ".txt", "..txt",
    "a.TXT", "a.txt/", "é.txt", "\U0001f600.txt", "a.txt.gz.gz", "a.zip.gz", "dir/../../../b.txt", "|rm.txt",
    "$(x).txt",
)  # fmt: skip
_STORY = STORY.encode()
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack members into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def nested(depth: int, data: bytes = _STORY) -> bytes:
    """Pack an archive into an archive, ``depth`` times."""
    name = "a.txt"
    for _ in range(depth):
        data, name = zipped({name: data}), "a.zip"
    return data


def overlapping(members: int, data: bytes) -> bytes:
    """Let all members of an archive share one packed body, so that a small file unpacks to a large one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    sizes = zlib.crc32(data), len(packed), len(data)
    body = _LOCAL.pack(b"PK\3\4", 20, 0, 8, 0, 0, *sizes, 5, 0) + b"a.txt" + packed
    entry = _CENTRAL.pack(b"PK\1\2", 20, 20, 0, 8, 0, 0, *sizes, 5, 0, 0, 0, 0, 0, 0) + b"a.txt"
    end = _END.pack(b"PK\5\6", 0, 0, members, members, len(entry) * members, len(body), 0)
    return body + entry * members + end


def lying(data: bytes, told: int) -> bytes:
    """Tell another unpacked size of a member than it has."""
    archive = bytearray(zipped({"a.txt": data}))
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = archive.index(mark) + offset
        archive[at : at + 4] = struct.pack("<L", told)
    return bytes(archive)


def _flagged(flag: int) -> bytes:
    archive = bytearray(zipped({"a.txt": _STORY}))
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        archive[archive.index(mark) + offset] |= flag
    return bytes(archive)


def builders(size: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Return what to build, by name of the case and of the file."""
    return {
        ("a bomb", "bomb.zip"): lambda: zipped({"a.txt": b"a" * size * 10, "b.txt": _STORY}),
        ("a bomb in a bomb", "bombs.zip"): lambda: zipped(
            {f"{n}.zip": zipped({"a.txt": b"a" * size}) for n in range(20)}
        ),
        ("ten levels", "levels.zip"): lambda: nested(10),
        ("members that overlap", "overlap.zip"): lambda: overlapping(5000, b"wall " * (size // 50)),
        ("members without end", "members.zip"): lambda: zipped(
            {f"{n}.txt": b"x" for n in range(min(200_000, size // 100))}
        ),
        ("small words, large archive", "total.zip"): lambda: zipped(
            {f"{n}.txt": bytes(size // 20) + _STORY for n in range(90)}
        ),
        ("a size too small", "small.zip"): lambda: lying(b"wall " * (size // 5), 10),
        ("a size too large", "large.zip"): lambda: lying(_STORY, 2**32 - 2),
        ("names", "names.zip"): lambda: zipped(dict.fromkeys(NAMES, _STORY)),
        ("one name twice", "twice.zip"): lambda: overlapping(2, _STORY),
        ("encrypted", "encrypted.zip"): lambda: _flagged(1),
        ("an unknown method", "method.zip"): lambda: zipped({"a.txt": _STORY}).replace(
            b"\x08\x00\x00\x00\x21", b"\x63\x00\x00\x00\x21"
        ),
        ("only the end", "end.zip"): lambda: b"PK\5\6" + bytes(18),
        ("many ends", "ends.zip"): lambda: b"PK\5\6" * (size // 4),
        ("lzma bomb in it", "lzma.zip"): lambda: zipped({"a.txt": b"a" * size}, zipfile.ZIP_LZMA),
        ("bzip2 bomb in it", "bzip2.zip"): lambda: zipped({"a.txt": b"a" * size}, zipfile.ZIP_BZIP2),
        ("a packed bomb", "bomb.txt.gz"): lambda: gzip.compress(b"a" * size * 10),
        ("a packed bomb of space", "space.jsonl.xz"): lambda: lzma.compress(b"\n" * size * 10),
        ("packed streams without end", "streams.txt.gz"): lambda: gzip.compress(b"") * (size // 20),
        ("a packed archive", "packed.zip.gz"): lambda: gzip.compress(zipped({"a.txt": b"a" * size})),
    }
