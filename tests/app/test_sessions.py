"""Several sessions at once: one engine for all, and nobody waits for what another one adds."""

from collections.abc import Iterator
from threading import Event

import pytest
from streamlit.testing.v1 import AppTest

from index.records import Draft
from tests.app import world
from tests.app.conftest import APP, _library_page, shown_html
from tests.app.fakes import FakeEngine
from ui import engine as ui_engine


def test_sessions_share_one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[FakeEngine] = []

    def open_one() -> FakeEngine:
        opened.append(world.engine())
        return opened[-1]

    monkeypatch.setattr(ui_engine, "opener", open_one)
    ui_engine.forget()
    for page in [AppTest.from_file(str(APP), default_timeout=60) for _ in range(4)]:
        page.run().chat_input[0].set_value(world.SAID).run()
    ui_engine.forget()
    assert len(opened) == 1
    assert len(opened[0].asked) == 4


def test_while_one_session_adds_others_ask_and_add(
    engine: FakeEngine, library_page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go = Event(), Event()

    def read(name: str, _data: bytes, _most: int) -> Iterator[Draft]:
        if name == "slow.txt":
            reading.set()
            go.wait(60)
        yield Draft("Text.", name)

    monkeypatch.setattr("index.sources.read_bytes", read)
    slow = _upload(library_page.run(), "slow.txt")
    assert reading.wait(60)
    try:
        for _ in range(3):
            page = AppTest.from_file(str(APP), default_timeout=60).run()
            assert "We waited too long" in shown_html(page.chat_input[0].set_value(world.SAID).run())
        quick = _upload(AppTest.from_function(_library_page, default_timeout=60).run(), "quick.txt")
        quick.session_state["job"].wait(60)
        assert "quick.txt" in engine.library.held
        assert slow.session_state["job"].running
    finally:
        go.set()
    slow.session_state["job"].wait(60)
    assert "slow.txt" in engine.library.held


def _upload(page: AppTest, name: str) -> AppTest:
    page.file_uploader[0].set_value([(name, b"x", "text/plain")])
    [add] = [button for button in page.button if button.label == "Add the files"]
    return add.click().run()
