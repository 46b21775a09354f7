"""Take the pictures of the README again: ``python -m tests.browser.pictures``."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.screen import Screen
from tests.browser.serving import CHROMIUM_ARGUMENTS, ROOT, chromium, served

QUESTION = "What did Garland say about fentanyl?"
SPEAKER = "Josephine Arkwright"


def main() -> None:
    """Ask the sample articles at desk and at phone size, open a speaker, and keep what is seen."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as address,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS) as browser,
    ):
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("button", name="Add the sample articles").click()
        expect(page.get_by_text("For example:")).to_be_visible(timeout=240_000)
        _picture(browser, address, (1280, 900), ROOT / "docs" / "screenshot.png")
        _picture(browser, address, (390, 844), ROOT / "docs" / "screenshot-phone.png")
        _picture_of_speaker(browser, address, ROOT / "docs" / "screenshot-speakers.png")


def _picture(browser: Browser, address: str, size: tuple[int, int], file: Path) -> None:
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    screen = Screen(page, address)
    screen.open()
    screen.ask(QUESTION)
    page.wait_for_timeout(1500)  # the page glides to the question
    page.screenshot(path=file)
    page.close()


def _picture_of_speaker(browser: Browser, address: str, file: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    Screen(page, address).open("speakers")
    page.get_by_role("link", name=SPEAKER).click()
    expect(page.locator("blockquote.or-listed").first).to_be_visible()
    page.wait_for_timeout(1500)  # the chart is drawn
    page.screenshot(path=file)
    page.close()


if __name__ == "__main__":
    main()
