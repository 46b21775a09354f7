"""What is named on a command line: files, folders and web addresses."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from index.records import Draft, Failure
from index.settings import Settings
from index.sources import NamedFile, fetch_url, limits_of, list_files, read_file

# A web address, a file, or a folder that cannot be listed.
Given = str | NamedFile | Failure


def read_given(paths: Iterable[str], settings: Settings) -> Iterator[Draft | Failure]:
    """Read files, folders and web addresses, in order, as far as the settings let."""
    for given in list_given(paths):
        yield from read_listed(given, settings)


def list_given(paths: Iterable[str]) -> Iterator[Given]:
    """List what ``read_given`` reads, in its order; nothing is opened."""
    for path in paths:
        if not path.strip():  # a variable that is not set; as a path it would be the present folder
            yield Failure("''", "The name is empty. Name a file, a folder or an address.")
        elif is_address(path):
            yield path
        else:
            yield from list_files([Path(path)])


def read_listed(given: Given, settings: Settings) -> Iterator[Draft | Failure]:
    """Read one of what ``list_given`` lists."""
    if isinstance(given, Failure):
        yield given
    elif isinstance(given, str):
        yield from fetch_url(given, limits_of(settings))
    else:
        yield from read_file(given, limits_of(settings))


def is_address(path: str) -> bool:
    """Say whether this is a web address."""
    return path.lower().startswith(("http://", "https://"))
