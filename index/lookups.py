"""What is in a library: articles, passages and names, read from its catalog."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from index import catalog_counts as counts
from index import catalog_reads as reads
from index.catalog import Catalog, snapshot
from index.duplicate_groups import read_copies, read_families
from index.errors import ArticleNotFoundError
from index.paging import Page, page_of_articles, page_of_statements
from index.records import Article, ArticleSummary, Chunk, Filters, LibraryStats, Statement, Version
from index.statement_store import SpeakerName, StatementRow, read_speakers, read_statements, read_statements_of

EVERYTHING = Filters()


class Lookups:
    """Reads a catalog; each call sees one state of it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        # Every question tells what was searched, and counting takes as long as finding.
        self._counted = lru_cache(maxsize=16)(self._count)

    def article(self, article_id: str) -> Article:
        """Return one article, by its id or at least the first six characters of it. Replaced versions are found too.

        Raises:
            ArticleNotFoundError: There is none, or several.
        """
        with self._catalog.reading() as connection, snapshot(connection):
            found = reads.full_id(connection, article_id)
            articles = reads.read_articles(connection, [found])
        if found not in articles:
            raise ArticleNotFoundError(f"The article '{found}' was removed just now.")
        return articles[found]

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the articles with these ids; ids that are not there are left out."""
        with self._catalog.reading() as connection, snapshot(connection):
            return reads.read_articles(connection, ids)

    def articles(
        self, filters: Filters = EVERYTHING, search: str = "", limit: int | None = None, offset: int = 0
    ) -> list[ArticleSummary]:
        """List articles, newest first; ``search`` asks for words, or for part of a title, publication or author."""
        with self._catalog.reading() as connection:
            return list(reads.read_summaries(connection, filters, search, limit, offset))

    def iter_articles(self, filters: Filters = EVERYTHING, search: str = "") -> Iterator[ArticleSummary]:
        """Yield what ``articles`` lists, while it is read: of a large library without holding all of it."""
        with self._catalog.reading() as connection:
            yield from reads.read_summaries(connection, filters, search)

    def articles_page(self, filters: Filters, search: str, limit: int, cursor: str = "") -> Page[ArticleSummary]:
        """Return a page of the list of articles; ``cursor`` is that of the page before, "" for the first.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        with self._catalog.reading() as connection, snapshot(connection):
            return page_of_articles(connection, filters, search, limit, cursor)

    def copies(
        self, ids: Iterable[str], filters: Filters = EVERYTHING, limit: int = 20
    ) -> dict[str, tuple[Article, ...]]:
        """Return for each of these articles that has near-duplicates all of them, itself among them.

        The first publication comes first: the earliest date, and without dates the one that was added first. Only
        articles that pass the filters are named, at most ``limit`` of a group.
        """
        with self._catalog.reading() as connection, snapshot(connection):
            return read_copies(connection, ids, filters, limit)

    def families(self, ids: Iterable[str]) -> dict[str, int]:
        """Return a number for each of these articles that has near-duplicates, the same for all of one group."""
        with self._catalog.reading() as connection:
            return read_families(connection, ids)

    def stats(self, filters: Filters = EVERYTHING) -> LibraryStats:
        """Count what ``filters`` leave; anew only after something was written."""
        return self._counted(filters, self._catalog.generation())

    def _count(self, filters: Filters, _generation: int) -> LibraryStats:
        with self._catalog.reading() as connection, snapshot(connection):
            return counts.read_stats(connection, filters)

    def publications(self) -> dict[str, int]:
        """Return the number of articles by publication, in alphabetical order."""
        with self._catalog.reading() as connection:
            return counts.read_publications(connection, EVERYTHING)

    def authors(self) -> dict[str, int]:
        """Return the number of articles by author, in alphabetical order."""
        with self._catalog.reading() as connection:
            return counts.read_authors(connection)

    def sections(self) -> dict[str, int]:
        """Return the number of articles by section, in alphabetical order."""
        with self._catalog.reading() as connection:
            return counts.read_sections(connection)

    def versions(self, article_id: str) -> list[Version]:
        """Return all texts that an article had, newest first; ``article_id`` is the whole id of any of them."""
        with self._catalog.reading() as connection:
            return reads.read_versions(connection, article_id)

    def export(self, unread: reads.Unread | None = None) -> Iterator[dict[str, Any]]:
        """Yield every article as a JSON object that ``add`` makes the same article of.

        Args:
            unread: Called with why an article cannot be read, which is then left out; None to raise it.
        """
        with self._catalog.reading() as connection:
            for article in reads.iter_live_articles(connection, unread=unread):
                yield reads.export_row(article)

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Return the chunks with these ids; those of articles that were removed meanwhile are left out."""
        with self._catalog.reading() as connection:
            return reads.read_chunks(connection, ids)

    def dates(self, ids: Iterable[int]) -> dict[int, date | None]:
        """Return when the articles of these chunks were published; chunks that are not there are left out."""
        with self._catalog.reading() as connection:
            return reads.read_dates(connection, ids)

    def statements(
        self,
        filters: Filters = EVERYTHING,
        speaker: str = "",
        about: str = "",
        limit: int | None = None,
        offset: int = 0,
        names: Collection[tuple[str, str]] | None = None,
    ) -> list[StatementRow]:
        """List who said what, oldest first; statements of articles without a date come last.

        Args:
            filters: Of which articles.
            speaker: A name or role ("Garland", "the attorney general"); see ``same_speaker`` for whom it means.
            about: Words that must all stand in the statement, the sentences around it, or the headline. Case and
                endings do not count, nor do words such as "the".
            limit: At most so many.
            offset: Leave out so many first.
            names: Only these speakers, each a name and role exactly as ``speakers`` gives them.
        """
        with self._catalog.reading() as connection:
            return read_statements(connection, filters, speaker.strip(), about.strip(), names, limit, offset)

    def statements_page(
        self, filters: Filters, speaker: str, about: str, limit: int, cursor: str = ""
    ) -> Page[StatementRow]:
        """Return a page of the list of statements; ``cursor`` is that of the page before, "" for the first.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        with self._catalog.reading() as connection, snapshot(connection):
            return page_of_statements(connection, filters, speaker.strip(), about.strip(), limit, cursor)

    def statements_of(self, article_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """Return the statements of these articles in text order; articles without any are left out."""
        with self._catalog.reading() as connection:
            return read_statements_of(connection, article_ids)

    def speakers(self, filters: Filters = EVERYTHING) -> list[SpeakerName]:
        """Return who is quoted, one entry for each name with a role, those first that are quoted most."""
        with self._catalog.reading() as connection:
            return read_speakers(connection, filters)
