"""PDF, Word, mail and feeds."""

import io
import json
from datetime import date
from email.message import EmailMessage

import docx
import pytest

from index.records import Draft, Failure
from index.sources.pdf import drop_page_furniture, join_lines
from tests.unit.sources.reading_back import ROW, STORY, draft_of, read, reason_of

MORE = "Work is to begin in June, the mayor said, and to take until the end of the year at the earliest."


def make_pdf(pages: list[list[str]], info: str = "") -> bytes:
    """Write a small PDF by hand: one text line after another on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< {info} >>")
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return bytes(out + f"startxref\n{table}\n%%EOF\n".encode())


PDF_LINES = [
    "Council votes to rebuild wall",
    "By Ann Example",
    "The council voted on Monday to rebuild the harbour wall, which two",
    "storms in one winter had broken in three places. The engineers said re-",
    "building would take a year, and the mayor did not disagree with them.",
]


def test_pdf() -> None:
    pages = [
        ["The Post 1", *PDF_LINES, "Page 1 of 2"],
        ["The Post 2", "She did not say who would pay.", "Page 2 of 2"],
    ]
    draft = draft_of("a.pdf", make_pdf(pages))
    assert (draft.title, draft.authors) == ("Council votes to rebuild wall", ("Ann Example",))
    assert draft.text.startswith("The council voted on Monday to rebuild the harbour wall, which two storms in one")
    assert "said rebuilding would take" in draft.text
    assert "She did not say who would pay." in draft.text
    assert "Page" not in draft.text
    assert "The Post" not in draft.text


def test_pdf_properties() -> None:
    data = make_pdf([PDF_LINES], info="/Title (Wall to be rebuilt) /Author (Bo Muster) /CreationDate (D:20200101)")
    draft = draft_of("a.pdf", data)
    assert (draft.title, draft.published) == ("Wall to be rebuilt", None)
    assert draft.authors == ("Bo Muster",)
    assert draft_of("a.pdf", make_pdf([PDF_LINES], info="/Title (Microsoft Word - x.doc)")).title == PDF_LINES[0]


def test_pdf_lines_join_to_paragraphs() -> None:
    lines = [
        "A long enough line of the first paragraph that runs to the margin of",
        "the page and ends.",
        "Another long line, of the second paragraph, that runs to the margin",
        "\f",
        "and goes on over the page.",
    ]
    assert join_lines(lines) == (
        "A long enough line of the first paragraph that runs to the margin of the page and ends.\n\n"
        "Another long line, of the second paragraph, that runs to the margin and goes on over the page."
    )


def test_pdf_page_furniture() -> None:
    pages = [["The Post", "first", "- 1 -"], ["The Post", "second", "- 2 -"], ["The Post", "third", "- 3 -"]]
    assert [line for line in drop_page_furniture(pages) if line != "\f"] == ["first", "second", "third"]
    assert drop_page_furniture([["only page", "2022"]]) == ["only page", "\f"]


def test_pdf_that_cannot_be_read() -> None:
    from pypdf import PdfReader, PdfWriter

    assert "no text" in reason_of("a.pdf", make_pdf([[]]))
    assert "damaged" in reason_of("a.pdf", b"%PDF-1.4 nothing of the kind")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf([PDF_LINES]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert "password" in reason_of("a.pdf", out.getvalue())


def make_docx(paragraphs: list[tuple[str, str]], author: str = "") -> bytes:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if author:
        document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx() -> None:
    paragraphs = [("Title", "Council votes"), ("Normal", STORY), ("Heading 2", "The cost"), ("Normal", MORE)]
    draft = draft_of("a.docx", make_docx(paragraphs, "Ann Example"))
    assert (draft.title, draft.authors, draft.published) == ("Council votes", ("Ann Example",), None)
    assert draft.text == f"{STORY}\n\nThe cost\n\n{MORE}"
    plain = draft_of("a.docx", make_docx([("Normal", "Council votes"), ("Normal", "By Bo Muster"), ("Normal", STORY)]))
    assert (plain.title, plain.authors, plain.text) == ("Council votes", ("Bo Muster",), STORY)


def test_docx_that_cannot_be_read() -> None:
    assert "no text" in reason_of("a.docx", make_docx([]))
    assert "no Word document" in reason_of("a.docx", b"nothing of the kind")
    assert "password" in reason_of("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)


def make_mail(html: bool = False) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Council votes — at last"
    message["From"] = "José Muster <jm@post.example>"
    message["Date"] = "Mon, 16 May 2022 10:00:00 +0000"
    if html:
        message.set_content(f"<p>{STORY}</p><script>leak()</script><p>{MORE}</p>", subtype="html")
    else:
        message.set_content(f"{STORY}\n\n{MORE}\n", cte="quoted-printable")
        message.add_alternative("<p>the other form</p>", subtype="html")
    return message


@pytest.mark.parametrize("html", [False, True])
def test_mail(html: bool) -> None:
    draft = draft_of("a.eml", make_mail(html).as_bytes())
    assert (draft.title, draft.authors, draft.published) == (
        "Council votes — at last",
        ("José Muster",),
        date(2022, 5, 16),
    )
    assert draft.text == f"{STORY}\n\n{MORE}"


def test_mail_attachments() -> None:
    message = make_mail()
    message.add_attachment(json.dumps([ROW]).encode(), maintype="application", subtype="json", filename="more.json")
    message.add_attachment(b"\xff\xd8", maintype="image", subtype="jpeg", filename="photo.jpg")
    mail, attached = read("a.eml", message.as_bytes())
    assert isinstance(mail, Draft)
    assert isinstance(attached, Draft)
    assert (mail.source, attached.source, attached.text) == ("a.eml", "a.eml/more.json:1", STORY)


def test_mail_without_text() -> None:
    assert "no text" in reason_of("a.eml", b"Subject: hello\n\n\n")


RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>The Post</title><item><title>Council &amp; wall</title><link>https://post.example/a</link>
<pubDate>Mon, 16 May 2022 10:00:00 GMT</pubDate><author>ann@post.org (Ann Example)</author>
<description>short</description><content:encoded><![CDATA[<p>{STORY}</p><p>{MORE}</p><script>leak()</script>]]></content:encoded>
</item><item><title>Only a title</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><title>Council</title>
<author><name>Ann Example</name></author><published>2022-05-16T10:00:00Z</published>
<link href="https://post.example/a"/><summary type="html">&lt;b&gt;{STORY}&lt;/b&gt;</summary></entry></feed>"""


def test_rss() -> None:
    draft, failure = read("a.xml", RSS.encode())
    assert isinstance(draft, Draft)
    assert (draft.title, draft.publication, draft.authors) == ("Council & wall", "The Post", ("Ann Example",))
    assert (draft.text, draft.published, draft.url) == (
        f"{STORY}\n\n{MORE}",
        date(2022, 5, 16),
        "https://post.example/a",
    )
    assert isinstance(failure, Failure)
    assert (failure.source, "no text" in failure.reason) == ("a.xml:2", True)


def test_atom() -> None:
    draft = draft_of("a.atom", ATOM.encode())
    assert (draft.title, draft.text, draft.published) == ("Council", STORY, date(2022, 5, 16))


def test_xml_that_is_no_feed() -> None:
    assert "not an RSS or Atom feed" in reason_of("a.xml", b"<note>hello</note>")
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
    assert "entities" in reason_of("a.rss", bomb)
