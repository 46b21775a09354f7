"""The files below a folder, and opening one without waiting for anything but a file."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError
from index.records import Failure
from index.sources.dispatch import is_known, label_of

_NO_FILE = "It is neither a file nor a folder."


def files_below(folder: Path) -> Iterator[Path | Failure]:
    """List the files of known kinds below a folder, without hidden files and folders.

    Args:
        folder: The folder; links to folders are not followed, and links to files only where those are below it too.

    Yields:
        Files, those of a folder before those of the folders in it, each in the order of their names; a failure for
        what cannot be opened.
    """
    root = folder.resolve()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                names = sorted((e for e in entries if not e.name.startswith(".")), key=lambda entry: entry.name)
        except OSError as error:
            yield Failure(label_of(str(here)), f"The folder could not be opened: {error.strerror}.")
            continue
        below = [here / entry.name for entry in names if entry.is_dir(follow_symlinks=False)]
        for entry in names:
            if entry.is_dir(follow_symlinks=False) or not is_known(entry.name):
                continue
            if entry.is_symlink() and not _leads_into(root, here / entry.name):
                yield Failure(
                    label_of(str(here / entry.name)),
                    "It is a link that leads out of the folder; add what it leads to by its own name.",
                )
                continue
            yield here / entry.name
        waiting += reversed(below)


def is_folder(path: Path) -> bool:
    """Say whether there is a folder of this name; none can have a name that is too long, or be seen where it is."""
    try:
        return path.is_dir()
    except OSError:
        return False


def open_file(path: Path) -> BinaryIO:
    """Open a file for reading; a pipe or device is refused rather than waited for.

    Raises:
        SourceError: It is no file.
        OSError: It cannot be opened.
    """
    # Not blocking: a pipe put in the file's place would else wait for somebody to write into it.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    stream = open(os.open(path, flags), "rb")  # noqa: PTH123, SIM115 - the caller closes it
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise SourceError(_NO_FILE)
    return stream


def _leads_into(root: Path, link: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):  # it leads nowhere, or in a ring
        return False
