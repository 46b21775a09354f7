"""What a newer text changed in an older one."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from ui import difference

_TEXTS = st.lists(st.sampled_from(["a", "b", "<i>", "&amp;", "c.\n\n", "d"]), max_size=30).map(" ".join)


def _inside(shown: str, tag: str) -> str:
    """Return what a reader of the older (tag "del") or newer ("ins") text is left with."""
    other = {"del": "ins", "ins": "del"}[tag]
    text = re.sub(rf"<{other}>.*?</{other}>", "", shown, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"</?(?:p|del|ins)\b[^>]*>", "", text)).split())


def test_changed_words_are_marked() -> None:
    assert difference.of_texts("The toll is $4 now.", "The toll is $5 from now on.") == (
        '<p class="or-changes">The toll is <del>$4 now.</del> <ins>$5 from now on.</ins></p>'
    )


def test_the_same_words_give_nothing() -> None:
    assert difference.of_texts("One  two.\n\nThree.", "One two. Three.") == ""
    assert difference.of_texts("", "") == ""


def test_all_new_and_all_gone() -> None:
    assert (
        difference.of_texts("", "One <b>two</b>") == '<p class="or-changes"><ins>One &lt;b&gt;two&lt;/b&gt;</ins></p>'
    )
    assert difference.of_texts("One", "") == '<p class="or-changes"><del>One</del></p>'


def test_paragraphs_are_kept() -> None:
    assert "two.\n\nThree" in difference.of_texts("One two.\n\nThree four", "One two.\n\nThree five")
    assert difference.of_texts("One.\n\nTwo.", "One.\n\n\nSix.") == (
        '<p class="or-changes">One.\n\n<del>Two.</del>\n\n<ins>Six.</ins></p>'
    )


def test_long_stretches_that_stayed_are_cut() -> None:
    start, middle, end = ([f"{letter}{n}" for n in range(200)] for letter in "sme")
    older, newer = [*start, "old", *middle, "gone", *end], [*start, "new", *middle, *end]
    shown = difference.of_texts(" ".join(older), " ".join(newer))
    first, last = " ".join(middle[:25]), " ".join(middle[-25:])
    assert shown == (
        f'<p class="or-changes">[…] {" ".join(start[-25:])} <del>old</del> <ins>new</ins> {first} […] {last} '
        f"<del>gone</del> {' '.join(end[:25])} […]</p>"
    )


@given(_TEXTS, _TEXTS)
def test_both_texts_can_be_read_from_it(older: str, newer: str) -> None:
    shown = difference.of_texts(older, newer)
    if older.split() == newer.split():
        assert shown == ""
    else:
        assert _inside(shown, "del") == " ".join(older.split())
        assert _inside(shown, "ins") == " ".join(newer.split())
