"""Word documents (.docx)."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.archive import METHODS, open_zip
from index.sources.limits import Limits, too_large
from index.sources.newspage import read_page
from index.sources.reading import read_all
from index.sources.rows import draft_from_row

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

_TITLE_STYLE = re.compile(r"title|heading 1|heading1", re.IGNORECASE)
# Bytes of XML for each character that an article may have.
_MOST_XML = 20
# What programs write where nobody entered a name.
_POOR_AUTHOR = re.compile(r"python-docx|admin\w*|user|owner|author|microsoft.*|unknown|\W*", re.IGNORECASE)


def read_docx(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a Word document as one article.

    Args:
        name: Name for the report.
        stream: The file.
        limits: How much is read of it.

    Yields:
        One draft.

    Raises:
        SourceError: The file is empty, too large, no Word document, or has no text.
    """
    from docx import Document

    data = read_all(stream, limits)
    _check(data, limits)
    try:
        document = Document(io.BytesIO(data))
        blocks = _blocks(document)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError("It is not a Word document that can be read; it may be damaged.") from error
    texts = [text for _, text in blocks]
    if not texts:
        raise SourceError("The document holds no text.")
    yield _draft(blocks, document, name)


def _draft(blocks: list[tuple[str, str]], document: "Document", name: str) -> Draft:
    texts = [text for _, text in blocks]
    style, first = blocks[0]
    author = clean_line(document.core_properties.author or "")
    author = "" if _POOR_AUTHOR.fullmatch(author) else author
    # The date of creation is that of the file, not of the article, and templates carry years-old ones: not used.
    if _TITLE_STYLE.match(style) and len(texts) > 1:
        values = {"title": first, "text": "\n\n".join(texts[1:])}
    else:
        page = read_page("\n\n".join(texts), name)
        if page.authors or not author:
            return page
        values = {"title": page.title, "text": page.text, "deck": page.deck, "publication": page.publication}
    draft = draft_from_row(values, name)
    return draft if draft.authors or not author else draft_from_row({**values, "author": author}, name)


def _blocks(document: "Document") -> list[tuple[str, str]]:
    """List style and text of each paragraph and table row, in the order of the document."""
    from docx.table import Table

    blocks: list[tuple[str, str]] = []
    styles: dict[str, str] = {}
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            blocks += [("", row) for row in _rows(item) if row.strip()]
        else:
            key = item._p.style or ""
            if key not in styles:
                styles[key] = (item.style.name or "") if item.style is not None else ""
            blocks += [(styles[key], text) for line in item.text.split("\n") if (text := clean_line(line))]
    return blocks


def _rows(table: "Table") -> Iterator[str]:
    """Give the text of each row; a cell over several columns or rows stands once, where it begins."""
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        cells = (_Cell(cell, table) for cell in row.tc_lst if cell.vMerge != "continue")
        yield " ".join(dict.fromkeys(clean_line(cell.text) for cell in cells))


def _check(data: bytes, limits: Limits) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError("It is protected by a password or in the old .doc format; save it as .docx.")
    try:
        archive = open_zip(io.BytesIO(data), limits)
    except SourceError as error:
        raise SourceError("It is no Word document, or a damaged one.") from error
    with archive:
        parts = archive.infolist()
        if sum(part.file_size for part in parts) > limits.file_bytes:
            raise too_large(limits)
        text = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
        packed = any(part.compress_type not in METHODS for part in parts)
        if packed or sum(part.file_size for part in text) > _MOST_XML * limits.article_characters:
            raise SourceError("It is far larger than an article, or packed in a way that is not read; save it as text.")
