"""What is named on a command line: files, folders and web addresses."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.records import Draft, Failure
from index.settings import Settings


def read_given(paths: Iterable[str], settings: Settings) -> Iterator[Draft | Failure]:
    """Read files, folders and web addresses, in order, as far as the settings let."""
    from index.sources import fetch_url, limits_of, read_paths

    limits = limits_of(settings)
    for path in paths:
        if is_address(path):
            yield from fetch_url(path, limits)
        else:
            yield from read_paths([Path(path)], limits)


def is_address(path: str) -> bool:
    """Say whether this is a web address."""
    return path.lower().startswith(("http://", "https://"))
