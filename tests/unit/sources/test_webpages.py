"""Saved web pages."""

from collections.abc import Callable
from datetime import date

import pytest

from index.records import Draft, Failure
from index.sources import Limits, read_bytes

PARAGRAPHS = [
    "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken.",
    "Work is to begin in June, the mayor said, and is to take until the end of the year at the earliest, or longer.",
    "“It is a wall,” the mayor told reporters after the vote. “It has to stand, and it will.”",
    "Two engineers from the capital had looked at what was left of the wall and called its state a danger to the town.",
]
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def page(head: str = "", before: str = "<h1>Council votes to rebuild wall</h1>", after: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>Council votes | The Post</title>{head}</head><body><nav>Home</nav>"
        f"<article>{before}{BODY}{after}</article><footer>Copyright 1999-2031 The Post</footer></body></html>"
    ).encode()


def read(data: bytes, name: str = "page.html") -> Draft:
    (draft,) = read_bytes(name, data, Limits())
    assert isinstance(draft, Draft), draft
    return draft


def test_paragraphs_stay_apart() -> None:
    draft = read(page())
    assert draft.text == "\n\n".join(PARAGRAPHS)
    assert draft.title == "Council votes to rebuild wall"


def test_meta_tags() -> None:
    head = (
        "<meta property='og:title' content='Council votes | The Post'><meta property='og:site_name' content='The Post'>"
        "<meta name='author' content='By Ann Example and Bo Muster'><meta property='article:published_time' "
        "content='2022-05-16T09:00:00Z'><link rel='canonical' href='https://post.example/a'>"
        "<meta property='article:section' content='Local'>"
    )
    draft = read(page(head))
    assert (draft.title, draft.publication, draft.section) == ("Council votes", "The Post", "Local")
    assert draft.authors == ("Ann Example", "Bo Muster")
    assert (draft.published, draft.url) == (date(2022, 5, 16), "https://post.example/a")


def test_the_address_of_the_page_counts_before_that_of_the_site() -> None:
    site, shared = "<link rel='canonical' href='https://post.example/'>", "https://post.example/a"
    draft = read(page(f"{site}<meta property='og:url' content='{shared}'>"))
    assert (draft.url, draft.publication) == (shared, "post.example")
    assert read(page(site)).url == "https://post.example/"


def test_json_ld() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", '
        '"headline": "Wall vote", "datePublished": "2022-05-16", "author": [{"name": "Ann Example"}], '
        '"publisher": {"name": "The Post"}}]}</script><script type="application/ld+json">{broken</script>'
    )
    draft = read(page(head))
    assert (draft.title, draft.publication, draft.published) == ("Wall vote", "The Post", date(2022, 5, 16))
    assert draft.authors == ("Ann Example",)


def test_an_unknown_date_stays_unknown() -> None:
    assert read(page()).published is None
    others = "<aside><time datetime='2020-01-01'>old</time><time datetime='2021-01-01'>older</time></aside>"
    assert read(page(before=others)).published is None


@pytest.mark.parametrize(
    "made",
    [
        lambda: page(before="<h1>Vote</h1><time datetime='2022-05-16T10:00'>May 16</time>"),
        lambda: page("<link rel='canonical' href='https://post.example/2022/05/16/wall'>"),
        lambda: page(before="<h1>Vote</h1><p>Published May 16, 2022</p>"),
    ],
)
def test_dates_that_the_page_shows(made: Callable[[], bytes]) -> None:
    assert read(made()).published == date(2022, 5, 16)


def test_scripts_never_become_text() -> None:
    after = "<script>var secret = 'leak';</script><style>.leak{}</style><noscript>leak</noscript><p>Last words.</p>"
    assert "leak" not in read(page(after=after)).text
    small = read(b"<p>Short.</p><script>leak()</script><template>leak</template>")
    assert small.text == "Short."


def test_declared_charset() -> None:
    head = "<meta charset='iso-8859-1'>"
    text = page(head).decode().replace("mayor", "alcaldía")
    draft = read(text.encode("cp1252"))
    assert "“It is a wall,” the alcaldía told" in draft.text


def test_byline_paragraph() -> None:
    draft = read(page(before="<h1>Vote</h1><p>By ANN EXAMPLE / AP</p>"))
    assert (draft.authors, draft.agency) == (("ANN EXAMPLE",), "AP")
    assert draft.text.startswith("The council voted")


@pytest.mark.parametrize("data", [b"<html></html>", b"<script>x()</script>", b"<!-- nothing -->"])
def test_pages_without_text_fail(data: bytes) -> None:
    (failure,) = read_bytes("page.htm", data, Limits())
    assert isinstance(failure, Failure)
    assert "no text" in failure.reason
