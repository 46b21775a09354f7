"""Hostile files, made by code: each is named after what it tries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.reliability.hostile import archives, documents, markup, tables, texts


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile file.

    Attributes:
        name: What it tries.
        file: The file name it is offered under.
        build: Makes its bytes.
    """

    name: str
    file: str
    build: Callable[[], bytes]


def cases(size: int) -> Iterator[Case]:
    """List every hostile file.

    Args:
        size: About how many bytes the large ones have, packed files unpacked.
    """
    for module in (texts, markup, tables, documents, archives):
        for (name, file), build in module.builders(size).items():
            yield Case(name, file, build)
