"""The real app with the real models, served to headless Chromium, on a library of the sample articles."""

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.screen import Screen
from tests.browser.serving import CHROMIUM_ARGUMENTS, chromium, served

# A busy machine takes its time over a page; what is wrong stays wrong.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Headless Chromium, for the tests of this package only: Playwright's event loop runs as long as it does.

    Tests that run a loop of their own in the same thread fail while it does.
    """
    path = chromium()
    if path is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the running app; its library is empty at first."""
    with served(tmp_path_factory.mktemp("on-record")) as url:
        yield url


@pytest.fixture(scope="package")
def with_samples(browser: Browser, address: str) -> str:
    """Address of the app after the sample articles were added from the greeting of the empty library."""
    page = browser.new_page()
    page.goto(address)
    page.get_by_role("button", name="Add the sample articles").click()
    expect(page.get_by_text("For example:")).to_be_visible(timeout=240_000)
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
