"""The real app with the real models, served to headless Chromium, on a library of the sample articles."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.screen import Screen

ROOT = Path(__file__).resolve().parents[2]
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    path = _chromium()
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The app did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running app; its library is empty at first."""
    folder = tmp_path_factory.mktemp("on-record")
    log = folder / "log.txt"
    port = _free_port()
    environment = os.environ | {"ONRECORD_LIBRARY": str(folder / "library"), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
        try:
            url = f"http://localhost:{port}"
            _wait_until_up(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def with_samples(browser: Browser, address: str) -> str:
    """Address of the app after the sample articles were added from the greeting of the empty library."""
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="Add the sample articles").click()
    expect(page.get_by_text("For example:")).to_be_visible(timeout=120_000)
    page.close()
    return address


@pytest.fixture
def screen(browser: Browser, with_samples: str) -> Iterator[Screen]:
    """A new session at desk size. The test fails if the page called another computer or met a script error."""
    yield from _session(browser, with_samples, 1280, 900, "light")


@pytest.fixture
def phone(browser: Browser, with_samples: str) -> Iterator[Screen]:
    """A new session at phone size, in the dark."""
    yield from _session(browser, with_samples, 390, 844, "dark")


def _session(browser: Browser, address: str, width: int, height: int, scheme: str) -> Iterator[Screen]:
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page: Page = context.new_page()
    shown = Screen(page, address)
    yield shown
    try:
        context.close()
    except Error as error:
        pytest.fail(f"The browser went away: {error}")
    assert shown.strangers == []
    assert shown.script_errors == []
