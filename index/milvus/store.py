"""A library in Milvus: what ``index.library.Library`` does in a folder, for an archive that one machine cannot hold.

Any number of processes may read and write it at once; none keeps anything but models and what it looked up. Writing is
in ``writes.py``, reading in ``lookups.py``, what is kept in ``schema.py``, words in ``words.py``.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.adding import Batch, add_in_batches
from index.audit import Actor, this_user
from index.catalog import Manifest
from index.embed import EmbedderProtocol
from index.errors import LibraryError
from index.lookups import EVERYTHING
from index.milvus.client import Tables
from index.milvus.lookups import MilvusLookups
from index.milvus.meta import State
from index.milvus.rebuild import Progress, rebuild
from index.milvus.schema import CHUNK, find_tables, make_chunks, make_tables
from index.milvus.verify import PATIENCE_SECONDS, find_problems
from index.milvus.words import WordVectors
from index.milvus.writes import Writer
from index.prepare import EmbedderSource, Preparer
from index.records import AddResult, Draft, Failure, Filters
from index.settings import Settings, load_settings


class MilvusLibrary(MilvusLookups):
    """Articles, their passages and vectors, in Milvus. Safe to use from several threads, processes and machines."""

    def __init__(self, tables: Tables, embedder: EmbedderSource | None, settings: Settings) -> None:
        """Wrap a connection; use ``MilvusLibrary.open``."""
        words = WordVectors(settings.chunk_tokens)
        super().__init__(tables, words)
        self.address = tables.address
        self.settings = settings
        self._writer = Writer(tables, self._articles, self._copies, words, self._meta.changed)
        self._preparer = Preparer(embedder, settings)

    @classmethod
    def open(
        cls,
        address: str,
        embedder: EmbedderSource | None = None,
        settings: Settings | None = None,
        create: bool = False,
        check: bool = True,
    ) -> Self:
        """Open the library at an address.

        Args:
            address: ``milvus://[user:password@]host:port[/database]``, or the path of a milvus-lite file.
            embedder: A loaded embedder, or what loads it when it is first needed; None for the one of the settings.
            settings: None for the settings of the environment.
            create: Make an empty library where there is none.
            check: Refuse a library whose vectors were made with other settings; False for work without vectors.

        Raises:
            LibraryError: There is no library, no server answers, or the packages are not installed.
            LibraryMismatchError: Its vectors are of another kind.
        """
        library = cls(Tables(address, create), embedder, settings or load_settings())
        try:
            if not find_tables(library._tables) and not create:
                raise LibraryError(
                    f"There is no library in {library.address}. Make one: python -m index add PATH --library "
                    f"{library.address}"
                )
            make_tables(library._tables)  # an earlier version may have left some out
            if check:
                library._check(library._meta.state().manifest)
        except BaseException:
            library.close()
            raise
        return library

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._tables.close()

    def settle(self) -> None:
        """Return when what was written is indexed; a server does that by itself."""
        self._tables.settle()

    def load_indexes(self) -> None:
        """Look up now what the first question would wait for.

        Raises:
            LibraryError: The server does not answer.
        """
        self.search_keyword("news", 1)

    @property
    def embedder(self) -> EmbedderProtocol:
        """The embedder, loaded at first need. Questions must be embedded with it."""
        return self._preparer.embedder

    # --- Changing what is in it ---

    def add(self, items: Iterable[Draft | Failure], by: Actor | None = None) -> Iterator[AddResult]:
        """Add articles, a few at a time. A result is yielded once what it reports is in the store.

        Adding may be cut off at any moment, and repeated, by any number of processes.

        Args:
            items: What is offered.
            by: Who adds them, for the audit log; None for the user of this machine.

        Yields:
            One result for each item, in order. The failure of one item never stops the others.

        Raises:
            Exception: Whatever ``items`` raises, once everything before it is stored.
            LibraryMismatchError: The library was made with another embedder or chunking.
            ModelError: The embedder cannot be loaded.
            LibraryError: The store cannot be written.
        """
        touched = False
        try:
            store = partial(self._store, by=by or this_user("Python"))
            with closing(add_in_batches(self._preparer, items, self._writer.new_of, store)) as batches:
                for results in batches:
                    touched = True
                    # After each batch, so that questions see it. Even where all were there: whoever added them may have
                    # died before saying so.
                    self._meta.changed()
                    yield from results
        finally:
            if touched:
                self._settle_words()

    def remove(self, article_id: str, by: Actor | None = None) -> str:
        """Remove an article and the versions it replaced. From the next question on nothing is answered from it.

        Args:
            article_id: Its id, or the first characters of it.
            by: Who removes it, for the audit log; None for the user of this machine.

        Returns:
            The whole id of the article.

        Raises:
            ArticleNotFoundError: There is no such article.
        """
        found = self._articles.full_id(article_id, unfinished=True)
        self._writer.remove(found, self._meta.state().chunks, by or this_user("Python"))
        self._meta.changed()
        return found

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all passages and vectors again with the present settings. Until the end the old ones stay in use.

        Args:
            progress: Called with the number of articles done and of all.

        Raises:
            ModelError: The embedder cannot be loaded, or cannot embed an article.
        """
        rebuild(self._tables, self._articles, self._copies, self._writer, self._meta, self._preparer, progress)
        self._settle_words()

    # --- Looking after it ---

    def verify(self, patience_seconds: float = PATIENCE_SECONDS) -> list[str]:
        """Return what is wrong with the library, in words, and mend what can be; an empty list if nothing is wrong.

        Args:
            patience_seconds: An article that somebody began to add so lately is not taken for left behind.
        """
        problems = find_problems(self._tables, self._articles, self._writer, self._meta, patience_seconds)
        self._meta.changed()  # where nothing was wrong, too: a writer may have died before it told the readers
        return problems

    # --- Searching it ---

    def search_dense(
        self, vector: NDArray[np.float32], limit: int, filters: Filters = EVERYTHING
    ) -> list[tuple[int, float]]:
        """Return the chunk ids nearest to ``vector`` (shape (dimension,), length 1) with the cosine, nearest first.

        Raises:
            LibraryMismatchError: The vectors were made with another embedder than is loaded here.
        """
        state = self._meta.state()
        self._check(state.manifest)
        return [(hit.id, hit.score) for hit in self._nearest(state, "vector", vector.tolist(), limit, filters)]

    # --- Writing with the right vectors ---

    def _store(self, batch: Batch, by: Actor) -> list[AddResult]:
        state = self._meta.state(fresh=True)
        if any(p.vectors is not None for p in batch.new):
            state = self._claimed(state)
        results = self._writer.store(batch, state.chunks, by)
        after = self._meta.state(fresh=True)
        if after.chunks != state.chunks:
            # Somebody made all passages anew meanwhile, and may not have seen these articles.
            self._check(after.manifest)
            self._tables.put(after.chunks, [row for p in batch.new for row in self._writer.chunk_rows(p)])
        return results

    def _claimed(self, state: State) -> State:
        """Write down what the first vectors are made with; refuse to mix others among them."""
        if not state.chunks:
            manifest = self._preparer.manifest()
            # The same name for whoever else is first at this moment.
            make_chunks(self._tables, CHUNK + "first", manifest.dimension)
            self._meta.write_manifest(manifest, CHUNK + "first")
            state = self._meta.state(fresh=True)
        self._check(state.manifest)
        return state

    def _check(self, manifest: Manifest) -> None:
        self._preparer.check(manifest, self.address)

    def _settle_words(self) -> None:
        self.settle()
        if chunks := self._meta.state().chunks:
            self._counts.refresh(chunks)
