"""What readers and editors see, and that the server refuses what a reader may not do, whatever the screen shows."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.audit import Actor
from qa.accounts import Role
from tests.app.conftest import APP, shown_html
from tests.app.door import Clock, account_page, alerts, buttons, make_door, stand_at
from tests.app.fakes import FakeEngine
from tests.app.said import statement
from tests.app.test_speakers import _speaker_page
from ui import access, adding
from ui.door import Door

TEXT = "Lighthouse opens to visitors\n\nThe lighthouse opens on Sunday after two years of repairs, its keeper said."
GUARDED = "Only editors may change what is shared, and rita is a reader, so nothing was changed."


@pytest.fixture
def guarded(tmp_path: Path) -> Door:
    return make_door(tmp_path, auth="password")


def _finished(page: AppTest) -> AppTest:
    page.session_state["job"].wait(20)
    return page.run()


@pytest.mark.usefixtures("engine")
def test_without_accounts_there_is_noaccount_page_and_everybody_edits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(make_door(tmp_path), monkeypatch)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert not page.exception
    assert "Ask the news articles in your library." in shown_html(page)
    assert not access.signs_in()
    assert "Remove" in buttons(library_page.run())


@pytest.mark.usefixtures("engine")
def test_who_is_not_signed_in_sees_nothing_of_the_library(guarded: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_at(guarded, monkeypatch)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert not page.exception
    assert "You are signed out." in shown_html(page)
    assert 'href="/sign-in"' in shown_html(page)
    assert "article" not in shown_html(page)
    assert page.chat_input.values == []


@pytest.mark.usefixtures("engine")
def test_whoever_is_signed_in_may_ask(guarded: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_at(guarded, monkeypatch, "rita")
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert not page.exception
    assert "In the library: 3 articles" in shown_html(page)


@pytest.mark.usefixtures("engine")
def test_started_without_its_gate_the_app_lets_nobody_in_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(make_door(tmp_path), monkeypatch)
    monkeypatch.setattr("ui.door.is_this_machine", lambda _: False)
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert "To serve others, let them sign in: set auth to" in alerts(page)
    assert "article" not in shown_html(page)


@pytest.mark.usefixtures("engine")
def test_a_reader_sees_the_library_without_what_changes_it(
    guarded: Door, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(guarded, monkeypatch, "rita")
    page = library_page.run()
    assert not page.exception
    assert "1–3 of 3" in shown_html(page)
    assert buttons(page) == []
    assert [head.value for head in page.subheader] == ["Articles", "Export"]
    assert [tab.label for tab in page.tabs] == []


@pytest.mark.usefixtures("engine")
def test_an_editor_sees_all_but_the_folders_of_the_server(
    guarded: Door, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(guarded, monkeypatch, "ed")
    page = library_page.run()
    assert {"Add the files", "Add the text", "Add the page", "Remove", "Verify", "Rebuild"} == set(buttons(page))
    assert [tab.label for tab in page.tabs] == ["Files", "Pasted text", "Web address"]


def test_what_an_editor_adds_and_removes_bears_their_name(
    engine: FakeEngine, guarded: Door, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(guarded, monkeypatch, "ed")
    page = library_page.run()
    page.text_area[0].set_value(TEXT)
    [add] = [button for button in page.button if button.label == "Add the text"]
    page = _finished(add.click().run())
    page = page.button(key="remove-ferry").click().run().button(key="confirm-removal").click().run()
    assert len(engine.library.held) == 3
    assert engine.library.changed_by == [Actor("ed", "app"), Actor("ed", "app")]


def test_a_click_of_who_is_a_reader_by_now_is_refused(
    engine: FakeEngine, guarded: Door, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(guarded, monkeypatch, "ed")
    page = library_page.run().button(key="remove-ferry").click().run()
    guarded.accounts.set_role("ed", Role.READER)
    page = page.button(key="confirm-removal").click().run()
    assert "ferry" in engine.library.held
    assert "Only editors may change what is shared, and ed is a reader" in alerts(page)
    assert buttons(page) == []


def test_a_click_of_who_was_signed_out_meanwhile_is_refused(
    engine: FakeEngine, guarded: Door, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    stand_at(guarded, monkeypatch, "ed")
    page = library_page.run().button(key="remove-ferry").click().run()
    guarded.accounts.remove("ed")
    page = page.button(key="confirm-removal").click().run()
    assert "ferry" in engine.library.held
    assert "You are not signed in any more, so nothing was changed." in alerts(page)


def _call(what: str) -> None:
    """Do as a reader what no button offers, as a script of a page."""
    from pathlib import Path

    import streamlit as st

    from index.errors import AccessError
    from ui import adding, library, speaker_names
    from ui.engine import get_engine

    lib = get_engine().library
    deeds = {
        "files": lambda: adding.start_files(lib, [("a.txt", b"words")]),
        "pasted": lambda: adding.start_pasted(lib, "words"),
        "address": lambda: adding.start_address(lib, "https://paper.example/a"),
        "folder": lambda: adding.start_folder(lib, str(Path.cwd())),
        "samples": lambda: adding.start_samples(lib),
        "remove": lambda: library._remove(lib, "ferry"),
        "names": lambda: speaker_names._decide(lib, lambda: st.session_state.update(kept=True), None),  # type: ignore[arg-type]
    }
    try:
        deeds[what]()
    except AccessError as error:
        st.session_state["refusal"] = str(error)


@pytest.mark.parametrize("what", ["files", "pasted", "address", "folder", "samples", "remove", "names"])
def test_the_server_refuses_a_reader_even_where_no_button_is_asked(
    engine: FakeEngine, guarded: Door, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    stand_at(guarded, monkeypatch, "rita")
    before = dict(engine.library.held)
    page = AppTest.from_function(_call, args=(what,), default_timeout=20).run()
    assert not page.exception
    told = [
        page.session_state[key] for key in ("refusal", "removal-failed", "speaker-failed") if key in page.session_state
    ]
    assert [line.startswith(GUARDED) for line in told] == [True]
    assert "job" not in page.session_state
    assert "kept" not in page.session_state
    assert engine.library.held == before
    assert engine.library.changed_by == []


def test_a_reader_sees_the_names_of_a_speaker_and_cannot_change_them(
    engine: FakeEngine, guarded: Door, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine.library.folder = tmp_path
    engine.library.said = [
        statement(1, "bridge", "We waited too long", "Ruth Okafor", "Mayor"),
        statement(2, "ferry", "last ferry", "Ruth M. Okafor", "Mayor"),
        statement(3, "ferry", "The work costs", "Ann Lee", ""),
    ]

    def opened() -> AppTest:
        page = AppTest.from_function(_speaker_page, default_timeout=20)
        page.query_params["speaker"] = "Ruth Okafor"
        return page.run()

    stand_at(guarded, monkeypatch, "rita")
    page = opened()
    assert not page.exception
    assert "• Ruth M. Okafor, Mayor (1)" in shown_html(page)
    assert not {"Put together", "Take these away"} & set(buttons(page))
    stand_at(guarded, monkeypatch, "ed")
    assert {"Put together", "Take these away"} <= set(buttons(opened()))


@pytest.mark.usefixtures("empty_engine")
def test_a_reader_of_an_empty_library_is_told_to_wait_for_an_editor(
    guarded: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(guarded, monkeypatch, "rita")
    page = AppTest.from_file(str(APP), default_timeout=20).run()
    assert "an editor has to add articles first" in shown_html(page)
    assert buttons(page) == []


def test_too_many_files_at_once_are_refused(empty_engine: FakeEngine, library_page: AppTest) -> None:
    page = library_page.run()
    page.file_uploader[0].set_value([(f"{n}.txt", b"x", "text/plain") for n in range(adding.MOST_FILES + 1)])
    [add] = [button for button in page.button if button.label == "Add the files"]
    page = add.click().run()
    assert "501 files are more than the 500 that can be added at once" in alerts(page)
    assert empty_engine.library.held == {}


# --- Signing out, and time ---


def test_signing_out_ends_the_session_and_forgets_the_conversation(
    guarded: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(guarded, monkeypatch, "rita")
    page = AppTest.from_function(account_page, default_timeout=20)
    page.session_state["conversation"] = ["a question"]
    page = page.run()
    assert "Signed in as rita. As a reader you may ask and read." in shown_html(page)
    page = page.button(key="sign-out").click().run()
    assert "You are signed out." in shown_html(page)
    assert "conversation" not in page.session_state
    assert guarded.sessions.find(access.token()) is None


def test_another_visitor_in_the_same_browser_sees_nothing_of_the_first(
    guarded: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_at(guarded, monkeypatch, "rita")
    page = AppTest.from_function(account_page, default_timeout=20).run()
    page.session_state["conversation"] = ["a question"]
    page = page.run()
    assert "conversation" in page.session_state
    stand_at(guarded, monkeypatch, "ed")
    page = page.run()
    assert "Signed in as ed. As an editor you may also add" in shown_html(page)
    assert "conversation" not in page.session_state


def test_a_session_ends_after_some_time_without_a_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    stand_at(make_door(tmp_path, clock, auth="password", idle_minutes=10), monkeypatch, "rita")
    page = AppTest.from_function(account_page, default_timeout=20).run()
    for _ in range(3):
        clock.now += 9 * 60
        page = page.run()
        assert "Signed in as rita." in shown_html(page)
    clock.now += 10 * 60 + 1
    assert "You are signed out." in shown_html(page.run())
