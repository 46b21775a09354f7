"""Word documents (.docx)."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.limits import Limits, too_large
from index.sources.newspage import read_page
from index.sources.reading import read_all
from index.sources.rows import draft_from_row

if TYPE_CHECKING:
    from docx.document import Document

_TITLE_STYLE = re.compile(r"title|heading 1|heading1", re.IGNORECASE)
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
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            rows = (" ".join(dict.fromkeys(clean_line(cell.text) for cell in row.cells)) for row in item.rows)
            blocks += [("", row) for row in rows if row.strip()]
        else:
            style = item.style.name if item.style is not None and item.style.name else ""
            blocks += [(style, text) for line in item.text.split("\n") if (text := clean_line(line))]
    return blocks


def _check(data: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > limits.file_bytes:
                raise too_large(limits)
    except zipfile.BadZipFile as error:
        legacy = data.startswith(b"\xd0\xcf\x11\xe0")
        hint = (
            "It is protected by a password or in the old .doc format; save it as .docx."
            if legacy
            else "It is no Word document."
        )
        raise SourceError(hint) from error
