"""The library: one folder of articles that can be added to, looked after and searched.

Adding goes: draft → article → already there? → passages → vectors → one transaction. The catalog is the truth;
the vector index follows it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index import catalog_reads as reads
from index import catalog_writes as writes
from index.catalog import CATALOG_FILE, Catalog, Manifest, check_schema, read_manifest, write_manifest
from index.embed import Embedder, EmbedderProtocol
from index.errors import ArticleNotFoundError, LibraryError, LibraryMismatchError, ModelError
from index.prepare import EmbedderSource, Prepared, Preparer, describe
from index.records import AddResult, AddStatus, Article, ArticleSummary, Chunk, Draft, Failure, Filters, LibraryStats
from index.settings import Settings, load_settings
from index.vectors import VectorIndex
from index.verify import find_problems

_BATCH = 32  # articles embedded and committed together: few enough for a moving progress bar
_EVERYTHING = Filters()

Progress = Callable[[int, int], None]


class Library:
    """Articles, their passages and vectors, in one folder. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, catalog: Catalog, embedder: EmbedderSource | None, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self._catalog = catalog
        self._vectors = VectorIndex(folder, catalog)
        self._preparer = Preparer(embedder or (lambda: Embedder.load(settings.embedder, settings.threads)), settings)

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: EmbedderSource | None = None,
        settings: Settings | None = None,
        create: bool = False,
        check: bool = True,
    ) -> Self:
        """Open the library in ``folder``.

        Args:
            folder: Where it is.
            embedder: A loaded embedder, or what loads it when it is first needed; None for the one of the settings.
            settings: None for the settings of the environment.
            create: Make an empty library where there is none.
            check: Refuse a library whose vectors were made with other settings; False for work without vectors.

        Raises:
            LibraryError: There is no library, or it is damaged.
            LibraryMismatchError: Its vectors or its schema are of another kind.
        """
        if not (folder / CATALOG_FILE).is_file() and not create:
            raise LibraryError(
                f"There is no library in {folder}. Make one: python -m index add PATH --library {folder}"
            )
        catalog = Catalog.create(folder) if create else Catalog(folder)
        library = cls(folder, catalog, embedder, settings or load_settings())
        try:
            with catalog.reading() as connection:
                check_schema(connection, catalog.path)
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
        self._catalog.close()

    @property
    def embedder(self) -> EmbedderProtocol:
        """The embedder, loaded at first need. Questions must be embedded with it."""
        return self._preparer.embedder

    @property
    def generation(self) -> int:
        """How many writes there were, by any process; it grows with each."""
        return self._catalog.generation()

    # --- Changing what is in it ---

    def add(self, items: Iterable[Draft | Failure]) -> Iterator[AddResult]:
        """Add articles, a few at a time. A result is yielded once what it reports is on disk.

        Yields:
            One result for each item, in order. The failure of one item never stops the others.

        Raises:
            LibraryMismatchError: The library was made with another embedder or chunking.
            ModelError: The embedder cannot be loaded.
            LibraryError: The catalog cannot be written.
        """
        stream = iter(items)
        changed = False
        try:
            while batch := list(islice(stream, _BATCH)):
                results = self._add_batch(batch)
                changed = changed or any(r.status in (AddStatus.ADDED, AddStatus.REPLACED) for r in results)
                yield from results
        finally:
            if changed:
                self._save_vectors()

    def _add_batch(self, batch: Sequence[Draft | Failure]) -> list[AddResult]:
        offered = [self._preparer.read(item) for item in batch]
        with self._catalog.reading() as connection:
            new = [p for p in offered if p.article and self._is_new(connection, p.article)]
        self._preparer.embed(new)
        if not any(p.vectors is not None for p in new):
            with self._catalog.reading() as connection:
                return [self._store(connection, p) for p in offered]
        with self._catalog.writing() as connection:
            self._claim(connection)
            return [self._store(connection, p) for p in offered]

    @staticmethod
    def _is_new(connection: sqlite3.Connection, article: Article) -> bool:
        return writes.decide(connection, article).status is not AddStatus.ALREADY_THERE

    @staticmethod
    def _store(connection: sqlite3.Connection, prepared: Prepared) -> AddResult:
        """Decide once more, now that no other process can write, and store what is new."""
        article = prepared.article
        if article is None or prepared.reason:
            return prepared.failed()
        decision = writes.decide(connection, article)
        if decision.status is not AddStatus.ALREADY_THERE:
            if prepared.vectors is None:
                prepared.reason = "was removed by another process just now; add it again"
                return prepared.failed()
            writes.insert_article(connection, article)
            writes.insert_chunks(connection, article.id, prepared.spans, prepared.vectors)
            if decision.replaces:
                writes.replace_article(connection, decision.replaces, article.id)
        return AddResult(article.source, decision.status, article.id, article.title, decision.reason)

    def remove(self, article_id: str) -> str:
        """Remove an article and the versions it replaced. From the next question on nothing is answered from it.

        Returns:
            The whole id of the article.

        Raises:
            ArticleNotFoundError: There is no such article.
        """
        with self._catalog.writing() as connection:
            found = reads.full_id(connection, article_id)
            writes.delete_article(connection, found)
        return found

    def rebuild(self, progress: Progress | None = None) -> None:
        """Make all passages and vectors again with the present settings. Until the end the old ones stay in use.

        Args:
            progress: Called with the number of articles done and of all.

        Raises:
            ModelError: The embedder cannot be loaded, or cannot embed an article.
        """
        with self._catalog.reading() as connection:
            ids = reads.read_live_ids(connection)
        done: dict[str, Prepared] = {}
        for first in range(0, len(ids), _BATCH):
            done |= self._prepared_again(self.articles_by_id(ids[first : first + _BATCH]))
            if progress:
                progress(min(first + _BATCH, len(ids)), len(ids))
        with self._catalog.writing() as connection:
            live = reads.read_live_ids(connection)
            late = [i for i in live if i not in done]  # added by another process meanwhile
            done |= self._prepared_again(reads.read_articles(connection, late))
            writes.replace_all_chunks(connection, [(i, done[i].spans, done[i].vectors) for i in live])
            write_manifest(connection, self._preparer.manifest())
        self._save_vectors()

    def _prepared_again(self, articles: dict[str, Article]) -> dict[str, Prepared]:
        prepared = {i: Prepared(a.source, a.title, a) for i, a in articles.items()}
        self._preparer.embed(list(prepared.values()))
        for item in prepared.values():
            if item.reason:
                raise ModelError(f"{item.title or item.source} {item.reason}. The library is as it was.")
        return prepared

    # --- Looking at it ---

    def article(self, article_id: str) -> Article:
        """Return one article, by its id or at least the first six characters of it. Replaced versions are found too.

        Raises:
            ArticleNotFoundError: There is none, or several.
        """
        with self._catalog.reading() as connection:
            found = reads.full_id(connection, article_id)
            articles = reads.read_articles(connection, [found])
        if found not in articles:
            raise ArticleNotFoundError(f"The article '{found}' was removed just now.")
        return articles[found]

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the articles with these ids; ids that are not there are left out."""
        with self._catalog.reading() as connection:
            return reads.read_articles(connection, ids)

    def articles(
        self, filters: Filters = _EVERYTHING, search: str = "", limit: int | None = None, offset: int = 0
    ) -> list[ArticleSummary]:
        """List articles, newest first; ``search`` asks for words, or for part of a title, publication or author."""
        with self._catalog.reading() as connection:
            return reads.read_summaries(connection, filters, search, limit, offset)

    def stats(self, filters: Filters = _EVERYTHING) -> LibraryStats:
        """Count what ``filters`` leave."""
        with self._catalog.reading() as connection:
            return reads.read_stats(connection, filters)

    def publications(self) -> dict[str, int]:
        """Return the number of articles by publication, in alphabetical order."""
        with self._catalog.reading() as connection:
            return reads.read_publications(connection, _EVERYTHING)

    def export(self) -> Iterator[dict[str, Any]]:
        """Yield every article as a JSON object that ``add`` makes the same article of."""
        with self._catalog.reading() as connection:
            for article in reads.iter_live_articles(connection):
                yield reads.export_row(article)

    def verify(self) -> list[str]:
        """Return what is wrong with the library, in words; an empty list if nothing is."""
        return find_problems(self._catalog, self._vectors)

    # --- Searching it ---

    def search_dense(
        self, vector: NDArray[np.float32], limit: int, filters: Filters = _EVERYTHING
    ) -> list[tuple[int, float]]:
        """Return the chunk ids nearest to ``vector`` (shape (dimension,), length 1) with the cosine, nearest first.

        Raises:
            LibraryMismatchError: The vectors were made with another embedder than is loaded here.
        """
        with self._catalog.reading() as connection:
            self._check(read_manifest(connection))
            allowed = reads.read_chunk_ids(connection, filters) if filters else None
        return self._vectors.search(vector, limit, allowed)

    def search_keyword(self, question: str, limit: int, filters: Filters = _EVERYTHING) -> list[tuple[int, float]]:
        """Return the chunk ids that hold words of the question with their bm25 score (higher is better), best first."""
        with self._catalog.reading() as connection:
            return reads.match_keywords(connection, question, limit, filters)

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Return the chunks with these ids; those of articles that were removed meanwhile are left out."""
        with self._catalog.reading() as connection:
            return reads.read_chunks(connection, ids)

    # --- What its vectors were made with ---

    def _check(self, manifest: Manifest) -> None:
        if self._preparer.may_match(manifest):
            return
        made = describe(manifest.embedder, manifest.chunk_tokens, manifest.chunk_overlap)
        raise LibraryMismatchError(
            f"The library {self.folder} was made with {made}; now {self._preparer.described()} is set. Set that again, "
            f"or make the passages anew: python -m index rebuild --library {self.folder}"
        )

    def _claim(self, connection: sqlite3.Connection) -> None:
        """Write down what the first vectors are made with; refuse to mix others among them."""
        manifest = read_manifest(connection)
        if manifest:
            self._check(manifest)
        else:
            write_manifest(connection, self._preparer.manifest())

    def _save_vectors(self) -> None:
        with suppress(LibraryError, OSError):  # only a cache: the next search makes up for it
            self._vectors.save()
