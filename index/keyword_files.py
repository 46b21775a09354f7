"""Check the files of the keyword index before Tantivy maps them: it believes what it reads, and may crash on damage."""

import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from index.errors import LibraryError

_META_FILE = "meta.json"
# The documents of each segment, which never change: Tantivy has them in a file without a checksum, and believes it.
_SIZES_FILE = "sizes.json"
_FOOTER_END = struct.Struct("<II")  # bytes of the footer, a fixed number
_MAGIC = 1337


def check_keyword_files(folder: Path) -> None:
    """Check each file of the present segments by the CRC-32 in its footer.

    Raises:
        ValueError: A file is damaged.
        OSError: A file cannot be read.
    """
    if (folder / _META_FILE).is_file():
        sizes = json.loads((folder / _SIZES_FILE).read_bytes()) if (folder / _SIZES_FILE).is_file() else {}
        for name, size in _sizes(folder).items():
            if sizes.get(name, size) != size:
                raise ValueError(f"{_META_FILE} is damaged")
        for file in _segment_files(folder):
            content = file.read_bytes()
            if _expected_crc(content) != zlib.crc32(content[: -_footer_bytes(content)]):
                raise ValueError(f"{file.name} is damaged")


def note_sizes(folder: Path) -> None:
    """Keep how many documents the present segments have. Another process may commit meanwhile: it notes its own.

    Raises:
        OSError: The file cannot be written.
    """
    file = folder / _SIZES_FILE
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps(_sizes(folder)), encoding="ascii")
    (folder / _META_FILE).chmod(temporary.stat().st_mode)  # Tantivy lets nobody but its owner read it
    temporary.replace(file)


def copy_keyword_files(folder: Path) -> Path:
    """Copy the files of an index that may only be read to a temporary folder: Tantivy locks a file even to read.

    What may not be read, or changes meanwhile, is left out; ``check_keyword_files`` or Tantivy notices that.

    Raises:
        LibraryError: There is no temporary folder.
    """
    try:
        copy = Path(mkdtemp(prefix="on-record-keywords-"))
    except OSError as error:
        raise LibraryError(
            f"{folder} may only be read, and is copied to a temporary folder to be searched; none can be made "
            f"({error.strerror}). Name one that can be written to: TMPDIR=FOLDER"
        ) from error
    with suppress(OSError):
        for file in folder.glob("[!.]*"):
            shutil.copyfile(file, copy / file.name)  # without its permissions, which may not let it be written
    return copy


def _sizes(folder: Path) -> dict[str, int]:
    segments = json.loads((folder / _META_FILE).read_bytes())["segments"]
    return {segment["segment_id"]: segment["max_doc"] for segment in segments}


def _segment_files(folder: Path) -> Iterator[Path]:
    """Yield the files that were committed; beside them another process may be writing others."""
    for segment in json.loads((folder / _META_FILE).read_bytes())["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (file for file in folder.glob(f"{name}.*") if file.suffix != ".del")
        if segment["deletes"]:
            yield folder / f"{name}.{segment['deletes']['opstamp']}.del"


def _footer_bytes(content: bytes) -> int:
    length, magic = _FOOTER_END.unpack(content[-_FOOTER_END.size :])
    if magic != _MAGIC or length + _FOOTER_END.size > len(content):
        raise ValueError("a file has no footer")
    return int(length) + _FOOTER_END.size


def _expected_crc(content: bytes) -> int:
    return int(json.loads(content[-_footer_bytes(content) : -_FOOTER_END.size])["crc"])
