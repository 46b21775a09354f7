"""From a draft to an article: cleaning, id, address."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import article_from, article_id, url_key
from index.errors import SourceError
from tests.unit.index.library_fakes import draft


def test_id_is_what_it_was() -> None:
    # sha256("the daily\x1fTitle\x1fText"), first 16 digits: ids are on users' disks and must not change.
    assert article_id("The Daily", "Title", "Text") == "06857c7f161ea875"


def test_id_depends_on_content_alone() -> None:
    first = article_from(draft(1))
    assert article_from(replace(draft(1), source="other.txt", publication="THE DAILY")).id == first.id
    assert article_from(replace(draft(1), title="Another")).id != first.id


def test_fields_are_one_clean_line() -> None:
    article = article_from(replace(draft(1), title=" A \n title\u200b ", authors=("Ann\tLee", " ")))
    assert article.title == "A title"
    assert article.authors == ("Ann Lee",)


def test_an_article_made_of_its_own_text_is_the_same() -> None:
    first = article_from(replace(draft(1), text="\r\n" + draft(1).text + "\x00 \ud800 Cafe\u0301.\n\n\n"))
    assert article_from(replace(draft(1), text=first.text)) == first


@pytest.mark.parametrize("text", ["", " \n\n ", "###", "* * *\n\n___"])
def test_nothing_left(text: str) -> None:
    with pytest.raises(SourceError, match="No article text is left"):
        article_from(replace(draft(1), text=text))


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.example.org/a/b/?utm_source=x&id=7&fbclid=1#top", "example.org/a/b?id=7"),
        ("http://example.org/a/b?id=7", "example.org/a/b?id=7"),
        ("HTTPS://EXAMPLE.org/A/", "example.org/A"),
        ("https://example.org/?b=2&a=1", "example.org?a=1&b=2"),
        ("https://example.org/news?page=", "example.org/news?page="),
        ("https://www.example.org/?utm_source=x#top", ""),
        ("", ""),
        ("file.txt", ""),
        ("http://[broken", ""),
    ],
)
def test_url_key(url: str, key: str) -> None:
    assert url_key(url) == key


_PART = st.text(alphabet="abcXYZ019-_.~é", min_size=1, max_size=8)


@given(st.lists(_PART, max_size=3), st.dictionaries(_PART, _PART, max_size=3), st.sampled_from(["utm_medium", "gclid"]))
def test_url_key_ignores_what_does_not_name_the_page(path: list[str], query: dict[str, str], tracking: str) -> None:
    from urllib.parse import urlencode

    address = "example.org/" + "/".join(path)
    plain = url_key(f"http://{address}?{urlencode(query)}")
    assert plain == url_key(f"https://www.{address}/?{urlencode({**query, tracking: 'x'})}#part")
    assert plain != url_key(f"http://{address}?{urlencode({**query, 'other': 'x'})}")


@given(st.text())
def test_url_key_takes_anything(url: str) -> None:
    url_key(url)


def test_a_text_far_longer_than_any_article_is_refused() -> None:
    with pytest.raises(SourceError, match=r"more than 1,000,000 characters.*max_article_characters"):
        article_from(replace(draft(), text="a" * 1_000_001))
