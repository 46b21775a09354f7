"""Signing in by OpenID Connect, with a provider that runs beside the app."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.provider import CLIENT, Provider, provided
from tests.browser.relay import relaying
from tests.browser.screen import Screen
from tests.browser.serving import served

pytestmark = pytest.mark.browser

SECRETS = """[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "a secret of tests only, which is long enough"
client_id = "{client}"
client_secret = "another secret of tests only"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provided() as running:
        yield running


@contextmanager
def _served(provider: Provider, folder: Path, address: str = "{address}") -> Iterator[str]:
    """Serve an app that is known to others under an address, or under its own."""
    secrets = SECRETS.format(client=CLIENT, provider=provider.address, address=address)
    editors, readers = json.dumps(["ann@paper.example"]), json.dumps(["@paper.example"])
    folder.mkdir()
    with served(folder, secrets, auth="oidc", oidc_editors=editors, oidc_readers=readers) as url:
        yield url


@pytest.fixture
def guarded(provider: Provider, tmp_path: Path) -> Iterator[str]:
    with _served(provider, tmp_path / "one") as url:
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


def test_who_signed_in_at_one_server_is_known_to_another_with_the_same_secret(
    browser: Browser, provider: Provider, tmp_path: Path
) -> None:
    provider.claims = {"email": "ann@paper.example", "email_verified": True}
    with relaying() as relay, ExitStack() as servers:
        address = f"http://localhost:{relay.port}"
        one, two = (servers.enter_context(_served(provider, tmp_path / name, address)) for name in ("one", "two"))
        context = browser.new_context()
        page = context.new_page()
        relay.lead_to(_port(one))
        page.goto(f"{address}/account")
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_test_id("stTopNavLink").first).to_be_visible(timeout=30_000)
        relay.lead_to(_port(two))
        page.goto(f"{address}/account")
        expect(page.get_by_text("Signed in as ann@paper.example.")).to_be_visible(timeout=30_000)
        context.close()


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])
