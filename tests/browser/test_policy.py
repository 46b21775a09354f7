"""Under the policy for browsers the pages do all they do, and a script that is not theirs does not run."""

import pytest

pytest.importorskip("playwright.sync_api", reason="the Python package playwright is not installed")
from playwright.sync_api import Browser, expect

from tests.app import world
from tests.browser.screen import Screen
from tests.browser.serving import served

pytestmark = pytest.mark.browser

# What a text does that is on the page unescaped.
_INTRUDE = """() => {
  window.hits = 0;
  window.hit = () => { window.hits += 1; };
  const script = document.createElement("script");
  script.textContent = "hit()";
  const picture = document.createElement("img");
  picture.setAttribute("onerror", "hit()");
  picture.src = "no-such-picture";
  document.body.append(script, picture);
  return new Promise(tell => { setTimeout(() => tell(window.hits), 500); });
}"""


def test_the_pages_work_and_no_other_script_runs(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory.mktemp("policy"), app="tests/browser/policy_app.py") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 420})
        refused: list[str] = []
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        screen = Screen(page, address)
        screen.open()
        reply = screen.ask(world.SAID)
        expect(page.locator("#newest")).to_be_in_viewport()
        reply.get_by_test_id("stPageLink").first.get_by_role("link").click()
        expect(page.locator("#cited mark")).to_be_in_viewport()
        assert refused == []
        assert page.evaluate(_INTRUDE) == 0
        assert refused != []
        page.close()
