"""Untrusted text is shown as typed."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui import escape

# Text full of what HTML and Markdown take for markup.
nasty = st.text(st.sampled_from("$*_`[]<>#:|~\\&\"'()!{}-=+.@/\n wxa1é “") | st.characters(exclude_characters="\u2060"))


@given(nasty)
def test_html_holds_no_markup_and_can_be_undone(text: str) -> None:
    escaped = escape.html(text)
    assert not set("<>\"'") & set(escaped)
    assert re.fullmatch(r"(?:[^&]|&(?:amp|lt|gt|quot|#x27);)*", escaped)
    assert html.unescape(escaped) == text or "\r" in text or not text.isprintable()


@given(nasty)
def test_markdown_has_a_backslash_before_every_special(text: str) -> None:
    escaped = escape.markdown(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped)
    assert not set("$*_`[]<>#:|~\\&!") & set(bare)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("well-known, 5.2 %", "well-known, 5.2 %"),
        ("- a\n+ b\n12. c\n3) d\n===", "\\- a\n\\+ b\n12\\. c\n3\\) d\n\\==="),
        ("add --library x -- y", "add --library x -\u2060- y"),
        ("<-> <- ~=", "\\<\u2060-\\> \\<\u2060- \\~\u2060="),
        ("a -> b", "a -\u2060\\> b"),
        ("see www.x.org, https://x.org", "see www\u2060.x.org, https\\:\u2060//x.org"),
        (":smile:", "\\:\u2060smile\\:"),
        ("a@-b.org", "a\\@\u2060-b.org"),
    ],
)
def test_markdown_by_hand(text: str, escaped: str) -> None:
    assert escape.markdown(text) == escaped


@given(nasty)
def test_markdown_can_be_undone(text: str) -> None:
    assert escape.markdown_undone(escape.markdown(text)) == text


@given(nasty)
def test_a_label_is_one_line_of_limited_length(text: str) -> None:
    plain = escape.markdown_undone(escape.label(text, 20))
    assert len(plain) <= 20
    assert "\n" not in plain
    assert plain == plain.strip()


def test_a_label_is_cut_at_a_word() -> None:
    assert escape.shortened("The harbour bridge closes", 18) == "The harbour…"
    assert escape.shortened("Harbourbridgecloses", 10) == "Harbourbr…"
    assert escape.shortened(" The  bridge\n", 18) == "The bridge"


@pytest.mark.parametrize("url", ["https://example.org/a?b=1&c=2", "http://example.org"])
def test_web_addresses_become_links(url: str) -> None:
    assert escape.link(url, "a <b>") == (
        f'<a href="{url.replace("&", "&amp;")}" target="_blank" rel="noopener noreferrer">a &lt;b&gt;</a>'
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//example.org", "https:", "https://:80",
        "ftp://example.org", "", "http://[", "ht\ntps://example.org", "https://example.org/a\nb",
        "https://exam\u200bple.org", "https://example.org/\u202egpj", "https://example.org@evil.example",
        "https://example.org\\@evil.example",
    ],
)  # fmt: skip
def test_other_addresses_stay_words(url: str) -> None:
    assert escape.link(url, "a") == "a"


def test_a_quotation_mark_cannot_leave_the_attribute() -> None:
    assert 'onclick="' not in escape.link('https://x.org/" onclick="alert(1)', "a")
