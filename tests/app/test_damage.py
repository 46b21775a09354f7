"""A damaged library on the screen: a sentence with a remedy, nothing that was not written, no traceback."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.catalog import CATALOG_FILE
from qa.engine import Engine
from tests.app.conftest import shown_html
from tests.unit.index.harm import change
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of, library_of, settings_of
from ui import engine as ui_engine
from ui.library import exported

QUESTION = "When was the bridge shut?"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The engine the pages use, with a library on disk."""
    engine = engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE, FERRY)
    monkeypatch.setattr(ui_engine, "opener", lambda: engine)
    ui_engine.forget()
    yield engine
    ui_engine.forget()
    engine.library.close()


def test_a_changed_article_is_not_answered_from(engine: Engine, ask_page: AppTest) -> None:
    page = ask_page.run()
    change(library_of(engine).folder, "UPDATE article SET text = replace(text, 'Monday', 'Friday')", sealed=False)
    page = page.chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    assert "damaged on disk" in page.error[0].value and "index restore" in page.error[0].value
    assert "Friday" not in shown_html(page)


def test_verify_names_what_is_damaged(engine: Engine, library_page: AppTest) -> None:
    page = library_page.run()
    change(library_of(engine).folder, "UPDATE chunk SET start = start + 1", sealed=False)
    (verify,) = [button for button in page.button if button.label == "Verify"]
    page = verify.click().run()
    assert not page.exception
    assert "2 passages are damaged on disk" in page.warning[0].value and "index rebuild" in page.warning[0].value


def test_an_export_saves_what_is_not_damaged_and_names_the_rest(engine: Engine, library_page: AppTest) -> None:
    page = library_page.run()
    change(library_of(engine).folder, "UPDATE article SET deck = 'harmed' WHERE rowid = 1", sealed=False)
    for _ in range(2):  # each export tells anew
        (row,) = map(json.loads, exported(engine.library, page.session_state["unread"]).splitlines())
        assert row["title"] == FERRY.title
        page = page.run()
        assert not page.exception
        named, counted = page.warning
        assert "Article " in named.value and "is damaged on disk" in named.value
        assert counted.value == "1 article could not be read and is not in the exported file."


def test_a_catalog_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ask_page: AppTest) -> None:
    settings = settings_of(tmp_path)
    folder = Path(settings.library)
    folder.mkdir()
    (folder / CATALOG_FILE).write_bytes(b"no database" * 500)
    monkeypatch.setattr(ui_engine, "opener", lambda: Engine.open(settings, create=True))
    ui_engine.forget()
    page = ask_page.run()
    ui_engine.forget()
    assert not page.exception
    assert "is damaged" in page.error[0].value and "index restore" in page.error[0].value


def test_what_is_restored_is_shown_without_a_restart(engine: Engine, tmp_path: Path, ask_page: AppTest) -> None:
    from index.backup import restore

    library_of(engine).back_up(tmp_path / "backup")
    for summary in engine.library.articles():
        engine.library.remove(summary.id)
    page = ask_page.run().chat_input[0].set_value(QUESTION).run()
    assert "on Monday" not in shown_html(page)
    restore(tmp_path / "backup", library_of(engine).folder)
    page = page.chat_input[0].set_value(QUESTION).run()
    assert not page.exception
    assert "on Monday" in shown_html(page)
