"""``python -m index export``: write all articles as JSON lines, which ``add`` reads back."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from index.errors import LibraryError, OnRecordError
from index.open import open_library
from index.settings import Settings
from index.terminal import harmless


def export_command(options: argparse.Namespace, settings: Settings) -> int:
    """Write the articles to standard output, or to a file that is only ever there whole; return the exit code.

    What is damaged is told and left out, so that all else can be saved.
    """
    damaged: list[LibraryError] = []
    with open_library(settings.library, settings=settings, check=False) as library:
        rows = library.export(damaged.append)
        if options.output is None:
            _write_rows(rows, sys.stdout)
        else:
            try:
                with _written(options.output) as file:
                    count = _write_rows(rows, file)
            except OSError as error:
                raise OnRecordError(
                    f"{options.output} cannot be written: {error.strerror}. Check permissions and free space, or name "
                    "another file."
                ) from error
            sys.stdout.write(f"{count} articles written to {options.output}.\n")
    for reason in damaged:
        sys.stderr.write(f"{harmless(str(reason))}\n")
    if damaged:
        sys.stderr.write(f"{len(damaged)} articles are damaged and were left out.\n")
    return int(bool(damaged))


@contextmanager
def _written(path: Path) -> Iterator[TextIO]:
    """Open a file that takes the place of another once it is whole; what is no file is written to as it is."""
    if path.is_dir():
        raise OnRecordError(f"{path} is a folder. Name a file, such as {path / 'articles.jsonl'}")
    if path.exists() and not path.is_file():
        # A pipe or a device, such as /dev/stdout: a file in its place would be the end of it.
        with path.open("w", encoding="utf-8") as file:
            yield file
        return
    target = path.resolve()  # a link stays one
    # Of two that write to one name at once neither gets into the other's file.
    partial = target.with_name(f"{target.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            yield file
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _write_rows(rows: Iterable[dict[str, Any]], file: TextIO) -> int:
    count = 0
    for count, row in enumerate(rows, start=1):  # noqa: B007 - the count is the result
        file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    return count
