"""Signing in by OpenID Connect."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from index.audit import Actor
from tests.app.conftest import shown_html
from tests.app.door import Clock, account_page, alerts, buttons, make_door, stand_at
from tests.app.fakes import FakeEngine
from ui import access


def _by_oidc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **claims: Any) -> None:  # noqa: ANN401
    made = make_door(
        tmp_path, auth="oidc", oidc_readers=("@paper.example",), oidc_editors=("ann@paper.example",), idle_minutes=10
    )
    stand_at(made, monkeypatch)
    monkeypatch.setattr(access, "open_door", lambda: made)
    monkeypatch.setattr(access, "claims", lambda: claims)


def test_with_oidc_roles_come_from_the_settings(
    engine: FakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library_page: AppTest
) -> None:
    _by_oidc(tmp_path, monkeypatch, email="bob@paper.example", email_verified=True)
    assert buttons(library_page.run()) == []
    monkeypatch.setattr(access, "claims", lambda: {"email": "ann@paper.example", "email_verified": True})
    page = library_page.run().button(key="remove-ferry").click().run().button(key="confirm-removal").click().run()
    assert not page.exception
    assert engine.library.changed_by == [Actor("ann@paper.example", "app")]


def test_with_oidc_strangers_are_told_so_and_others_asked_to_sign_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _by_oidc(tmp_path, monkeypatch, email="eve@else.example", email_verified=True)
    page = AppTest.from_function(account_page, default_timeout=20).run()
    assert "eve@else.example may not use this library." in alerts(page)
    assert buttons(page) == ["Sign in with another account"]
    monkeypatch.setattr(access, "claims", lambda: {})
    page = AppTest.from_function(account_page, default_timeout=20).run()
    assert buttons(page) == ["Sign in"]


def test_with_oidc_too_long_without_a_click_signs_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, outs = Clock(), []
    _by_oidc(tmp_path, monkeypatch, email="bob@paper.example", email_verified=True)
    monkeypatch.setattr("time.monotonic", clock)
    monkeypatch.setattr("streamlit.logout", lambda: outs.append("out"))
    page = AppTest.from_function(account_page, default_timeout=20).run()
    clock.now += 9 * 60
    page = page.run()
    clock.now += 9 * 60
    assert "Signed in as bob@paper.example." in shown_html(page.run())
    assert outs == []
    clock.now += 10 * 60 + 1
    page = page.run()
    assert outs == ["out"]
    assert "Signed in" not in shown_html(page)
