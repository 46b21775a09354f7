"""What is in a library in Milvus: articles, passages and names; ``index.lookups.Lookups`` reads those of a folder."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.audit import Entry
from index.catalog_reads import export_row
from index.errors import ArticleNotFoundError, LibraryError
from index.lookups import EVERYTHING
from index.milvus.articles import Articles
from index.milvus.audit import MilvusAudit
from index.milvus.client import Found, Tables
from index.milvus.copies import Copies, family_number
from index.milvus.meta import Meta, State
from index.milvus.people import MilvusPeople
from index.milvus.rows import condition, day_of
from index.milvus.statements import Statements
from index.milvus.tokens import MilvusTokens
from index.milvus.word_counts import WordCounts
from index.milvus.words import SparseVector, WordVectors
from index.paging import Page
from index.records import Article, ArticleSummary, Chunk, Filters, LibraryStats, Statement, Version
from index.statement_store import SpeakerName, StatementRow

# A few hits may be of articles that are just being added or removed.
_SPARE = 10
_SEARCHED = 1000  # best passages among which a list looks for words


class MilvusLookups:
    """Reads a library. Each call sees what was finished before it."""

    def __init__(self, tables: Tables, words: WordVectors) -> None:
        self._tables, self._words = tables, words
        self._meta = Meta(tables)
        self.people = MilvusPeople(self._meta)
        self.tokens = MilvusTokens(self._meta)
        self._articles = Articles(tables)
        self._copies = Copies(tables, self._articles)
        self._statements = Statements(tables, self._articles, words)
        self._counts = WordCounts(tables, self._meta)
        # Every question tells what was searched.
        self._counted = lru_cache(maxsize=16)(self._count)
        self._known_live: tuple[int, set[str]] = (0, set())

    @property
    def generation(self) -> int:
        """A number that changes with each write, by any process."""
        return self._meta.state().generation

    def article(self, article_id: str) -> Article:
        """Return one article, by its id or at least the first six characters of it. Replaced versions are found too.

        Raises:
            ArticleNotFoundError: There is none, or several.
        """
        found = self._articles.full_id(article_id)
        articles = self._articles.read([found])
        if found not in articles:
            raise ArticleNotFoundError(f"The article '{found}' was removed just now.")
        return articles[found]

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the articles with these ids; ids that are not there are left out."""
        return self._articles.read(ids)

    def articles(
        self, filters: Filters = EVERYTHING, search: str = "", limit: int | None = None, offset: int = 0
    ) -> list[ArticleSummary]:
        """List articles, newest first.

        ``search`` asks for part of a title, publication or author, or for words that all stand in one of the thousand
        passages that fit it best.
        """
        wanted = search.strip()
        return self._articles.listed(filters, wanted, self._holding(wanted, filters) if wanted else (), limit, offset)

    def iter_articles(self, filters: Filters = EVERYTHING, search: str = "") -> Iterator[ArticleSummary]:
        """Yield what ``articles`` lists."""
        yield from self.articles(filters, search)

    def articles_page(self, filters: Filters, search: str, limit: int, cursor: str = "") -> Page[ArticleSummary]:
        """Return a page of the list of articles; ``cursor`` is that of the page before, "" for the first.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        wanted = search.strip()
        return self._articles.page(filters, wanted, self._holding(wanted, filters) if wanted else (), limit, cursor)

    def copies(
        self, ids: Iterable[str], filters: Filters = EVERYTHING, limit: int = 20
    ) -> dict[str, tuple[Article, ...]]:
        """Return for each of these articles that has near-duplicates all of them, itself among them.

        The first publication comes first: the earliest date, and without dates the one that was added first. Only
        articles that pass the filters are named, at most ``limit`` of a group.
        """
        return self._copies.copies(ids, filters, limit)

    def families(self, ids: Iterable[str]) -> dict[str, int]:
        """Return a number for each of these articles that has near-duplicates, the same for all of one group."""
        return {i: family_number(family) for i, family in self._copies.families(ids).items()}

    def stats(self, filters: Filters = EVERYTHING) -> LibraryStats:
        """Count what ``filters`` leave; anew only after something was written."""
        state = self._meta.state()
        return self._counted(filters, state.chunks, state.generation)

    def _count(self, filters: Filters, chunks: str, _generation: int) -> LibraryStats:
        return self._articles.count(filters, chunks)

    def publications(self) -> dict[str, int]:
        """Return the number of articles by publication, in alphabetical order."""
        return self._articles.publications()

    def authors(self) -> dict[str, int]:
        """Return the number of articles by author, in alphabetical order."""
        return self._articles.authors()

    def sections(self) -> dict[str, int]:
        """Return the number of articles by section, in alphabetical order."""
        return self._articles.sections()

    def versions(self, article_id: str) -> list[Version]:
        """Return all texts that an article had, newest first; ``article_id`` is the whole id of any of them."""
        return self._articles.versions(article_id)

    def export(
        self,
        unread: Callable[[LibraryError], object] | None = None,  # noqa: ARG002 - no row here has a checksum
    ) -> Iterator[dict[str, Any]]:
        """Yield every article as a JSON object that ``add`` makes the same article of."""
        return (export_row(article) for article in self._articles.everything())

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Return the chunks with these ids; those of articles that were removed meanwhile are left out."""
        rows = self._chunk_rows(ids, ["start", "end"])
        return {i: Chunk(i, row["article"], row["start"], row["end"]) for i, row in rows.items()}

    def dates(self, ids: Iterable[int]) -> dict[int, date | None]:
        """Return when the articles of these chunks were published; chunks that are not there are left out."""
        return {i: day_of(row) for i, row in self._chunk_rows(ids, ["day"]).items()}

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

        The arguments are those of ``index.lookups.Lookups.statements``.
        """
        return self._statements.find(filters, speaker.strip(), about.strip(), names, limit, offset)

    def statements_page(
        self, filters: Filters, speaker: str, about: str, limit: int, cursor: str = ""
    ) -> Page[StatementRow]:
        """Return a page of the list of statements; ``cursor`` is that of the page before, "" for the first.

        Raises:
            CursorError: The cursor is not one that a page gave.
        """
        return self._statements.page(filters, speaker.strip(), about.strip(), limit, cursor)

    def statements_of(self, article_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """Return the statements of these articles in text order; articles without any are left out."""
        return self._statements.of(article_ids)

    def speakers(self, filters: Filters = EVERYTHING) -> list[SpeakerName]:
        """Return who is quoted, one entry for each name with a role, those first that are quoted most."""
        return self._statements.speakers(filters)

    def audit_log(self, since: date | None = None) -> Iterator[Entry]:
        """Yield who added, replaced or removed which article, oldest first; since that day of local time."""
        return MilvusAudit(self._tables).entries(since)

    def search_keyword(self, question: str, limit: int, filters: Filters = EVERYTHING) -> list[tuple[int, float]]:
        """Return the chunk ids that hold words of the question with their bm25 score (higher is better), best first."""
        state = self._meta.state()
        vector = self._weighed(question, state)
        if not vector:
            return []
        return [(hit.id, hit.score) for hit in self._nearest(state, "words", vector, limit, filters)]

    def _nearest(
        self,
        state: State,
        field: str,
        vector: list[float] | NDArray[np.float32] | SparseVector,
        limit: int,
        filters: Filters,
        fields: Collection[str] = (),
    ) -> list[Found]:
        """Return the best passages of articles that are searched, best first."""
        if limit < 1 or not state.chunks:
            return []
        wanted = limit + _SPARE
        while True:
            (hits,) = self._tables.search(
                state.chunks, field, [vector], wanted, condition(filters), ["article", *fields]
            )
            live = self._live({hit.fields["article"] for hit in hits}, state.generation)
            kept = [hit for hit in hits if hit.fields["article"] in live]
            if len(kept) >= limit or len(hits) < wanted or wanted > _SEARCHED + _SPARE:
                return sorted(kept, key=lambda hit: (-hit.score, hit.id))[:limit]
            wanted *= 4

    def _weighed(self, question: str, state: State) -> SparseVector:
        terms = self._words.of_question(question)
        return self._counts.weigh(terms, state.chunks) if terms and state.chunks else {}

    def _holding(self, search: str, filters: Filters) -> set[str]:
        """Return the ids of articles that have all words in one passage."""
        state = self._meta.state()
        vector = self._words.of_question(search)
        weighed = self._weighed(search, state)
        if not weighed:
            return set()
        wanted = [{title.dimension, text.dimension} for title, text in zip(vector[::2], vector[1::2], strict=True)]
        hits = self._nearest(state, "words", weighed, _SEARCHED, filters, ["words"])
        return {
            hit.fields["article"]
            for hit in hits
            if all(not either.isdisjoint(hit.fields["words"]) for either in wanted)
        }

    def _chunk_rows(self, ids: Iterable[int], fields: Collection[str]) -> dict[int, dict[str, Any]]:
        state = self._meta.state()
        if not state.chunks:
            return {}
        rows = self._tables.get(state.chunks, (int(i) for i in ids), ["article", *fields])
        live = self._live({row["article"] for row in rows.values()}, state.generation)
        return {i: row for i, row in rows.items() if row["article"] in live}

    def _live(self, ids: set[str], generation: int) -> set[str]:
        """Return those of these ids that articles have which are searched; looked up once for each generation."""
        at, known = self._known_live
        known = known if at == generation else set()
        if missing := ids - known:
            known = known | self._articles.live(missing)
            self._known_live = (generation, known)
        return ids & known
