"""The library: one folder of articles that can be added to, looked after and searched.

Adding goes: draft → article → already there? → passages → vectors → one transaction, in which near-duplicates are
grouped too. Vectors are made in a thread of their own, all else meanwhile in the caller's. The catalog is the truth;
both indexes follow it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index import catalog_reads as reads
from index import catalog_writes as writes
from index.adding import add_all
from index.audit import Actor, Audit, Change, Entry, changes_in, read_entries, this_user
from index.backup import back_up
from index.catalog import Catalog, Manifest, check_schema, is_library, read_manifest, read_meta, write_manifest
from index.catalog_file import check_writable
from index.embed import EmbedderProtocol
from index.errors import LibraryError
from index.indexes import Indexes
from index.last_write import check_last_write
from index.lookups import EVERYTHING, Lookups
from index.people_kept import PeopleInFolder
from index.prepare import EmbedderSource, Preparer
from index.rebuild import Progress, rebuild
from index.records import AddResult, Draft, Failure, Filters
from index.settings import Settings, load_settings
from index.tokens_kept import TokensInFolder
from index.upgrade import upgrade
from index.vector_kinds import Plan
from index.verify import find_problems

_BATCH = 32  # articles embedded together when all are made again


class Library(Lookups):
    """Articles, their passages and vectors, in one folder. Safe to use from several threads and processes."""

    def __init__(
        self,
        folder: Path,
        catalog: Catalog,
        embedder: EmbedderSource | None,
        settings: Settings,
        plan: Plan | None = None,
    ) -> None:
        self.folder = folder
        self.people = PeopleInFolder(folder)
        self.tokens = TokensInFolder(folder)
        self.settings = settings
        super().__init__(catalog)
        self._indexes = Indexes(folder, catalog, plan)
        self._audit = Audit(folder)
        # Both searches of a question need them, and the next question mostly has the same filters.
        self._filtered = lru_cache(maxsize=4)(self._read_filtered)
        self._preparer = Preparer(embedder, settings)

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: EmbedderSource | None = None,
        settings: Settings | None = None,
        create: bool = False,
        check: bool = True,
        plan: Plan | None = None,
    ) -> Self:
        """Open the library in ``folder``.

        Args:
            folder: Where it is.
            embedder: A loaded embedder, or what loads it when it is first needed; None for the one of the settings.
            settings: None for the settings of the environment.
            create: Make an empty library where there is none.
            check: Refuse a library whose vectors were made with other settings; False for work without vectors.
            plan: Which vector index a library of which size gets; None for the one that was measured.

        Raises:
            LibraryError: There is no library, or it is damaged.
            LibraryMismatchError: Its vectors or its schema are of another kind.
        """
        if not is_library(folder) and not create:
            raise LibraryError(
                f"There is no library in {folder}. Make one: python -m index add PATH --library {folder}"
            )
        catalog = Catalog.create(folder) if create else Catalog(folder)
        library = cls(folder, catalog, embedder, settings or load_settings(), plan)
        try:
            upgrade(catalog)
            with catalog.reading() as connection:
                check_schema(connection, catalog.path)
                check_last_write(folder, int(read_meta(connection)["generation"]))
                if check:
                    library._check(read_manifest(connection))
        except BaseException:
            catalog.close()
            raise
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the files of the library."""
        self._indexes.close()
        self._catalog.close()

    def settle(self) -> None:
        """Wait until the indexes suit the size of the library; a short-lived process would end their training."""
        self._indexes.settle()

    def load_indexes(self) -> None:
        """Load both indexes now, so that no search waits for them.

        Raises:
            LibraryError: The catalog cannot be read.
        """
        self._indexes.load()

    @property
    def embedder(self) -> EmbedderProtocol:
        """The embedder, loaded at first need. Questions must be embedded with it."""
        return self._preparer.embedder

    @property
    def generation(self) -> int:
        """How many writes there were, by any process; it grows with each."""
        return self._catalog.generation()

    # --- Changing what is in it ---

    def add(self, items: Iterable[Draft | Failure], by: Actor | None = None) -> Iterator[AddResult]:
        """Add articles, a few at a time. A result is yielded once what it reports is on disk.

        Items are read in the caller's thread, up to two times 32 ahead of what is yielded. Closing the iterator ends
        the work with what is embedded at that moment; all that was yielded stays.

        Args:
            items: What is offered.
            by: Who adds them, for the audit log; None for the user of this machine.

        Yields:
            One result for each item, in order. The failure of one item never stops the others.

        Raises:
            Exception: Whatever ``items`` raises, once everything before it is stored.
            LibraryMismatchError: The library was made with another embedder or chunking.
            ModelError: The embedder cannot be loaded.
            LibraryError: The catalog or the audit log cannot be written.
        """
        changed = False
        check_writable(self.folder)
        self._audit.check()
        by = by or this_user("Python")
        try:
            with closing(add_all(self._catalog, self._preparer, items, self._claim)) as batches:
                for results in batches:
                    if changes := changes_in(results):
                        changed = True
                        self._audit.record(by, changes)
                    yield from results
        finally:
            if changed:
                self._indexes.save()

    def remove(self, article_id: str, by: Actor | None = None) -> str:
        """Remove an article and the versions it replaced. From the next question on nothing is answered from it.

        Args:
            article_id: Its id, or the first characters of it.
            by: Who removes it, for the audit log; None for the user of this machine.

        Returns:
            The whole id of the article.

        Raises:
            ArticleNotFoundError: There is no such article.
            LibraryError: The catalog or the audit log cannot be written.
        """
        check_writable(self.folder)
        self._audit.check()
        with self._catalog.writing() as connection:
            found = reads.full_id(connection, article_id)
            title, source = reads.read_name(connection, found)
            writes.delete_article(connection, found)
        self._audit.record(by or this_user("Python"), [Change("removed", found, title, source)])
        return found

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all passages and vectors again with the present settings. Until the end the old ones stay in use.

        Args:
            progress: Called with the number of articles done and of all.

        Raises:
            ModelError: The embedder cannot be loaded, or cannot embed an article.
            LibraryError: The catalog cannot be written.
        """
        check_writable(self.folder)
        rebuild(self._catalog, self._preparer, _BATCH, progress)
        self._indexes.save()

    # --- Looking after it ---

    def verify(self) -> list[str]:
        """Return what is wrong with the library, in words; an empty list if nothing is."""
        return find_problems(self._catalog, self._indexes)

    def audit_log(self, since: date | None = None) -> Iterator[Entry]:
        """Yield who added, replaced or removed which article, oldest first; since that day of local time.

        Raises:
            LibraryError: The log cannot be read.
        """
        return read_entries(self.folder, since)

    def back_up(self, to: Path) -> None:
        """Write a verified copy of the library to a new folder, whatever is added meanwhile.

        Raises:
            LibraryError: The folder is there already or cannot be written, or something in the library is wrong.
        """
        back_up(self._catalog, to)

    # --- Searching it ---

    def search_dense(
        self, vector: NDArray[np.float32], limit: int, filters: Filters = EVERYTHING
    ) -> list[tuple[int, float]]:
        """Return the chunk ids nearest to ``vector`` (shape (dimension,), length 1) with the cosine, nearest first.

        Raises:
            LibraryMismatchError: The vectors were made with another embedder than is loaded here.
        """
        with self._catalog.reading() as connection:
            self._check(read_manifest(connection))
        return self._indexes.vectors.search(vector, limit, self._allowed(filters))

    def search_keyword(self, question: str, limit: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """Return the chunk ids that hold words of the question with their bm25 score (higher is better), best first."""
        return self._indexes.keywords.search(question, limit, self._allowed(filters))

    def _allowed(self, filters: Filters) -> NDArray[np.int64] | None:
        """Return the ids of the chunks that the filters leave, ascending; None for all."""
        return self._filtered(filters, self.generation) if filters else None

    def _read_filtered(self, filters: Filters, _generation: int) -> NDArray[np.int64]:
        with self._catalog.reading() as connection:
            return reads.read_chunk_ids(connection, filters)

    # --- What its vectors were made with ---

    def _check(self, manifest: Manifest) -> None:
        self._preparer.check(manifest, str(self.folder))

    def _claim(self, connection: sqlite3.Connection) -> None:
        """Write down what the first vectors are made with; refuse to mix others among them."""
        manifest = read_manifest(connection)
        if manifest:
            self._check(manifest)
        else:
            write_manifest(connection, self._preparer.manifest())
