"""What hostile and damaged files have done once, and must not do again."""

import time
import warnings

import pytest

from index.records import Draft, Failure
from index.sources import Limits, read_bytes
from index.sources.dates import parse_date
from index.sources.encoding import decode
from index.sources.webpage import markup_to_text
from tests.unit.sources.reading_back import STORY, draft_of, read, reason_of

ITEM = "<item><title>Wall</title>{}<description>{}</description></item>"
FEED = f"<rss><channel><title>The Post</title>{ITEM}</channel></rss>"


@pytest.mark.parametrize("reference", ["&#55357;&#56832;", "&#xD800;", "&#xdfff", "&#99999999999;", "&#x110000;"])
def test_half_a_character_does_not_cost_a_feed(reference: str) -> None:
    damaged = FEED.format("", f"{reference} {STORY}").replace("</rss>", "<b>")
    assert STORY in draft_of("a.xml", damaged.encode()).text


def test_a_feed_without_a_sound_date_is_read_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draft = draft_of("a.xml", FEED.format("<pubDate>99 Foo 99999</pubDate>", STORY).encode())
    assert draft.published is None


@pytest.mark.parametrize("where", [b"", b" " * 70_000])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_of_a_feed_are_refused_wherever_they_stand(where: bytes, codec: str) -> None:
    feed = '<!DOCTYPE rss [<!ENTITY a "b">]>' + FEED.format("", "&a;")
    assert "entities" in reason_of("a.xml", (where.decode() + feed).encode(codec))


def test_a_number_of_thousands_of_digits_does_not_cost_the_rows_after_it() -> None:
    assert parse_date(10**4000) is None
    assert parse_date(float("inf")) is None
    row = b'{"text": "The wall stands.", "published": %s}\n'
    items = read("a.jsonl", row % (b"9" * 4000) + row % (b"9" * 5000) + row % b'"2022-05-16"')
    assert [type(item) for item in items] == [Draft, Failure, Draft]


def test_rows_nested_deeply_do_not_cost_the_rows_after_them() -> None:
    deep = b'{"text": ' + b"[" * 900 + b'"x"' + b"]" * 900 + b"}\n"
    items = read("a.jsonl", deep + b'{"text": "The wall stands."}\n')
    assert [type(item) for item in items][-1] is Draft


def test_linked_data_of_a_page_that_is_nested_deeply() -> None:
    for data in ('{"@type": ' + "[" * 900 + "]" * 900 + "}", "[" * 100_000, "[" + "0," * 200_000 + "0]"):
        page = f"<title>Wall</title><script type='application/ld+json'>{data}</script><p>{STORY}</p>"
        assert draft_of("a.html", page.encode()).text == STORY


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "zip", "undefined", "utf-7", "no-such"])
def test_codecs_that_no_page_is_written_in(name: str) -> None:
    begun = time.process_time()
    assert decode(b"caf\xe9 +ADw-script+AD4- " * 20_000, name).startswith("café +ADw-")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("opened", ["<a ", "<!--", '<a b="', "<a/", "</", "<![CDATA["])
def test_markup_that_is_never_closed_takes_no_longer_than_other(opened: str) -> None:
    begun = time.process_time()
    assert markup_to_text(f"<p>{STORY}</p>" + opened * 100_000) == STORY
    assert time.process_time() - begun < 5  # it was an hour


def test_bytes_that_are_broken_throughout_take_no_longer_than_others() -> None:
    begun = time.process_time()
    text = decode("é – ".encode() * 300_000 + b"\x93 " * 100_000)
    assert text.endswith("“ “ ")
    assert time.process_time() - begun < 5  # it was half an hour


@pytest.mark.parametrize("head", ["Boundary=b", 'boundary*0="b"', "boundary = b"])
def test_a_mail_of_more_parts_than_anybody_sends(head: str) -> None:
    parts = "".join(f"Content-Type: multipart/mixed; {head}{n}\n\n--b{n}\n" for n in range(100))
    assert "attachments" in reason_of("a.eml", f"Subject: a\n{parts}\nx".encode())


def test_a_mail_with_a_header_without_end() -> None:
    begun = time.process_time()
    mail = b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\nFrom: " + b'a <b@c>, "' * 50_000 + b"\n\n" + STORY.encode()
    assert draft_of("a.eml", mail).text == STORY
    assert time.process_time() - begun < 5


def test_a_mail_of_one_line() -> None:
    for mail in (b"Subject: " + b"a, <" * 6_000_000, b"Subject: a\n\n" + b"QUJD" * 6_000_000):
        (failure,) = read_bytes("a.eml", mail + b"\n\n" + STORY.encode(), Limits())
        assert isinstance(failure, Failure)
        assert "attachments" in failure.reason


def test_a_page_saved_with_its_pictures() -> None:
    picture = "<img src='data:image/png;base64," + "QUJD" * 4_000_000 + "'>"
    page = f"<html><title>Wall</title><body><article><h1>Wall</h1>{picture}<p>{STORY}</p></article>"
    (draft,) = read_bytes("a.html", page.encode(), Limits())
    assert isinstance(draft, Draft)
    assert draft.text == STORY


def test_lines_of_a_table_end_as_they_may() -> None:
    for end in ("\n", "\r\n", "\r"):
        table = f'title,text{end}Wall,"One.{end}{end}Two."{end}'
        assert draft_of("a.csv", table.encode()).text == "One.\n\nTwo."
