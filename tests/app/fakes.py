"""A small engine without models: it answers the questions it was given words for, and keeps what it was asked."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from index.audit import Actor
from index.errors import ArticleNotFoundError, LibraryError, OnRecordError
from index.people_kept import PeopleInFolder
from index.records import (
    AddResult,
    AddStatus,
    Article,
    ArticleSummary,
    Draft,
    Failure,
    Filters,
    LibraryStats,
    Paragraph,
    ParagraphKind,
    Version,
)
from index.statement_store import SpeakerName, StatementRow
from qa.dates import restricted
from qa.records import Answer, AnswerKind, Citation, Passage, Period, Query, Reply, Status

_NUMBERS = count()  # each library has a folder of its own, which does not exist


def article(
    id: str,
    title: str,
    paragraphs: Sequence[str | tuple[str, ParagraphKind]],
    publication: str = "Harbour Times",
    published: date | None = date(2023, 10, 2),
    authors: tuple[str, ...] = ("Ann Lee",),
    url: str = "https://example.org/a",
    section: str = "",
) -> Article:
    """Return an article with these paragraphs, joined by blank lines."""
    kinds = [(p, ParagraphKind.BODY) if isinstance(p, str) else p for p in paragraphs]
    placed, at = [], 0
    for text, kind in kinds:
        placed.append(Paragraph(at, at + len(text), kind))
        at += len(text) + 2
    return Article(
        id=id,
        text="\n\n".join(text for text, _ in kinds),
        paragraphs=tuple(placed),
        title=title,
        deck="",
        publication=publication,
        authors=authors,
        agency="",
        place="",
        section=section,
        published=published,
        url=url,
        source=f"{id}.txt",
    )


@dataclass
class FakeLibrary:
    """Articles in a dict; ``add`` takes a draft's source as its id.

    Attributes:
        replaced: Id of an older version -> id of the next one.
        said: Statements, oldest first.
        changed_by: Who called ``add`` and ``remove``.
    """

    held: dict[str, Article] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    rebuilt: int = 0
    generation: int = 0
    said: list[StatementRow] = field(default_factory=list)
    changed_by: list[Actor | None] = field(default_factory=list)
    folder: Path = field(default_factory=lambda: Path(f"no-such-folder-{next(_NUMBERS)}"))

    @property
    def people(self) -> PeopleInFolder:
        """Where decisions about names are kept."""
        return PeopleInFolder(self.folder)

    def add(self, items: Iterable[Draft | Failure], by: Actor | None = None) -> Iterator[AddResult]:
        """Take the drafts."""
        self.changed_by.append(by)
        for item in items:
            if isinstance(item, Failure):
                yield AddResult(item.source, AddStatus.FAILED, reason=item.reason)
            elif item.source in self.held:
                yield AddResult(item.source, AddStatus.ALREADY_THERE, item.source, item.title)
            else:
                self.generation += 1
                self.held[item.source] = article(item.source, item.title, item.text.split("\n\n"), item.publication)
                yield AddResult(item.source, AddStatus.ADDED, item.source, item.title)

    def remove(self, article_id: str, by: Actor | None = None) -> None:
        """Forget an article."""
        self.changed_by.append(by)
        self.generation += 1
        del self.held[article_id]

    def article(self, article_id: str) -> Article:
        """Return an article."""
        if article_id not in self.held:
            raise ArticleNotFoundError(f"No article of the library has the id '{article_id}'.")
        return self.held[article_id]

    def articles(
        self, filters: Filters = Filters(), search: str = "", limit: int = 50, offset: int = 0
    ) -> list[ArticleSummary]:
        """List the articles."""
        found = [a for a in self._passing(filters) if search.casefold() in a.title.casefold()]
        return [
            ArticleSummary(a.id, a.title, a.publication, a.authors, a.published, a.url, a.source, len(a.text.split()))
            for a in found[offset : offset + limit]
        ]

    def stats(self, filters: Filters = Filters()) -> LibraryStats:
        """Count the articles."""
        found = self._passing(filters)
        days = sorted(a.published for a in found if a.published)
        names = tuple(sorted({a.publication for a in found}))
        return LibraryStats(len(found), len(found), names, days[0] if days else None, days[-1] if days else None)

    def publications(self) -> dict[str, int]:
        """Count by publication."""
        names = [a.publication for a in self.held.values()]
        return {name: names.count(name) for name in names}

    def authors(self) -> dict[str, int]:
        """Count by author."""
        names = [name for a in self.held.values() for name in a.authors]
        return {name: names.count(name) for name in names}

    def sections(self) -> dict[str, int]:
        """Count by section."""
        names = [a.section for a in self.held.values() if a.section]
        return {name: names.count(name) for name in names}

    def versions(self, article_id: str) -> list[Version]:
        """Follow ``replaced``; the n-th version of an article came on the n-th of May, at noon."""
        older = {newer: old for old, newer in self.replaced.items()}
        while article_id in self.replaced:
            article_id = self.replaced[article_id]
        ids = [article_id]
        while ids[-1] in older:
            ids.append(older[ids[-1]])
        added = {id: datetime(2024, 5, place, 12, tzinfo=UTC) for place, id in enumerate(reversed(ids), start=1)}
        texts = [self.held[id] for id in ids]
        return [
            Version(
                a.id, a.title, a.published, a.source, 1, added[a.id], self.replaced.get(a.id, ""),
                added.get(self.replaced.get(a.id, "")),
            )
            for a in texts
        ]  # fmt: skip

    def statements(
        self,
        filters: Filters = Filters(),
        speaker: str = "",
        about: str = "",
        limit: int | None = None,
        offset: int = 0,
        names: Collection[tuple[str, str]] | None = None,
    ) -> list[StatementRow]:
        """List the statements; ``about`` asks for words in the statement."""
        passing = {a.id for a in self._passing(filters)}
        found = [
            row
            for row in self.said
            if row.article_id in passing
            and speaker.casefold() in row.speaker.casefold()
            and all(word in row.text.casefold() for word in about.casefold().split())
            and (names is None or (row.speaker, row.role) in names)
        ]
        return found[offset:][:limit]

    def speakers(self, filters: Filters = Filters()) -> list[SpeakerName]:
        """Count the statements of each name with a role."""
        rows = self.statements(filters)
        found = []
        for name, role in dict.fromkeys((row.speaker, row.role) for row in rows if row.speaker or row.role):
            same = [row for row in rows if (row.speaker, row.role) == (name, role)]
            days = sorted(row.published for row in same if row.published)
            articles = len({row.article_id for row in same})
            found.append(SpeakerName(name, role, len(same), articles, *((days[0], days[-1]) if days else (None, None))))
        return found

    def verify(self) -> list[str]:
        """Return the problems it was given."""
        return self.problems

    def rebuild(self, progress: Callable[[int, int], None]) -> None:
        """Count the rebuilds."""
        self.rebuilt += 1
        progress(len(self.held), len(self.held))

    def export(self, unread: Callable[[LibraryError], object] | None = None) -> Iterator[dict[str, Any]]:  # noqa: ARG002
        """Give the articles as dicts."""
        for a in self.held.values():
            yield {"id": a.id, "title": a.title, "text": a.text}

    def _passing(self, filters: Filters) -> list[Article]:
        return [
            a
            for a in self.held.values()
            if a.id not in self.replaced
            and (not filters.publications or a.publication in filters.publications)
            and (not filters.authors or not set(filters.authors).isdisjoint(a.authors))
            and (not filters.sections or a.section in filters.sections)
            and (not filters.since or bool(a.published and a.published >= filters.since))
            and (not filters.until or bool(a.published and a.published <= filters.until))
        ]


@dataclass
class FakeEngine:
    """Answers with the words it was given for a question.

    Attributes:
        words: Question -> (article id, the exact words, speaker).
        asked: Every call of ``ask``: question, history, filters.
        recent: Whether newer articles were to be preferred, for each of these calls.
        error: Raised by ``ask`` if set.
        interpreted: Question -> how it is understood.
        periods: Question -> the days of publication that it asks for.
    """

    library: FakeLibrary = field(default_factory=FakeLibrary)
    words: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...], Filters]] = field(default_factory=list)
    recent: list[bool | None] = field(default_factory=list)
    error: OnRecordError | None = None
    interpreted: dict[str, str] = field(default_factory=dict)
    periods: dict[str, Period] = field(default_factory=dict)
    warmed: bool = False
    examples_made: int = 0

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        top: int = 3,
        prefer_recent: bool | None = None,
        read_dates: bool = True,
    ) -> Reply:
        """Keep the call, then answer or raise; ``periods`` are read unless ``read_dates`` is false."""
        self.asked.append((question, tuple(history), filters))
        self.recent.append(prefer_recent)
        if self.error:
            raise self.error
        interpreted = self.interpreted.get(question, question) if history else question
        period = self.periods.get(question) if read_dates else None
        filters = restricted(filters, period)
        query = Query(question, interpreted, filters, prefer_recent=bool(prefer_recent), period=period)
        searched, held = self.library.stats(filters), self.library.stats().articles
        passages = tuple(_passage(a) for a in list(self.library.held.values())[:top])
        if question not in self.words:
            return Reply(query, Status.NO_ANSWER, "No passage says it.", (), passages, searched, {"total": 120.0}, held)
        id_, text, speaker = self.words[question]
        others = [a for a in self.library.held.values() if a.id != id_ and text in a.text]
        kind = AnswerKind.STATEMENT if speaker else AnswerKind.SPAN
        copies = tuple(citation(a, text) for a in others)
        found = Answer(text, 0.78, kind, speaker, citation(self.library.article(id_), text), copies)
        return Reply(query, Status.ANSWERED, "", (found,), passages, searched, {"total": 840.0}, held)

    def examples(self, count: int = 4) -> list[str]:
        """Return questions that have an answer."""
        self.examples_made += 1
        return list(self.words)[:count]

    def warm_up(self) -> None:
        """Note the call."""
        self.warmed = True


def citation(cited: Article, words: str) -> Citation:
    """Return where the first occurrence of ``words`` stands."""
    start = cited.text.index(words)
    paragraph = cited.paragraph_at(start)
    return Citation(
        cited.id, cited.title, cited.publication, cited.authors, cited.published, cited.url,
        start, start + len(words), cited.text[paragraph.start : paragraph.end], paragraph.start,
    )  # fmt: skip


def _passage(read: Article) -> Passage:
    first = read.paragraphs[0]
    text = read.text[first.start : first.end]
    return Passage(read.id, read.title, read.publication, read.published, read.url, text, first.start, first.end, 1.0)
