"""Make inputs up: well-formed files with hostile pieces in them, then changed at random."""

import json
import random
import re
from collections.abc import Callable

from tests.reliability.hostile import archives, documents, markup, tables, texts
from tests.reliability.inputs import PASTED

# Bytes that mean something to one format or another.
TOKENS = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf0\x9f\x98\x80", b"\x80",
    b"\r", b"\n\n", b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!ENTITY a 'b'>", b"<!DOCTYPE a [",
    b"&#xD800;", b"&#0;", b"&a;", b"<script>", b"<p>", b"<a href=", b"<base href='//x'>", b"<meta charset=utf-16>",
    b"<time datetime=", b"=\"", b"'", b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\ud800", b"\\u0000", b"NaN",
    b"1e999", b"9" * 50, b"-1", b"null", b"true", b"PK\3\4", b"PK\1\2", b"PK\5\6", b"\x1f\x8b", b"\xfd7zXZ\0",
    b"%PDF-1.7", b"obj", b"endobj", b"stream\n", b"endstream", b"<<", b">>", b"1 0 R", b"4 0 R", b"/Length 99999999",
    b"/Kids", b"/Prev 9", b"/FlateDecode", b"/ASCIIHexDecode", b"xref",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?q?=ff?=",
    b"--b--", b"charset=utf-7", b"--- \n", b"title: ", b"# ", b"\t", b";", b"|", b"w:gridSpan", b"<w:tbl>", b"<w:p>",
    b"xmlns:a='b'", "“".encode(), "”".encode(), "’".encode(), "—".encode(), b" said ", b"He said, ", b"John Smith",
    b"Sen. ", b" according to ", "\u202e".encode(), "\u200b".encode(), "\u0301".encode(), "\u2028".encode(),
    "\u0085".encode(), "\ufdfa".encode(), "ß".encode(), b"By John Smith and Ann Lee\n", b"May 1, 2020",
    b"WASHINGTON (AP) - ", b"Q: ", b"QUILL: ", b"\xe2\x80", b"A", b"a" * 300,
)  # fmt: skip
_MARKS = (
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ".\n\n",
    "\n",
    "? ",
    ": ",
    "; ",
    " - ",
    " — ",
    "",
    "’s ",
    "“",
    "”",
    '"',
    "'",
    "(",
    ")",
)
_WORDS = (
    "said", "says", "told", "asked", "wrote", "according to", "that", "he", "she", "they", "who", "the", "of",
    "a spokesman for", "John Smith", "Ann Lee", "Quill", "Sen. Ann Tarrow (D-N.J.)", "Mayor Dora Quill", "U.S.",
    "wall", "broke", "in a statement", "added", "and", "but", "not", "reporters", "on Monday", "May 1, 2020", "12,345",
    "\u202e", "\u200b", "\U0001f600", "中文", "e\u0301", "By", "AP", "WASHINGTON (AP) —", "Q:", "A:", "QUILL:",
    "“Buddy”", "www.a.com", "a@b.c", "$1", "CNN", "Photo:", "Read more", "…",
)  # fmt: skip
_REPEATED = tuple(texts.REPEATED.values())
Make = Callable[[random.Random], bytes]


def _prose(rng: random.Random) -> str:
    """Mostly short, so that a million inputs take an hour or two; at times a piece repeated without end."""
    if rng.random() < 0.03:
        return rng.choice(_REPEATED) * rng.choice((10, 100, 1000))
    return _phrase(rng, rng.choice((3, 10, 25, 25, 60, 150)))


def _phrase(rng: random.Random, count: int = 8) -> str:
    return "".join(
        f"{word}{mark}" for word, mark in zip(rng.choices(_WORDS, k=count), rng.choices(_MARKS, k=count), strict=True)
    )


def _text(rng: random.Random) -> bytes:
    head = rng.choice(("", "", "title: a\nby: b\n\n", "---\ntitle: a\n---\n", "# a\n\n", "Wall vote\n\nBy Ann Lee\n\n"))
    codec = rng.choice(("utf-8",) * 6 + ("utf-16", "utf-16-le", "cp1252", "utf-32", "utf-7"))
    return (head + _prose(rng)).encode(codec, "replace")


def _page(rng: random.Random) -> bytes:
    tags = (
        "p",
        "div",
        "h1",
        "li",
        "table",
        "td",
        "blockquote",
        "script",
        "svg",
        "time datetime=2020-01-01",
        "a href=b",
        "span",
    )
    pieces = [markup.PAGE[: rng.randrange(len(markup.PAGE))] if rng.random() < 0.5 else "<html><body>"]
    for _ in range(rng.choice((3, 10, 30))):
        tag = rng.choice(tags)
        pieces.append(f"<{tag}>{_phrase(rng, 20)}")
        pieces.append(rng.choice((f"</{tag.split()[0]}>", "", rng.choice(markup.UNCLOSED))))
    return "".join(pieces).encode("utf-8", "replace")


def _feed(rng: random.Random) -> bytes:
    items = [
        f"<item><title>{_phrase(rng)}</title><pubDate>{_value(rng)}</pubDate><description>{_prose(rng)}</description></item>"
        for _ in range(rng.randrange(4))
    ]
    return markup.FEED.replace(markup.ITEM, "".join([*items, markup.ITEM])).encode("utf-8", "replace")


def _mail(rng: random.Random) -> bytes:
    head = f"From: {_value(rng)}\nSubject: {_phrase(rng)}\nDate: {_value(rng)}\n".replace("\n\n", "\n")
    if rng.random() < 0.5:
        return (head + "Content-Type: text/plain; charset=utf-8\n\n" + _prose(rng)).encode("utf-8", "replace")
    name, make = rng.choice([(kind, make) for kind, make in MAKERS.items() if kind in ("html", "txt", "jsonl", "eml")])
    kinds = (
        "text/plain",
        "text/html",
        "multipart/mixed; boundary=b",
        "message/rfc822",
        "multipart/alternative; boundary=c",
    )
    head += "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
    parts = b"".join(
        b"--b\nContent-Type: %s\nContent-Disposition: %s; filename=a.%s\n\n%s\n"
        % (rng.choice(kinds).encode(), rng.choice((b"attachment", b"inline")), name.encode(), make(rng))
        for _ in range(rng.randrange(1, 4))
    )
    return head.encode("utf-8", "replace") + parts + b"--b--\n"


def _value(rng: random.Random) -> str:
    return rng.choice(
        (
            *tables.VALUES,
            "2022-05-16",
            "May 16, 2022",
            "lundi 7 mars 2022",
            "Mon, 16 May 2022 10:00:00 +0000",
            _phrase(rng, 5),
        )
    )


def _row(rng: random.Random) -> bytes:
    row = {rng.choice(tables.FIELDS): _phrase(rng) for _ in range(rng.randrange(6))}
    row["text"] = _prose(rng)
    line = json.dumps(row, ensure_ascii=rng.random() < 0.5).encode()
    value = rng.choice(tables.VALUES).encode()
    return line[:-1] + b', "%s": %s}' % (rng.choice(tables.FIELDS).encode(), value) if rng.random() < 0.5 else line


def _lines(rng: random.Random) -> bytes:
    return b"\n".join(_row(rng) for _ in range(rng.randrange(1, 5)))


def _json(rng: random.Random) -> bytes:
    rows = b"[" + b",".join(_row(rng) for _ in range(rng.randrange(1, 4))) + b"]"
    return rng.choice((rows, _row(rng), b'{"articles": ' + rows + b"}"))


def _table(rng: random.Random) -> bytes:
    names = rng.sample(tables.FIELDS, 4)
    mark = rng.choice((",", ";", "\t", "|"))
    lines = [mark.join(names)]
    for _ in range(rng.randrange(1, 6)):
        cells = (rng.choice((_value(rng), _prose(rng))).replace('"', rng.choice(('""', '"', ""))) for _ in names)
        lines.append(mark.join(f'"{cell}"' for cell in cells))
    return rng.choice(("\n", "\r\n", "\r")).join(lines).encode("utf-8", "replace")


def _pdf(rng: random.Random) -> bytes:
    operators = (
        b"BT",
        b"ET",
        b"/F1 12 Tf",
        b"9 TL",
        b"T*",
        b"q",
        b"Q",
        b"1 0 0 1 9 9 cm",
        b"72 720 Td",
        b"[(a) -99 (b)] TJ",
        b"/X Do",
    )
    words = b" ".join(
        rng.choice(operators) if rng.random() < 0.5 else b"(%s) Tj" % _escaped(_phrase(rng))
        for _ in range(rng.choice((3, 20, 80)))
    )
    body = documents.packed(words) if rng.random() < 0.4 else documents.stream(words)
    more = rng.choice((b"", b"/Prev 9", b"/Encrypt << >>", b"/Info 3 0 R", b"/ID [(a)(b)]"))
    return documents.pdf(
        documents.page(body, rng.choice((b"", b"/XObject << /X 4 0 R >>"))), more, rng.choice((0, 0, 7))
    )


def _escaped(words: str) -> bytes:
    return re.sub(rb"([()\\])", rb"\\\1", words.encode("cp1252", "ignore"))


def _docx(rng: random.Random) -> bytes:
    tags = (
        "w:p",
        "w:r",
        "w:t",
        "w:tbl",
        "w:tr",
        "w:tc",
        "w:br",
        "w:tab",
        "w:hyperlink",
        "w:pPr",
        "w:sdt",
        "w:ins",
        "w:del",
    )
    inside = []
    for _ in range(rng.choice((2, 10, 40))):
        tag = rng.choice(tags)
        words = _phrase(rng).replace("&", "").replace("<", "")
        inside.append(
            rng.choice((f"<{tag}>", f"</{tag}>", f"<{tag}/>", *[f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"] * 6))
        )
    if rng.random() < 0.7:  # mostly well-formed, or little but the parser of XML is met
        inside = [piece for piece in inside if piece.startswith("<w:p><w:r>") or piece.endswith("/>")]
    document = documents.DOCUMENT.format("".join(inside)).encode("utf-8", "replace")
    part = rng.choice(("word/document.xml",) * 4 + ("word/styles.xml", "[Content_Types].xml", "docProps/core.xml"))
    return documents.docx({part: document if part == "word/document.xml" else mutated(rng, documents.part(part))})


def _zip(rng: random.Random) -> bytes:
    kinds = [kind for kind in MAKERS if kind not in (PASTED, "docx", "pdf")]
    members = {}
    for number in range(rng.randrange(1, 4)):
        kind = rng.choice(kinds)
        name = rng.choice((f"{number}.{kind}", f"../{number}.{kind}", rng.choice(archives.NAMES)))
        members[name] = MAKERS[kind](rng) if kind != "zip" or rng.random() < 0.3 else b""
    return archives.zipped(members)


MAKERS: dict[str, Make] = {
    "txt": _text,
    "html": _page,
    "xml": _feed,
    "eml": _mail,
    "jsonl": _lines,
    "json": _json,
    "csv": _table,
    "pdf": _pdf,
    "docx": _docx,
    "zip": _zip,
    PASTED: _text,
}
KINDS = tuple(MAKERS)
# How often the bytes are changed after all; a changed archive mostly fails its check sums, which is soon known.
_CHANGED = {"docx": 0.1, "zip": 0.2, "pdf": 0.4}


def mutated(rng: random.Random, data: bytes) -> bytes:
    """Change bytes: flip, cut, repeat, put a token in, several times."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 12))):
        at = rng.randrange(len(changed) + 1)
        until = min(len(changed), at + rng.choice((1, 2, 8, 64, 512)))
        match rng.randrange(6):
            case 0 if at < len(changed):
                changed[at] ^= 1 << rng.randrange(8)
            case 1:
                del changed[at:until]
            case 2:
                changed[at:at] = changed[at:until] * rng.choice((1, 2, 20))
            case 3:
                del changed[at:]
            case 4:
                changed[at:until] = rng.randbytes(until - at)
            case _:
                changed[at:at] = rng.choice(TOKENS) * rng.choice((1, 1, 2, 50))
    return bytes(changed)


def made_up(kind: str, seed: str) -> tuple[str, bytes]:
    """Make one input up.

    Args:
        kind: One of ``KINDS``.
        seed: Equal seeds give equal inputs.

    Returns:
        Its file name, or ``PASTED``, and its bytes.
    """
    rng = random.Random(f"{kind}/{seed}")  # noqa: S311 - nothing secret
    data = MAKERS[kind](rng)
    if rng.random() < _CHANGED.get(kind, 0.6):
        data = mutated(rng, data)
    return (kind if kind == PASTED else f"a.{kind}"), data or b"a"
