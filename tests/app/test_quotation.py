"""The page "Check a quotation"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from index.records import Article, Chunk, Filters, ParagraphKind, Statement
from index.statements import statements
from qa.check_quote import check_quote
from qa.quote_align import Piece, PieceKind
from tests.app import world
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, FakeLibrary, article
from ui import engine as ui_engine
from ui import escape, quotation

LATER = article(
    "later",
    "Ferry <b>captain</b> recalls",
    [
        "“We waited too long, and now the steel decides for us,” Mayor Ruth Okafor had said.",
        ("End.", ParagraphKind.BODY),
    ],
    publication="Quay Post",
    published=date(2024, 1, 3),
)
WAITED = "We waited too long, and now the steel decides for us"


@dataclass
class QuotedLibrary(FakeLibrary):
    """A fake library that can be searched for quotations: every article is one passage, and all are found."""

    def search_keyword(self, question: str, limit: int, filters: Filters = Filters()) -> list[tuple[int, float]]:
        """Find all articles that pass."""
        ids = list(self.held)
        return [(ids.index(a.id), 1.0) for a in self._passing(filters)][:limit] if question else []

    def chunks(self, ids: Iterable[int]) -> dict[int, Chunk]:
        """Return the articles as passages."""
        held = list(self.held.values())
        return {i: Chunk(i, held[i].id, 0, len(held[i].text)) for i in ids}

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """Return the articles."""
        return {i: self.held[i] for i in ids}

    def copies(
        self,
        ids: Iterable[str],  # noqa: ARG002
        filters: Filters = Filters(),  # noqa: ARG002
        limit: int = 20,  # noqa: ARG002
    ) -> dict[str, tuple[Article, ...]]:
        """Nothing is a copy."""
        return {}

    def statements_of(self, article_ids: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
        """Find the statements."""
        return {i: statements(self.held[i]) for i in article_ids}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEngine]:
    """The engine the page uses."""
    held = (LATER, world.BRIDGE, world.FERRY, world.HOSTILE)
    engine = FakeEngine(library=QuotedLibrary({a.id: a for a in held}))
    monkeypatch.setattr(ui_engine, "opener", lambda: engine)
    ui_engine.forget()
    yield engine
    ui_engine.forget()


def _quotation_page() -> None:
    import streamlit as st

    from ui import links, quotation

    st.navigation([links.ask_page(), links.library_page(), links.quotation_page(), links.article_page()])
    quotation.show()


@pytest.fixture
def page() -> AppTest:
    """The page."""
    return AppTest.from_function(_quotation_page, default_timeout=20)


def _check(page: AppTest, words: str, speaker: str = "") -> AppTest:
    page.run()
    page.text_area[0].set_value(words)
    page.text_input[0].set_value(speaker)
    next(b for b in page.button if b.label == "Check").click()
    page.run()
    assert not page.exception
    return page


def _said(elements: Iterable[object]) -> list[str]:
    return [escape.markdown_undone(str(getattr(element, "value", ""))) for element in elements]


def _linked(page: AppTest) -> list[str]:
    return [escape.markdown_undone(link.proto.label) for link in page.get("page_link")]


def test_nothing_is_checked_before_the_button(engine: FakeEngine, page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert not [*page.success, *page.warning, *page.info]
    assert engine.asked == []


def test_verbatim(engine: FakeEngine, page: AppTest) -> None:
    _check(page, f"“{WAITED}.”", "Okafor")
    assert _said(page.success) == ["Word for word."]
    assert [s.value for s in page.subheader] == ["First here", "Also here"]
    assert _linked(page) == [
        "Harbour bridge to close for nine weeks — Harbour Times, 2 October 2023",
        "Ferry <b>captain</b> recalls — Quay Post, 3 January 2024",
    ]
    shown = shown_html(page)
    assert "“<mark>We waited too long, and now the steel decides for us</mark>,” said Mayor Ruth Okafor" in shown
    assert '<p class="or-note">Ruth Okafor, Mayor</p>' in shown
    assert "<del>" not in shown
    assert engine.asked == []


def test_altered(engine: FakeEngine, page: AppTest) -> None:
    _check(page, "We waited far too long, and now the iron decides for us")
    assert _said(page.warning) == ["Altered: the article has 83 % of its words, and other words beside them."]
    assert (
        '<p class="or-changes">We waited <ins>far</ins> too long, and now the <del>steel</del> <ins>iron</ins> '
        "decides for us,</p>"
    ) in shown_html(page)
    assert engine.asked == []


def test_somebody_else(engine: FakeEngine, page: AppTest) -> None:
    _check(page, WAITED, "Ann *Lee*")
    assert _said(page.warning) == ["Said by Ruth Okafor, not by Ann *Lee*. Word for word."]
    assert engine.asked == []


def test_not_found_and_hostile_words(engine: FakeEngine, page: AppTest) -> None:
    _check(page, "<script>alert(1)</script> the **work** costs <b>nothing</b> and is [x](javascript:alert(1)) over")
    assert _said(page.info)[0].startswith("Not found in the 4 articles searched.")
    shown = shown_html(page)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert [s.value for s in page.subheader] == ["Nearest passage"]
    assert "<ins>" not in shown and 'class="or-changes"' not in shown
    assert engine.asked == []


def test_nothing_to_check_is_told(engine: FakeEngine, page: AppTest) -> None:
    _check(page, WAITED)
    assert _said(page.success)
    _check(page, " “” ")
    assert _said(page.error) == ["There is no quotation to check. Give the words that are said to have been said."]
    assert not page.success
    assert engine.asked == []


def test_the_result_follows_the_library(engine: FakeEngine, page: AppTest) -> None:
    _check(page, WAITED)
    engine.library.remove("bridge")
    page.run()
    assert _linked(page) == ["Ferry <b>captain</b> recalls — Quay Post, 3 January 2024"]


def test_the_empty_library(empty_engine: FakeEngine, page: AppTest) -> None:
    page.run()
    assert not page.exception
    assert "The library is empty. Add articles on the Library page." in shown_html(page)
    assert empty_engine.asked == []


def test_it_is_a_page_of_the_app(engine: FakeEngine, ask_page: AppTest) -> None:
    ask_page.run()
    assert not ask_page.exception
    assert engine.asked == []


def test_every_kind_of_difference_is_shown_and_escaped() -> None:
    pieces = [Piece(kind, f"<{kind.value}>") for kind in PieceKind]
    assert quotation.difference(pieces) == (
        '<p class="or-changes">&lt;same&gt; <del>&lt;dropped&gt;</del> <ins>&lt;added&gt;</ins> '
        "<small>[left out: &lt;omitted&gt;]</small> &lt;inserted&gt; <small>[… &lt;attribution&gt;]</small></p>"
    )


def test_many_places_are_folded_away(engine: FakeEngine, page: AppTest) -> None:
    for number in range(14):
        engine.library.held[f"n{number}"] = article(f"n{number}", f"Story {number}", [f"“{WAITED},” said Ruth Okafor."])
    _check(page, WAITED)
    assert len(_linked(page)) == 16
    assert [expander.label for expander in page.expander] == ["5 more"]
    assert engine.asked == []


def test_headings_of_the_nearest_words() -> None:
    library = QuotedLibrary({a.id: a for a in (LATER, world.BRIDGE)})
    assert [words for words, _ in quotation.headed(check_quote(library, WAITED))] == ["First here", "Also here"]
    assert quotation.headed(check_quote(library, "zebra")) == []
