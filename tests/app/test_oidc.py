"""Signing in by OpenID Connect."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from index.audit import Actor
from tests.app.conftest import shown_html
from tests.app.door import Clock, account_page, alerts, buttons, make_door, stand_at
from tests.app.fakes import FakeEngine
from tests.app.test_gate import client_of
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


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"email": "bob@paper.example", "email_verified": True}, 200),
        ({"email": "bob@paper.example", "email_verified": True, "groups": ["x" * 5000]}, 200),
        ({"email": "eve@else.example", "email_verified": True}, 401),
        ({}, 401),
        (None, 401),
    ],
)
def test_uploads_and_downloads_ask_for_the_cookie_that_streamlit_signs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, claims: dict[str, Any] | None, status: int
) -> None:
    made = make_door(tmp_path, auth="oidc", oidc_readers=("@paper.example",))
    secret = "of tests only"  # noqa: S105
    monkeypatch.setattr("ui.oidc_cookie.get_cookie_secret", lambda: secret)
    cookies: dict[str, str] = {}
    if claims is None:
        cookies[USER_COOKIE_NAME] = "forged"
    else:
        set_cookie_with_chunks(
            lambda name, value: cookies.update({name: create_signed_value(secret, name, value).decode()}),
            lambda name, value: create_signed_value(secret, name, value),
            USER_COOKIE_NAME,
            claims,
            cookie_attr_size=100,
        )
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    with client_of(made) as client:
        assert client.put("/_stcore/upload_file/a/b", headers=sent).status_code == status
        assert client.get("/media/a.jsonl", headers=sent).status_code == status
        assert client.get("/library", headers=sent).status_code == 200
