"""The files below a folder."""

import os
from collections.abc import Iterator
from pathlib import Path

from index.records import Failure
from index.sources.dispatch import is_known


def files_below(folder: Path) -> Iterator[Path | Failure]:
    """List the files of known kinds below a folder, without hidden files and folders.

    Args:
        folder: The folder; links to other folders are not followed.

    Yields:
        Files, those of a folder before those of the folders in it, each in the order of their names; a failure for
        a folder that cannot be opened.
    """
    failures: list[Failure] = []

    def note(error: OSError) -> None:
        failures.append(Failure(str(error.filename), f"The folder could not be opened: {error.strerror}."))

    for here, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and is_known(name):
                yield Path(here) / name
    yield from failures
