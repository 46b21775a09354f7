"""Hostile texts in every place of the real pages change nothing but the words that are read.

Two servers show the same pages, one with hostile texts and one with plain words of the same length. What they are made
of must be the same, the texts must be shown as typed, nothing may run, and no other computer may be called.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest

pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser import payload_world as world
from tests.browser.looking import Look, look, look_now, normal, watch
from tests.browser.payloads import PAYLOADS
from tests.browser.screen import Screen
from tests.browser.serving import served

pytestmark = pytest.mark.browser

APP = "tests/browser/payload_app.py"
HOSTILE, HARMLESS = world.hostile(PAYLOADS), world.harmless(PAYLOADS)
EVERYWHERE = {
    "ask": ("?whole=1", 8),
    "library": ("library?whole=1", 3),
    "article": ("article?article=all", 1),
    "heads": ("?heads=1", 6),
    "speakers": ("speakers?whole=1", 1),
    "speaker": (f"speaker?whole=1&speaker={world.SPEAKER}", 3),
    "quotation": ("quotation?whole=1", 3),
}
Act = Callable[[Page, list[str]], object]


@dataclass(frozen=True)
class Twins:
    """The same pages with hostile and with harmless texts. No page may call another computer or fail in a script."""

    hostile: Screen
    harmless: Screen

    def look(self, path: str, act: Act | None = None) -> tuple[Look, Look]:
        """Open a page of both, do the same on both with the texts of each, and look at what is made of it."""
        looks = []
        for screen, texts in ((self.hostile, HOSTILE), (self.harmless, HARMLESS)):
            screen.page.goto(f"{screen.address}/{path}")
            seen = look(screen.page)
            if act:
                act(screen.page, [text.words for text in texts])
                screen.page.mouse.move(0, 0)  # away from buttons that explain themselves
                seen = look(screen.page)
            assert (screen.strangers, screen.script_errors) == ([], [])
            looks.append(seen)
        return looks[0], looks[1]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Addresses of the two servers."""
    with (
        served(tmp_path_factory.mktemp("hostile"), app=APP, arguments=["hostile"]) as hostile,
        served(tmp_path_factory.mktemp("harmless"), app=APP, arguments=["harmless"]) as harmless,
    ):
        yield hostile, harmless


@pytest.fixture(scope="module")
def twins(browser: Browser, addresses: tuple[str, str]) -> Iterator[Twins]:
    """A page of each."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    screens = [Screen(context.new_page(), address) for address in addresses]
    for screen in screens:
        watch(screen.page)
    yield Twins(*screens)
    context.close()


def _same(hostile: Look, harmless: Look) -> None:
    assert hostile.hits == 0
    assert hostile.kinds - harmless.kinds == {}
    assert harmless.kinds - hostile.kinds == {}


def _as_typed(hostile: Look, harmless: Look, at_least: int) -> None:
    """All texts of both pages are on the page as they are, and equally often."""
    wanted = harmless.count(text.words for text in HARMLESS)
    assert min(wanted) >= at_least
    seen = zip(PAYLOADS, hostile.count(text.words for text in HOSTILE), wanted, strict=True)
    assert [(payload, found, times) for payload, found, times in seen if found != times] == []


@pytest.mark.parametrize("shown", ["<p>{}</p>", '<a title="{}" href=x>x</a>', "<a title='{}' href=x>x</a>"])
def test_a_text_that_is_not_escaped_is_found_out(browser: Browser, shown: str) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    looks = []
    for text in (
        "plain",
        '"><img src=y onerror=hit() alt="',
        "'><img src=y onerror=hit() alt='",
        "<script>hit()</script>",
    ):
        page.set_content(f"<script>window.hits = 0; hit = () => hits++</script>{shown.format(text)}")
        page.wait_for_timeout(100)
        looks.append(look_now(page))
    page.close()
    harmless, *hostile = looks
    assert any(seen.kinds != harmless.kinds for seen in hostile)
    assert any(seen.hits for seen in hostile)


@pytest.mark.parametrize("page", EVERYWHERE)
def test_every_text_is_shown_as_typed_in_every_place(twins: Twins, page: str) -> None:
    path, times = EVERYWHERE[page]
    hostile, harmless = twins.look(path)
    _as_typed(hostile, harmless, times)
    _same(hostile, harmless)


def _verify(page: Page, texts: list[str]) -> None:
    """Have told what is wrong with the library."""
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_test_id("stAlert")).to_have_count(len(texts), timeout=60_000)


def _filter(page: Page, texts: list[str]) -> None:
    """Choose two publications of a list that shows each as it is."""
    page.get_by_role("button", name="Filters").click()
    names = page.get_by_role("combobox", name="Publications")
    listed = {"Select all", "Harbour Times (1)", *(normal(f"{text} (1)") for text in texts)}
    for number in (1, 2):
        names.click()
        expect(page.get_by_role("option").nth(5)).to_be_visible()
        assert {normal(words) for words in page.get_by_role("option").all_inner_texts()} <= listed
        page.get_by_role("option").nth(5).click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(number)
        look(page)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def _ask(page: Page, texts: list[str]) -> None:
    """Ask a question that has an answer and one that has none."""
    field = page.get_by_test_id("stChatInputTextArea")
    for number, text in enumerate((texts[0], f"{texts[12]} and nowhere"), start=1):
        field.fill(text)
        field.press("Enter")
        expect(page.locator(".or-note", has_text="Searched")).to_have_count(number)
        look(page)


def _remove(page: Page, _: list[str]) -> None:
    """Begin to remove an article."""
    page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Keep")).to_be_visible()


def _add(page: Page, texts: list[str]) -> None:
    """Add files whose names are hostile; none of them holds an article."""
    files: list[FilePayload] = [
        {"name": f"{text}.txt", "mimeType": "text/plain", "buffer": b""} for text in texts[::20]
    ]
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(files)
    page.get_by_role("button", name="Add the files").click()
    expect(page.locator("#report")).to_contain_text("failed", timeout=60_000)


DOING: dict[str, tuple[str, Act]] = {
    "verify": ("library", _verify),
    "filter": ("library", _filter),
    "remove": ("library", _remove),
    "add": ("library", _add),
    "ask": ("", _ask),
}


@pytest.mark.parametrize("action", DOING)
def test_what_is_done_with_the_texts_leaves_them_texts(twins: Twins, action: str) -> None:
    path, act = DOING[action]
    hostile, harmless = twins.look(path, act)
    _same(hostile, harmless)


@pytest.mark.parametrize("place", ["article?article=", "speaker?speaker="])
def test_what_an_address_names_is_shown_as_typed(twins: Twins, place: str) -> None:
    screen, named = twins.hostile, f"{HOSTILE[12].words} nowhere"
    screen.page.goto(f"{screen.address}/{place}{quote(named)}")
    seen = look(screen.page)
    assert (seen.count([named]), seen.hits, screen.strangers) == ([1], 0, [])
