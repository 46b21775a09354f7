"""The Article page."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.app import world
from tests.app.conftest import shown_html
from tests.app.fakes import FakeEngine, article
from ui import escape
from ui.article import position

Opener = Callable[..., AppTest]
OLDEST = "Added 1 May 2024: Ferry <i>late</i>"


def test_whole_article_with_the_words_marked(engine: FakeEngine, article_page: Opener) -> None:
    start = world.BRIDGE.text.index("$41 million")
    page = article_page(article="bridge", start=str(start), end=str(start + 11)).run()
    shown = shown_html(page)
    assert not page.exception
    assert "Harbour bridge to close for nine weeks</h1>" in shown
    assert '<p class="or-body" id="cited">The work costs <mark>$41 million</mark> and' in shown
    assert '<p class="or-aside">Subscribe to the morning letter.</p>' in shown
    assert "By Ann Lee" in shown
    assert "Harbour Times · 2 October 2023" in shown
    assert "scrollIntoView" in shown
    assert engine.asked == []


def test_without_positions_nothing_is_marked_and_no_script_runs(engine: FakeEngine, article_page: Opener) -> None:
    shown = shown_html(article_page(article="ferry").run())
    assert "<mark>" not in shown
    assert "<script" not in shown
    assert engine.asked == []


def test_hostile_article(engine: FakeEngine, article_page: Opener) -> None:
    shown = shown_html(article_page(article="hostile").run())
    assert "<script" not in shown
    assert "<a " not in shown
    assert "&lt;b&gt;Bold&lt;/b&gt; **stars** $5 and $6 [x](javascript:alert(1))" in shown
    assert engine.asked == []


def _with_versions(engine: FakeEngine) -> None:
    """Two older versions of the ferry article: "oldest" and "older"."""
    older = "The last ferry will leave at midnight while the bridge is closed."
    engine.library.held |= {
        "oldest": article("oldest", "Ferry <i>late</i>", [older]),
        "older": article("older", world.FERRY.title, [older, "The work costs <b>$41 million</b>."]),
    }
    engine.library.replaced = {"oldest": "older", "older": "ferry"}


def _others(page: AppTest) -> list[str]:
    return [escape.markdown_undone(button.label) for button in page.button]


def test_an_older_version_says_so_and_shows_what_the_next_one_changed(engine: FakeEngine, article_page: Opener) -> None:
    _with_versions(engine)
    page = article_page(article="older").run()
    shown = shown_html(page)
    assert "This version was replaced on 3 May 2024. It is no longer answered from." in shown
    assert "leave at <del>midnight</del> <ins>1 a.m.</ins> while the bridge" in shown
    assert "<del>&lt;b&gt;$41 million&lt;/b&gt;.</del> <ins>$41 million and" in shown
    assert _others(page) == ["Open the newest version", "Added 3 May 2024, answered from", OLDEST]
    assert "Added 2 May 2024, shown here" in shown
    assert engine.asked == []


def test_another_version_is_shown_at_its_own_address(engine: FakeEngine, article_page: Opener) -> None:
    _with_versions(engine)
    page = article_page(article="older", start="3", end="9").run()
    page = page.button(key="version-newest").click().run()
    assert not page.exception
    assert page.query_params == {"article": "ferry"}
    assert "leave at 1 a.m. while" in shown_html(page)
    assert "<mark>" not in shown_html(page)


def test_the_newest_version_lists_the_older_ones(engine: FakeEngine, article_page: Opener) -> None:
    _with_versions(engine)
    page = article_page(article="ferry").run()
    assert "was replaced" not in shown_html(page)
    assert "Added 3 May 2024, answered from, shown here" in shown_html(page)
    assert _others(page) == ["Added 2 May 2024", OLDEST]
    assert "Versions" not in shown_html(article_page(article="bridge").run())


def test_unknown_article_and_no_article(engine: FakeEngine, article_page: Opener) -> None:
    page = article_page(article="nope").run()
    assert not page.exception
    assert "nope" in page.error[0].value
    assert "No article is chosen." in shown_html(article_page().run())
    assert engine.asked == []


@pytest.mark.parametrize(
    ("text", "place"), [("12", 12), ("", 0), ("-3", 0), ("1e5", 0), ("٣", 0), ("9" * 30, 0), ("<b>", 0)]
)
def test_position(text: str, place: int) -> None:
    assert position(text) == place
