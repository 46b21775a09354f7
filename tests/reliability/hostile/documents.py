"""Hostile PDF and Word files."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache

from tests.reliability.hostile.archives import zipped
from tests.reliability.hostile.texts import STORY

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORDS = b"BT /F1 12 Tf 72 720 Td (The council voted on Monday to rebuild the wall.) Tj ET "
_STYLES = (
    b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" '
    b'w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
)
_BODY = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"", lie: int = 0) -> bytes:
    """Write a PDF of numbered objects; 1 is its catalogue.

    Args:
        objects: Number to content.
        trailer: More of the trailer.
        lie: Added to the place of the table of objects.
    """
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    size = b"<< /Size %d /Root 1 0 R " % (len(objects) + 1)
    return bytes(out + b"trailer\n" + size + trailer + b" >>\nstartxref\n%d\n%%%%EOF" % (table + lie))


def stream(data: bytes, extra: bytes = b"", length: int | None = None) -> bytes:
    """Write a stream; ``length`` is what it tells of its length."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data) if length is None else length, extra) + data + b"\nendstream"


def packed(data: bytes, times: int = 1) -> bytes:
    """Write a stream that is packed one or several times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [" + b"/FlateDecode " * times + b"]")


def page(content: bytes, resources: bytes = b"", **more: bytes) -> dict[int, bytes]:
    """Return the objects of a document of one page; ``o7=…`` adds object 7."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> " + resources + b" >> >>",
        4: content,
        5: more.pop("o5", _FONT),
        **{int(key[1:]): value for key, value in more.items()},
    }


def _forms(levels: int) -> dict[int, bytes]:
    """Let each form draw the next ten times: a billion words."""
    made = {
        f"o{6 + n}": stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /Resources << /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >>" % (7 + n),
        )
        for n in range(levels)
    }
    made[f"o{6 + levels}"] = stream(_WORDS, b"/Type /XObject /Subtype /Form /Resources << /Font << /F1 5 0 R >> >>")
    return page(stream(b"/X Do " * 10), b"/XObject << /X 6 0 R >>", **made)


def _mapped(lines: bytes) -> dict[int, bytes]:
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [] >>"
    return page(stream(_WORDS), o5=font, o6=packed(b"1 begincodespacerange <0000><FFFF> endcodespacerange " + lines))


def _many_pages(count: int) -> dict[int, bytes]:
    kids = b"3 0 R " * count
    return page(stream(_WORDS)) | {2: b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count}


def docx(changed: Mapping[str, bytes | None]) -> bytes:
    """Make a Word file with parts changed, or left out where None."""
    parts = {name: data for name, data in {**_parts(), **changed}.items() if data is not None}
    return zipped(parts, zipfile.ZIP_STORED)


def part(name: str) -> bytes:
    """Return a part of a sound Word file."""
    return _parts()[name]


@cache
def _parts() -> dict[str, bytes]:
    from docx import Document

    document = Document()
    for paragraph in STORY.split("\n\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {i.filename: archive.read(i) for i in archive.infolist()}
    # Most of the file, and no part of what is read.
    return parts | {"word/styles.xml": _STYLES, "word/stylesWithEffects.xml": _STYLES, "docProps/thumbnail.jpeg": b""}


def _words(inside: str) -> dict[str, bytes | None]:
    return {"word/document.xml": DOCUMENT.format(inside).encode()}


def builders(size: int) -> dict[tuple[str, str], Callable[[], bytes]]:
    """Return what to build, by name of the case and of the file."""
    relations = "word/_rels/document.xml.rels"
    outside = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        b'Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    bomb = (
        '<!DOCTYPE a [<!ENTITY a "wall">'
        + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "]>"
    )
    return {
        ("a page tree that bites its tail", "loop.pdf"): lambda: pdf(
            page(stream(_WORDS)) | {2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 >>"}
        ),
        ("a parent that is a child", "parent.pdf"): lambda: pdf(
            page(stream(_WORDS)) | {3: b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"}
        ),
        ("a deep page tree", "deep.pdf"): lambda: pdf(
            {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
            | {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, 5000)}
        ),
        ("pages without end", "pages.pdf"): lambda: pdf(_many_pages(min(100_000, size // 6))),
        ("forms within forms", "forms.pdf"): lambda: pdf(_forms(9)),
        ("a form that draws itself", "itself.pdf"): lambda: pdf(
            page(
                stream(b"/X Do "),
                b"/XObject << /X 6 0 R >>",
                o6=stream(
                    b"/X Do " + _WORDS, b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>"
                ),
            )
        ),
        ("operators without end", "operators.pdf"): lambda: pdf(page(packed(b"q Q " * (size // 4)))),
        ("words without end", "words.pdf"): lambda: pdf(
            page(packed(b"BT /F1 12 Tf " + b"(a) Tj " * (size // 7) + b"ET"))
        ),
        ("lines without end", "lines.pdf"): lambda: pdf(
            page(packed(b"BT /F1 12 Tf 9 TL " + b"(a) Tj T* " * (size // 10) + b"ET"))
        ),
        ("a bomb in a stream", "bomb.pdf"): lambda: pdf(page(packed(b" " * size * 10))),
        ("a bomb packed thrice", "thrice.pdf"): lambda: pdf(page(packed(b" " * size * 10, 3))),
        ("arrays within arrays", "arrays.pdf"): lambda: pdf(page(stream(b"[" * min(size, 100_000)))),
        ("dictionaries within dictionaries", "dictionaries.pdf"): lambda: pdf(
            page(stream(_WORDS), o6=b"<< /A " * min(20_000, size // 5))
        ),
        ("a reference to itself", "reference.pdf"): lambda: pdf(page(b"4 0 R")),
        ("references in a ring", "ring.pdf"): lambda: pdf(page(b"6 0 R", o6=b"7 0 R", o7=b"4 0 R")),
        ("a length that lies", "length.pdf"): lambda: pdf(page(stream(_WORDS, length=2**31))),
        ("a length below zero", "negative.pdf"): lambda: pdf(page(stream(_WORDS, length=-5))),
        ("a table that lies", "table.pdf"): lambda: pdf(page(stream(_WORDS)), lie=10_000_000),
        ("a table before itself", "previous.pdf"): lambda: pdf(page(stream(_WORDS)), b"/Prev 9"),
        ("a size of billions", "size.pdf"): lambda: pdf(page(stream(_WORDS))).replace(b"/Size 6", b"/Size 99999999999"),
        ("objects of billions", "count.pdf"): lambda: pdf(page(stream(_WORDS))).replace(
            b"xref\n0 6", b"xref\n0 999999999"
        ),
        ("a map of all characters", "map.pdf"): lambda: pdf(
            _mapped(b"1 beginbfrange <00000000><FFFFFFFF><0000> endbfrange")
        ),
        ("maps without end", "maps.pdf"): lambda: pdf(
            _mapped(b"1 beginbfrange " + b"<0000><FFFF><0000> " * (size // 19) + b"endbfrange")
        ),
        ("encrypted", "encrypted.pdf"): lambda: pdf(
            page(stream(_WORDS)),
            b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
            + b"x" * 32
            + b") /U ("
            + b"y" * 32
            + b") >> /ID [(a)(b)]",
        ),
        ("encrypted by nobody", "nobody.pdf"): lambda: pdf(
            page(stream(_WORDS)), b"/Encrypt << /Filter /Nobody /V 99 >>"
        ),
        ("nothing but a head", "head.pdf"): lambda: b"%PDF-1.7\n" + b"\n" * size,
        ("ends without end", "ends.pdf"): lambda: b"%PDF-1.7\n" + b"startxref\n0\n%%EOF\n" * (size // 18),
        ("objects without end", "objects.pdf"): lambda: b"%PDF-1.7\n" + b"1 0 obj\n<<>>\nendobj\n" * (size // 20),
        ("no parts", "nothing.docx"): lambda: zipped({"a.txt": b"x"}),
        ("no document", "missing.docx"): lambda: docx({"word/document.xml": None}),
        ("no types", "types.docx"): lambda: docx({"[Content_Types].xml": None}),
        ("no styles", "styles.docx"): lambda: docx({"word/styles.xml": None}),
        ("parts elsewhere", "outside.docx"): lambda: docx({relations: outside}),
        ("entities of entities in a document", "entities.docx"): lambda: docx(
            {"word/document.xml": (bomb + DOCUMENT.format(_BODY.format("&i;"))).encode()}
        ),
        ("an entity of a file", "file.docx"): lambda: docx(
            {
                "word/document.xml": b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
                + DOCUMENT.format(_BODY.format("&f;")).encode()
            }
        ),
        ("tables within tables", "tables.docx"): lambda: docx(
            _words("<w:tbl><w:tr><w:tc>" * 200 + _BODY.format("wall") + "</w:tc></w:tr></w:tbl>" * 200)
        ),
        ("levels without end", "levels.docx"): lambda: docx(_words("<w:p>" * min(100_000, size // 5))),
        ("paragraphs without end", "paragraphs.docx"): lambda: docx(_words(_BODY.format("a") * (size // 40))),
        ("a table without end", "table.docx"): lambda: docx(
            _words("<w:tbl><w:tr>" + f"<w:tc>{_BODY.format('a')}</w:tc>" * (size // 60) + "</w:tr></w:tbl>")
        ),
        ("a cell over a billion columns", "span.docx"): lambda: docx(
            _words(
                '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>'
                f"{_BODY.format('a')}</w:tc></w:tr></w:tbl>"
            )
        ),
        ("cells merged downwards", "merged.docx"): lambda: docx(
            _words(
                "<w:tbl>"
                + f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{_BODY.format('a')}</w:tc></w:tr>" * (size // 100)
                + "</w:tbl>"
            )
        ),
        ("a bomb of space", "bomb.docx"): lambda: zipped({"word/document.xml": b" " * size * 10}),
        ("one word without end", "word.docx"): lambda: docx(_words(_BODY.format("a" * size))),
    }
