"""The pages, run without a browser, with the fake engine in place of the real one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import world
from tests.app.fakes import FakeEngine, FakeLibrary
from ui import engine as ui_engine

APP = Path(__file__).resolve().parents[2] / "ui" / "pages.py"


def _shown(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    monkeypatch.setattr(ui_engine, "opener", lambda: engine)
    ui_engine.forget()
    yield engine
    ui_engine.forget()


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The engine the pages use; it holds three articles."""
    yield from _shown(world.engine(), monkeypatch)


@pytest.fixture
def empty_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The engine the pages use; its library is empty."""
    yield from _shown(FakeEngine(library=FakeLibrary()), monkeypatch)


@pytest.fixture
def ask_page() -> AppTest:
    """The app as it is started."""
    return AppTest.from_file(str(APP), default_timeout=20)


def _library_page() -> None:
    import streamlit as st

    from ui import library, links

    st.navigation([links.ask_page(), links.library_page(), links.article_page()])
    library.show()


def _article_page() -> None:
    import streamlit as st

    from ui import article, links

    st.navigation([links.ask_page(), links.library_page(), links.article_page()])
    article.show()


@pytest.fixture
def library_page() -> AppTest:
    """The Library page."""
    return AppTest.from_function(_library_page, default_timeout=20)


@pytest.fixture
def article_page() -> Callable[..., AppTest]:
    """Make the Article page for an address."""

    def open_at(**query: str) -> AppTest:
        page = AppTest.from_function(_article_page, default_timeout=20)
        for key, value in query.items():
            page.query_params[key] = value
        return page

    return open_at


def shown_html(page: AppTest) -> str:
    """Return all HTML on a page, in order."""
    return "\n".join(element.proto.body for element in page.get("html"))
