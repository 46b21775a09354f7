"""How much there is to read, for a progress bar."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from index.records import Failure
from index.sources.archive import open_zip
from index.sources.dispatch import is_known
from index.sources.folders import files_below, is_folder, open_file
from index.sources.limits import Limits
from index.sources.reading import suffixes_of, unpack

_ONE_EACH_LINE = frozenset({".jsonl", ".ndjson"})
_UNKNOWABLE = frozenset({".json", ".csv", ".tsv", ".xml", ".rss", ".atom"})
# Beyond this, counting costs seconds and a bar without an end serves as well.
_MOST_BYTES = 400_000_000


def count_items(paths: Sequence[Path]) -> int | None:
    """Estimate how many articles ``read_paths`` will yield.

    Args:
        paths: Files and folders.

    Returns:
        The number, or None where it cannot be told without reading everything.
    """
    total = 0
    for path in paths:
        for file in files_below(path) if is_folder(path) else [path]:
            count = 1 if isinstance(file, Failure) else _count(file)
            if count is None:
                return None
            total += count
    return total


def _count(file: Path) -> int | None:
    suffix, packing = suffixes_of(file.name)
    if suffix in _UNKNOWABLE:
        return None
    try:
        if suffix == ".zip" and not packing:
            return _count_members(file)
        if suffix in _ONE_EACH_LINE:
            with open_file(file) as stream:
                return _count_lines(unpack(stream, packing))
    except Exception:  # noqa: BLE001 - a damaged file is reported when it is read; here it counts as one
        return 1
    return 1


def _count_members(file: Path) -> int | None:
    with open_file(file) as stream, open_zip(stream, Limits()) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir() and is_known(info.filename)]
    single = all(suffixes_of(name)[0] not in _UNKNOWABLE | _ONE_EACH_LINE | {".zip"} for name in names)
    return len(names) if single else None


def _count_lines(stream: BinaryIO) -> int | None:
    lines, read, last = 0, 0, b"\n"
    while block := stream.read(1 << 20):
        lines += block.count(b"\n")
        read += len(block)
        last = block[-1:]
        if read > _MOST_BYTES:
            return None
    return lines + (last != b"\n")
