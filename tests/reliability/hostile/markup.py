"""Hostile web pages, feeds and mail."""

import base64
from collections.abc import Callable
from itertools import repeat

from tests.reliability.hostile.texts import STORY

PARAGRAPHS = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
PAGE = (
    f"<html><head><title>Wall vote</title></head><body><article><h1>Wall vote</h1>{PARAGRAPHS}</article></body></html>"
)
ITEM = f"<item><title>Wall vote</title><link>https://post.example/a</link><description>{STORY}</description></item>"
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{ITEM}</channel></rss>'
MAIL = (
    "From: Ann Lee <ann@post.example>\nSubject: Wall vote\nDate: Mon, 16 May 2022 10:00:00 +0000\n"
    "Content-Type: text/plain; charset=utf-8\n\n"
) + STORY
# What a page opens and never closes, again and again.
UNCLOSED = (
    "<!--", "<a ", "</", "<![CDATA[", "&", "<", "<a", "<script>", "<!", "<?", '<a b="', "<a b=c ", "<p>", "<div>",
    "<a <b ", "<textarea>", "<b><i>", "<table>", "<table><tr><td>", "<svg>", "<select>", "<li>", "<form>", "<font>",
    "<blockquote>", "<ul><li>", "<article>", "<section><p>x", "<span>x", "<br>", "<h1>x", "<time datetime=1>",
    "&amp;", "&nosuch;", "&#55296;", "&#0;", "<p>word word</p>", "<a href=b>c</a>", "<img srcset='a 1x, b 2x'>",
    "<base href='file:///etc/'>", "<meta http-equiv=refresh content='0;url=file:///etc/passwd'>",
)  # fmt: skip


def _page(inside: str, size: int, head: str = "") -> bytes:
    pieces = inside * max(1, size // len(inside))
    return f"<html><head><title>Wall</title>{head}</head><body>{PARAGRAPHS}{pieces}".encode("utf-8", "surrogatepass")


def _json_ld(text: str) -> bytes:
    return _page(" ", 1, f"<script type='application/ld+json'>{text}</script>")


def _entities(name: str) -> str:
    """Write entities of which each is ten of the one before: a billion words in a few lines."""
    lines = [f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE {name} [<!ENTITY e0 "wall">{"".join(lines)}]>'


def _feed(inside: str) -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{inside}</channel></rss>'.encode()


def _nested_mail(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return ("Subject: deep\n" + head + "Content-Type: text/plain\n\n" + STORY).encode()


def _attached(name: str, content: bytes) -> str:
    return (
        f'--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(content).decode()}\n"
    )


def _mail_with(parts: str) -> bytes:
    return f"Subject: parts\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n".encode()


def builders(size: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Return what to build, by name of the case and of the file."""
    deep = min(100_000, size // 11)
    made: dict[tuple[str, str], Callable[[], bytes]] = {
        ("100,000 levels of HTML", "deep.html"): lambda: (
            b"<div>" * deep + PARAGRAPHS.encode() + b"</div>" * deep + PARAGRAPHS.encode()
        ),
        ("an attribute without end", "attribute.html"): lambda: _page(f"<p title='{'x' * size}'>{STORY}</p>", 1),
        ("attributes without end", "attributes.html"): lambda: _page(
            "<p " + " ".join(f"a{n}=1" for n in range(size // 10)) + ">", 1
        ),
        ("a picture within the page", "inline.html"): lambda: _page(
            f"<img src='data:image/png;base64,{'A' * size}'>", 1
        ),
        ("scripts", "scripts.html"): lambda: _page(f"<script>alert('{STORY}')</script>", size),
        ("UTF-7 declared", "seven.html"): lambda: b"<meta charset=utf-7>" + PAGE.encode("utf-7"),
        ("a codec that is none", "codec.html"): lambda: b"<meta charset=zip>" + PAGE.encode() + b"\xff\xfe\xfd",
        ("idna declared", "idna.html"): lambda: b"<meta charset=idna>" + b"<p>\xff" + b"a" * size,
        ("null bytes in tags", "nulls.html"): lambda: PAGE.replace("<p>", "<p\0>\0").encode() * 20,
        ("surrogate references", "references.html"): lambda: _page("<p>&#xD800;&#xDFFF;&#x0;&#x110000;</p>", 1000),
        ("JSON-LD, deep", "ld-deep.html"): lambda: _json_ld("[" * (size // 2)),
        ("JSON-LD, deep type", "ld-type.html"): lambda: _json_ld('{"@type":' + "[" * 900 + "]" * 900 + "}"),
        ("JSON-LD, wide", "ld-wide.html"): lambda: _json_ld("[" + "0," * (size // 2) + "0]"),
        ("JSON-LD, long number", "ld-number.html"): lambda: _json_ld('{"datePublished": ' + "9" * 10_000 + "}"),
        ("many times", "times.html"): lambda: _page("<time pubdate datetime='7 brumaire 1999 lundi'>x</time>", size),
        ("entities of entities, a page", "entities.html"): lambda: (_entities("html") + PAGE + "&e9;").encode(),
        ("entities of entities, a feed", "entities.xml"): lambda: _entities("rss").encode() + _feed("&e9;" + ITEM),
        ("entities after 64 KiB", "late.xml"): lambda: b" " * 70_000 + _entities("rss").encode() + _feed("&e9;" + ITEM),
        ("entities in UTF-16", "wide.xml"): lambda: (
            '<?xml version="1.0" encoding="utf-16"?>' + _entities("rss") + _feed("&e9;" + ITEM).decode()
        ).encode("utf-16"),
        ("entity of a file", "file.xml"): lambda: (
            b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + _feed("<item><title>&f;</title></item>")
        ),
        ("doctype elsewhere", "doctype.xml"): lambda: b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd">' + _feed(ITEM),
        ("100,000 levels of XML", "deep.xml"): lambda: _feed("<a>" * deep + ITEM),
        ("entries without end", "entries.xml"): lambda: _feed("<item><title>a</title></item>" * (size // 29)),
        ("one entry without end", "entry.xml"): lambda: _feed(
            f"<item><description>{'wall ' * (size // 5)}</description></item>"
        ),
        ("hostile dates", "dates.xml"): lambda: _feed(
            "".join(
                ITEM.replace("<link>", f"<pubDate>{day}</pubDate><link>")
                for day in ("9" * 60, "Mon, 99 Foo 99999", "1 " * 30, "-1", "0000-00-00", "lundi 7 mars 2022", "1e999")
            )
        ),
        ("namespaces without end", "namespaces.xml"): lambda: _feed(
            "".join(f'<item xmlns:a{n}="u{n}"><a{n}:b/></item>' for n in range(size // 40))
        ),
        ("mail within mail", "deep.eml"): lambda: _nested_mail(min(10_000, size // 50)),
        ("headers without end", "headers.eml"): lambda: b"X: y\n" * (size // 5) + b"\n" + STORY.encode(),
        ("one header without end", "header.eml"): lambda: (
            b"Subject: " + b"a, <" * (size // 4) + b"\n\n" + STORY.encode()
        ),
        ("encoded words without end", "encoded.eml"): lambda: (
            b"Subject: "
            + b"=?utf-8?q?=ff?= " * (size // 16)
            + b"\nFrom: "
            + b'"' * (size // 4)
            + b"\n\n"
            + STORY.encode()
        ),
        ("many senders", "from.eml"): lambda: b"From: " + b"a b <c@d>, " * (size // 11) + b"\n\n" + STORY.encode(),
        ("parts without end", "parts.eml"): lambda: _mail_with("--b\n\nx\n" * (size // 7)),
        ("attachment names", "names.eml"): lambda: _mail_with(
            "".join(
                _attached(name, STORY.encode())
                for name in (
                    "../../etc/a.txt",
                    "C:\\a\\b.txt",
                    "/abs.txt",
                    "a\u202etxt.exe.txt",
                    "CON.txt",
                    "x" * 5000 + ".txt",
                )
            )
        ),
        ("base64 that is none", "base64.eml"): lambda: _mail_with(
            _attached("a.txt", b"x").replace("eA==", "=A=" * size)
        ),
        ("a charset that is none", "charset.eml"): lambda: MAIL.replace("utf-8", "zip").encode() + b"\xff\xfe",
    }
    for number, piece in enumerate(UNCLOSED):
        made[f"no end of {piece}", f"unclosed-{number}.html"] = lambda piece=piece: _page(piece, size)  # type: ignore[misc]
    return made


def feed_of_pages(pages: int) -> bytes:
    """Make a feed whose entries hold markup."""
    return _feed("".join(repeat(ITEM.replace(STORY, PARAGRAPHS.replace("<", "&lt;")), pages)))
