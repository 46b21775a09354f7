"""Signing in by OpenID Connect, with a provider that runs beside the app."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.provider import CLIENT, Provider, provided
from tests.browser.screen import Screen
from tests.browser.serving import served

pytestmark = pytest.mark.browser

SECRETS = """[auth]
redirect_uri = "{{address}}/oauth2callback"
cookie_secret = "a secret of tests only, which is long enough"
client_id = "{client}"
client_secret = "another secret of tests only"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as running:
        yield running


@pytest.fixture
def guarded(provider: Provider, tmp_path: Path) -> Iterator[str]:
    secrets = SECRETS.format(client=CLIENT, provider=provider.address)
    editors, readers = json.dumps(["ann@paper.example"]), json.dumps(["@paper.example"])
    with served(tmp_path, secrets, auth="oidc", oidc_editors=editors, oidc_readers=readers) as url:
        yield url


def test_those_who_were_named_get_in_and_strangers_do_not(browser: Browser, provider: Provider, guarded: str) -> None:
    for address, seen in (
        ("ann@paper.example", "Signed in as ann@paper.example. As an editor you may"),
        ("eve@else.example", "may not use this library"),
    ):
        provider.claims = {"email": address, "email_verified": True}
        context = browser.new_context()
        screen = Screen(context.new_page(), guarded)
        page = screen.page
        page.goto(f"{guarded}/account")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0, timeout=30_000)
        page.goto(f"{guarded}/account")
        expect(page.get_by_text(seen)).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="Sign out" if "Signed" in seen else "Sign in with another account").click()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=30_000)
        assert screen.script_errors == []
        context.close()
    for method, path in (("PUT", "/_stcore/upload_file/a/b"), ("GET", "/media/a.jsonl")):
        assert httpx.request(method, guarded + path).status_code == 401
