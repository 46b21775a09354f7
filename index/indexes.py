"""The two indexes of a library: by meaning and by words. Both follow the catalog and can be made again from it."""

from contextlib import suppress
from pathlib import Path

from index.catalog import Catalog
from index.errors import LibraryError
from index.keywords import KeywordIndex
from index.vector_kinds import Plan
from index.vectors import VectorIndex


class Indexes:
    """The vector and the keyword index of one library."""

    def __init__(self, folder: Path, catalog: Catalog, plan: Plan | None = None) -> None:
        self.vectors = VectorIndex(folder, catalog, plan)
        self.keywords = KeywordIndex(folder, catalog)

    def load(self) -> None:
        """Bring both up to date now, so that no search waits for them.

        Raises:
            LibraryError: The catalog cannot be read.
        """
        self.vectors.load()
        self.keywords.refresh()

    def save(self) -> None:
        """Bring both up to date and on disk. What fails is told nobody: the next search makes up for it."""
        # The words first: writing the vectors cuts the log of what went, and who has not read it begins anew.
        for save in (self.keywords.refresh, self.vectors.save):
            with suppress(LibraryError, OSError):
                save()

    def settle(self) -> None:
        """Wait until the vector index suits the size of the library."""
        self.vectors.settle()

    def close(self) -> None:
        """End what runs in the background."""
        self.vectors.close()
