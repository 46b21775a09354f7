"""HTML made from records."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from index.records import ParagraphKind
from tests.app import world
from tests.app.fakes import article, citation
from ui import render


class _Reader(HTMLParser):
    """Keeps the text of a fragment, the text inside marks, and the names of its tags."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.text, self.marked, self.tags = "", "", set[str]()
        self._inside = False
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)
        self._inside = self._inside or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


@given(st.text("<>&\"'$ab \n"), st.integers(-5, 30), st.integers(-5, 30))
def test_marks_exactly_the_words_and_nothing_is_lost(text: str, start: int, end: int) -> None:
    read = _Reader(render.marked(text, start, end))
    first = min(max(start, 0), len(text))
    assert read.text == text
    assert read.marked == text[first : max(end, first)]
    assert read.tags <= {"mark"}


def test_citation_marks_the_words_in_their_paragraph() -> None:
    shown = render.citation(citation(world.BRIDGE, "$41 million"))
    assert "The work costs <mark>$41 million</mark> and is" in shown
    assert '<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">Original page</a>' in shown


def test_hostile_article_is_text_only() -> None:
    read = _Reader(render.article_head(world.HOSTILE) + render.article_body(world.HOSTILE, 0, 8))
    assert read.tags == {"h1", "p", "mark"}
    assert read.marked == "<script>"
    assert world.HOSTILE_TITLE in read.text
    assert world.HOSTILE_WORDS in read.text


def test_words_over_two_paragraphs_are_marked_in_both_with_one_anchor() -> None:
    two = article("a", "T", ["One two.", "Three four."])
    body = render.article_body(two, 4, 15)
    assert body == (
        '<p class="or-body" id="cited">One <mark>two.</mark></p><p class="or-body"><mark>Three</mark> four.</p>'
    )


def test_captions_and_boilerplate_are_small() -> None:
    body = render.article_body(article("a", "T", [("A photo", ParagraphKind.CAPTION), "Text."]), 0, 0)
    assert body == '<p class="or-aside">A photo</p><p class="or-body">Text.</p>'
