"""What a page is made of and what it says, to compare two pages that may differ in their words only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Page

# Each element by its name, the names of its attributes and where it leads; then all text, whether in view or not.
# The navigation at the top is measured as it is drawn, with elements that come and go, and shows nothing of an article.
# What is focused, hovered or unfolding says so in attributes that lead nowhere, and leaves bare boxes behind.
_LOOK = r"""() => {
  const kinds = {};
  for (const element of document.querySelectorAll("body *:not(header, header *)")) {
    const passing = element.localName === "details" ? /^(data|aria)-|^(open|style)$/ : /^(data|aria)-/;
    const names = element.getAttributeNames().filter(name => !passing.test(name)).sort().join(" ");
    const leads = ["href", "src", "action", "data", "poster"].map(name => element.getAttribute(name))
      .filter(value => value !== null).map(value => (/^\s*[a-z][a-z0-9+.-]*:/i.exec(value) || [""])[0]).join(" ");
    const kind = `${element.localName} ${names} ${leads}`;
    if (kind.trim() !== "div") kinds[kind] = (kinds[kind] || 0) + 1;
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = "";
  while (walker.nextNode()) {
    if (!["STYLE", "SCRIPT"].includes(walker.currentNode.parentElement.tagName)) words += walker.currentNode.data;
  }
  return [kinds, words, window.hits || 0];
}"""
# Drawn in steps: at rest once the script is over and three looks see the same.
_AT_REST = """() => {
  const app = document.querySelector("[data-testid=stApp]");
  const over = app && app.getAttribute("data-test-script-state") === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton], [data-stale=true]");
  const now = over ? document.querySelectorAll("*").length : -1;
  window.alike = over && now === window.lookedAt ? (window.alike || 0) + 1 : 0;
  window.lookedAt = now;
  return window.alike > 2;
}"""
# What keeps text as typed, and what HTML and Markdown leave out or put another sign for.
_UNSEEN = str.maketrans("", "", "\u2060\ufeff\0\ufffd")


@dataclass(frozen=True)
class Look:
    """One look at a page.

    Attributes:
        kinds: How many elements there are of each name with the same names of attributes.
        words: All text, as ``normal`` gives it.
        hits: How often a script of a text ran.
    """

    kinds: Counter[str]
    words: str
    hits: int

    def count(self, texts: Iterable[str]) -> list[int]:
        """Return how often the page shows each text as typed."""
        return [self.words.count(normal(text)) for text in texts]


def watch(page: Page) -> None:
    """Count what runs ``hit()``; call it before the page is opened."""
    page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")


def look(page: Page) -> Look:
    """Wait until the page is at rest and look at it."""
    page.wait_for_function(_AT_REST, polling=250, timeout=300_000)
    return look_now(page)


def look_now(page: Page) -> Look:
    """Look at the page as it is."""
    kinds, words, hits = page.evaluate(_LOOK)
    return Look(Counter(kinds), normal(words), hits)


def normal(text: str) -> str:
    """Return text less what is not seen, with each white space as one blank."""
    return " ".join(text.translate(_UNSEEN).split())
