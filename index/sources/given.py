"""What is named on a command line: files, folders and web addresses."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.records import Draft, Failure


def read_given(paths: Iterable[str], max_bytes: int) -> Iterator[Draft | Failure]:
    """Read files, folders and web addresses, in order."""
    from index.sources import fetch_url, read_paths

    for path in paths:
        if is_address(path):
            yield from fetch_url(path, max_bytes)
        else:
            yield from read_paths([Path(path)], max_bytes)


def is_address(path: str) -> bool:
    """Say whether this is a web address."""
    return path.lower().startswith(("http://", "https://"))
