"""Signing in, as a reader and as an editor, and what the real server refuses."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from qa.accounts import Accounts, Role
from tests.browser.screen import Screen
from tests.browser.serving import served

pytestmark = pytest.mark.browser

PASSWORD = "long enough a secret"  # noqa: S105 - of tests only
ARTICLE = (
    "Lighthouse opens to visitors\n\nThe lighthouse opens on Sunday after two years of repairs, its keeper said.\n"
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an app that asks for a password; it takes files of a megabyte."""
    folder = tmp_path_factory.mktemp("guarded")
    accounts = Accounts(folder / "accounts.json")
    accounts.add("rita", Role.READER, PASSWORD)
    accounts.add("ed", Role.EDITOR, PASSWORD)
    with served(folder, auth="password", accounts=str(accounts.path), max_file_mb="1") as url:
        yield url


@pytest.fixture
def visit(browser: Browser, guarded: str) -> Iterator[Screen]:
    """A browser that nobody signed in with yet."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    screen = Screen(context.new_page(), guarded)
    yield screen
    context.close()
    assert screen.strangers == []
    assert screen.script_errors == []


def _enter(page: Page, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_reader_signs_in_reads_and_signs_out(visit: Screen) -> None:
    page = visit.page
    page.goto(f"{visit.address}/library")
    assert visit.overflow() <= 0
    for _ in range(3):
        _enter(page, "rita", "wrong")
        expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    page.wait_for_timeout(1100)  # what three failures cost
    _enter(page, "rita", PASSWORD)
    expect(page.get_by_role("heading", name="Library")).to_be_visible(timeout=60_000)
    assert page.url == f"{visit.address}/library"
    expect(page.get_by_role("button", name="Export")).to_be_visible()
    expect(page.get_by_role("button", name="Add the files")).to_have_count(0)
    page.reload()  # the cookie keeps one in
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    visit.open("account")
    expect(page.get_by_text("Signed in as rita. As a reader you may ask and read.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(visit.address)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def _upload(visit: Screen, file: Path) -> Request:
    """Sign in as an editor, upload a file, and return the request that carried it."""
    visit.page.goto(f"{visit.address}/library")
    _enter(visit.page, "ed", PASSWORD)
    expect(visit.page.get_by_role("button", name="Add the files")).to_be_visible(timeout=60_000)
    with visit.page.expect_request(lambda request: request.method == "PUT") as sent:
        visit.upload(file)
    return sent.value


def test_an_upload_is_taken_from_the_own_page_of_an_editor_only(visit: Screen, tmp_path: Path) -> None:
    (tmp_path / "lighthouse.txt").write_text(ARTICLE)
    request = _upload(visit, tmp_path / "lighthouse.txt")
    headers = {name: request.all_headers()[name] for name in ("cookie", "x-xsrftoken", "origin")}

    def status(content: bytes = b"words", but: str = "", instead: str = "") -> int:
        sent = {name: value for name, value in (headers | {but: instead}).items() if value}
        return httpx.put(request.url, headers=sent, files={"file": ("a.txt", content)}).status_code

    assert status() == 204
    assert status(but="x-xsrftoken") == 403
    assert status(but="x-xsrftoken", instead="2|aaaaaaaa|bbbb|1") == 403
    assert status(but="origin", instead="https://evil.example") == 403
    assert status(but="cookie") == 401
    assert status(but="cookie", instead="onrecord_session=guessed") == 401
    assert status(b"x" * (3 * 2**20)) == 413
    assert _handshake(visit.address, headers["cookie"], visit.address) == 101
    assert _handshake(visit.address, headers["cookie"], "https://evil.example") == 403
    assert _handshake(visit.address, "", visit.address) == 403


def _handshake(address: str, cookie: str, origin: str) -> int:
    """Return the status of an attempt to open the wire of a page."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin, "Cookie": cookie}
    try:
        connection.request("GET", "/_stcore/stream", headers=upgrade | key)
        return connection.getresponse().status
    finally:
        connection.close()
