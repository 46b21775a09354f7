"""Open a library wherever it is: in a folder, or in Milvus, for which see docs/scale.md."""

from pathlib import Path
from typing import TypeGuard

from index.catalog import CATALOG_FILE
from index.errors import LibraryError
from index.library import Library
from index.prepare import EmbedderSource
from index.settings import Settings, shown
from index.store import Store


def open_library(
    where: Path | str,
    embedder: EmbedderSource | None = None,
    settings: Settings | None = None,
    create: bool = False,
    check: bool = True,
) -> Store:
    """Open the library in a folder or at an address; the arguments are those of ``Library.open``.

    Args:
        where: A folder, ``milvus://host:port[/database]``, or the path of a milvus-lite file, which ends with .db.
        embedder: A loaded embedder, or what loads it when it is first needed; None for the one of the settings.
        settings: None for the settings of the environment.
        create: Make an empty library where there is none.
        check: Refuse a library whose vectors were made with other settings; False for work without vectors.

    Raises:
        LibraryError: There is no library, or it cannot be read.
        LibraryMismatchError: Its vectors or its schema are of another kind.
    """
    if is_folder(where):
        return Library.open(where, embedder, settings, create, check)
    from index.milvus.store import MilvusLibrary  # only here: most libraries are folders, and need none of it

    return MilvusLibrary.open(str(where), embedder, settings, create, check)


def folder_of(where: Path | str, instead: str) -> Path:
    """Return the folder of a library, for what only a library in a folder can do.

    Args:
        where: As for ``open_library``.
        instead: What to do about a library in Milvus, as a sentence.

    Raises:
        LibraryError: The library is in Milvus.
    """
    if is_folder(where):
        return where
    raise LibraryError(f"This needs a library in a folder, and {shown(where)} is in Milvus. {instead}")


def is_folder(where: Path | str) -> TypeGuard[Path]:
    """Say whether a library of this name is one in a folder."""
    return isinstance(where, Path) and (where.suffix != ".db" or (where / CATALOG_FILE).is_file())
