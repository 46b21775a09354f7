"""The one engine of this process, shared by all sessions, and the thread that loads its models.

The protocols say what the screen needs of an engine and its library. A test shows its own engine by setting
``ui.engine.opener`` and calling ``ui.engine.forget()``.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Thread
from typing import Any, Protocol

import streamlit as st

from index.audit import Actor
from index.errors import LibraryError, OnRecordError
from index.people_kept import PeopleKept
from index.records import AddResult, Article, ArticleSummary, Draft, Failure, Filters, LibraryStats, Version
from index.settings import load_settings
from index.statement_store import SpeakerName, StatementRow
from qa.records import Reply
from ui import escape

_log = logging.getLogger(__name__)


class LibraryLike(Protocol):
    """What the screen needs of a library."""

    @property
    def generation(self) -> int:
        """A number that changes with every write."""

    @property
    def people(self) -> PeopleKept:
        """Where it is kept what users decided about names."""

    def add(self, items: Iterable[Draft | Failure], by: Actor | None = ..., /) -> Iterator[AddResult]:
        """Add articles, one result for each; ``by`` goes into the audit log."""

    def remove(self, article_id: str, by: Actor | None = ..., /) -> object:
        """Remove an article; ``by`` goes into the audit log."""

    def article(self, article_id: str, /) -> Article:
        """Return an article."""

    def articles(
        self, filters: Filters = ..., search: str = ..., limit: int = ..., offset: int = ...
    ) -> list[ArticleSummary]:
        """Return a page of the list of articles."""

    def stats(self, filters: Filters = ...) -> LibraryStats:
        """Count what the filters leave."""

    def publications(self) -> dict[str, int]:
        """Return the number of articles of each publication."""

    def authors(self) -> dict[str, int]:
        """Return the number of articles of each author."""

    def sections(self) -> dict[str, int]:
        """Return the number of articles of each section."""

    def versions(self, article_id: str, /) -> list[Version]:
        """Return the texts that an article had, newest first."""

    def speakers(self, filters: Filters = ...) -> list[SpeakerName]:
        """Return who is quoted, one entry for each name with a role."""

    def statements(
        self,
        filters: Filters = ...,
        speaker: str = ...,
        about: str = ...,
        limit: int | None = ...,
        offset: int = ...,
        names: Collection[tuple[str, str]] | None = ...,
    ) -> list[StatementRow]:
        """List who said what, oldest first."""

    def verify(self) -> list[str]:
        """Return what is wrong with the library; empty where it is sound."""

    def rebuild(self, progress: Callable[[int, int], None]) -> None:
        """Compute everything but the articles again; ``progress`` is told how many of how many are done."""

    def export(self, unread: Callable[[LibraryError], object] | None = ...) -> Iterator[dict[str, Any]]:
        """Give every article as a JSON object; ``unread`` is told why one is left out."""


class EngineLike(Protocol):
    """What the screen needs of an engine."""

    @property
    def library(self) -> LibraryLike:
        """The library that questions are answered from."""

    def ask(
        self,
        question: str,
        history: Sequence[str] = ...,
        filters: Filters = ...,
        top: int = ...,
        prefer_recent: bool | None = ...,
        read_dates: bool = ...,
    ) -> Reply:
        """Answer a question."""

    def examples(self, count: int = ...) -> list[str]:
        """Return questions that the library can answer."""

    def warm_up(self) -> None:
        """Load the models."""


def _open() -> EngineLike:
    from qa.engine import Engine

    return Engine.open(load_settings(), create=True)


opener: Callable[[], EngineLike] = _open


@dataclass(frozen=True)
class _Running:
    engine: EngineLike
    warming: Thread


@st.cache_resource(show_spinner=False)
def _running() -> _Running:
    engine = opener()
    warming = Thread(target=_warm_up, args=(engine,), name="warm-up", daemon=True)
    warming.start()
    return _Running(engine, warming)


def _warm_up(engine: EngineLike) -> None:
    try:
        engine.warm_up()
    except Exception:  # noqa: BLE001 - the first question meets the same failure and shows it
        _log.exception("The models could not be loaded ahead of the first question.")


def get_engine() -> EngineLike:
    """Return the engine. Where it cannot be opened the page shows why and ends here."""
    try:
        return _running().engine
    except OnRecordError as error:
        show_error(error)
        st.stop()


def models_are_loading() -> bool:
    """Return whether the models are still being loaded in the background."""
    return _running().warming.is_alive()


def wait_for_models() -> None:
    """Return when the background load is over, well or not."""
    _running().warming.join()


def forget() -> None:
    """Open the engine anew the next time it is needed."""
    _running.clear()


def show_error(error: OnRecordError | str) -> None:
    """Show what went wrong as one plain sentence."""
    st.error(escape.label(str(error), 1000), icon=":material/error:")
