"""Use a library in every way there is, and tell what it showed."""

import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from index.errors import OnRecordError
from index.library import Library
from index.people_file import read_groups
from index.records import Filters
from tests.reliability.doing import opened

_QUESTIONS = (
    "Who said the vote was fair in town 12?",
    "When will the lock at Ashford close?",
    "mayor Ann Reed",
    "draba",
)
_PAPER = Filters(publications=("The Daily",))


@dataclass
class Seen:
    """What a library showed.

    Attributes:
        records: By kind, what is shown with its words: articles, passages, statements; each must be as written.
        lists: By kind, how much there was, and names.
        refused: What was said where it refused to be used.
        problems: What ``verify`` found.
        crashes: Errors that no user should ever see.
    """

    records: dict[str, set[str]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)

    def complete(self) -> bool:
        """Say whether there was something of every kind."""
        return all(self.records.values()) and len(self.records) == len(_RECORDS)

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; keep what it fails with."""
        try:
            act()
        except OnRecordError as error:
            self.refused.append(str(error))
        except BaseException:  # noqa: BLE001 - a crash in Rust is no Exception
            self.crashes.append(traceback.format_exc()[-1500:])


def look(folder: Path) -> Seen:
    """Open the library, use it, and verify it."""
    seen = Seen()
    seen.attempt(lambda: _use(folder, seen))
    return seen


def _use(folder: Path, seen: Seen) -> None:
    with opened(folder) as library:
        for name, records in _RECORDS.items():
            seen.attempt(partial(_note, seen, name, records, library))
        for name, listed in _LISTS.items():
            seen.attempt(partial(_list, seen, name, listed, library))
        seen.problems = library.verify()


def _list(seen: Seen, name: str, listed: Callable[[Library], object], library: Library) -> None:
    seen.lists[name] = repr(listed(library))


def _note(seen: Seen, name: str, records: Callable[[Library], Iterable[Any]], library: Library) -> None:
    shown = [repr(record) for record in records(library)]
    seen.records[name] = set(shown)
    # An index that was made again may find others of those that are equally near.
    seen.lists[name] = str(len(shown)) if name.startswith("found") else repr(sorted(shown))


def _all_ids(library: Library) -> list[str]:
    return sorted({version.id for one in library.articles() for version in library.versions(one.id)})


def _found(library: Library, by_meaning: bool, filters: Filters) -> Iterable[Any]:
    # Question by question: how many different passages several find together depends on which of equals each took.
    for question in _QUESTIONS:
        if by_meaning:
            found = library.search_dense(library.embedder.embed([question])[0], 15, filters)
        else:
            found = library.search_keyword(question, 15, filters)
        yield from _passages(library, [i for i, _ in found])


def _passages(library: Library, ids: Iterable[int]) -> Iterable[Any]:
    chunks = library.chunks(ids)
    articles = library.articles_by_id({chunk.article_id for chunk in chunks.values()})
    for chunk in chunks.values():
        article = articles[chunk.article_id]
        yield chunk, article.title, article.publication, article.text[chunk.start : chunk.end]


_RECORDS: dict[str, Callable[[Library], Iterable[Any]]] = {
    "found by meaning": lambda library: _found(library, True, Filters()),
    "found by words": lambda library: _found(library, False, Filters()),
    "found by meaning in one paper": lambda library: _found(library, True, _PAPER),
    "found by words in one paper": lambda library: _found(library, False, _PAPER),
    "passages": lambda library: _passages(library, range(1, 1000)),
    "articles": lambda library: library.articles_by_id(_all_ids(library)).values(),
    "listed articles": lambda library: library.articles(),
    "versions": lambda library: (version for i in _all_ids(library) for version in library.versions(i)),
    "statements": lambda library: library.statements(),
    "statements about": lambda library: library.statements(about="vote"),
    "statements of a speaker": lambda library: library.statements(speaker="Ann Reed"),
    "statements of articles": lambda library: library.statements_of(_all_ids(library)).items(),
    "copies": lambda library: ((i, [c.id for c in same]) for i, same in library.copies(_all_ids(library)).items()),
    "exported": lambda library: library.export(),
    "people": lambda library: sorted(sorted(group) for group in read_groups(library.folder)),
}
_LISTS: dict[str, Callable[[Library], object]] = {
    "counts": lambda library: library.stats(),
    "counts of a paper": lambda library: library.stats(_PAPER),
    "publications": lambda library: library.publications(),
    "authors": lambda library: library.authors(),
    "speakers": lambda library: library.speakers(),
}
