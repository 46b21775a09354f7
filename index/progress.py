"""A progress bar with rate and time left, on a terminal only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Bar(Protocol):
    """What is used of a progress bar."""

    total: float | None

    def update(self, n: float = 1) -> bool | None:
        """Move on by ``n``."""


@contextmanager
def progress_bar(total: int | None, unit: str = "article") -> Iterator[Bar]:
    """Show a bar on standard error while the block runs; nothing where that is no terminal.

    Args:
        total: Number of items, or None where it is not known.
        unit: What is counted.
    """
    from tqdm import tqdm

    with tqdm(total=total, unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False) as bar:
        yield bar


def write_line(line: str) -> None:
    """Write a line to standard output without tearing the bar."""
    from tqdm import tqdm

    tqdm.write(line, file=sys.stdout)
    sys.stdout.flush()
