"""PDF files with a text layer."""

import io
import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.limits import Limits, too_long
from index.sources.newspage import read_page
from index.sources.reading import read_all
from index.sources.rows import draft_from_row

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGE_NUMBER = re.compile(r"(?:page\s*|p\.\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_HYPHEN_END = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?:][\"”’)\]]*$")
# Titles that programs write by themselves into the file's properties.
_POOR_TITLE = re.compile(r"untitled|microsoft word|document\d*|.*\.(?:docx?|pdf|indd|qxp|txt|html?)|\W*", re.IGNORECASE)
_EDGE_LINES = 2
# What one stream may unpack to, by any of its filters. Pages of text have thousands of bytes, not millions.
_STREAM = 20_000_000
_BOUNDS: dict[str, Any] = {
    "maximum_declared_stream_length": 75_000_000,
    "array_based_stream_maximum_output_length": _STREAM,
    "lzw_maximum_output_length": _STREAM,
    "run_length_maximum_output_length": _STREAM,
    "zlib_maximum_output_length": _STREAM,
    "stream_decoding_work_maximum_length": 3 * _STREAM,
    "stream_parsing_work_maximum_count": 1_000_000,
    "dictionary_maximum_element_count": 2000,  # fonts of a page, among others, each with a table of its characters
    "jbig2dec_binary": None,  # pictures are not looked at, least of all by another program
}


def read_pdf(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a PDF as one article.

    Args:
        name: Name for the report.
        stream: The file.
        limits: How much is read of it.

    Yields:
        One draft.

    Raises:
        SourceError: The file is empty, too large, encrypted, or has no text.
    """
    from pypdf import PdfReader, apply_configuration
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    data = read_all(stream, limits)
    with warnings.catch_warnings(), apply_configuration(**_BOUNDS):
        warnings.simplefilter("ignore")
        try:
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise SourceError("The PDF is protected by a password; save it without one.")
            pages = _page_lines(reader, limits)
        except FileNotDecryptedError as error:
            raise SourceError("The PDF is protected by a password; save it without one.") from error
        except PyPdfError as error:
            detail = clean_line(str(error)[:1000])[:200].rstrip(".")
            raise SourceError(f"It is not a PDF that can be read; it may be damaged ({detail}).") from error
        properties = _properties(reader)
    text = join_lines(drop_page_furniture(pages))
    if not text:
        raise SourceError("The PDF holds pictures of pages but no text; run text recognition (OCR) on it first.")
    yield _draft(text, properties, name)


def drop_page_furniture(pages: list[list[str]]) -> list[str]:
    """Join pages to lines, without page numbers and the lines that most pages repeat at top or bottom.

    Args:
        pages: The lines of each page.

    Returns:
        The lines that are left; "" where a paragraph ended.
    """
    edges = Counter(key for page in pages for key in {_furniture_key(line) for line in _edge(page)} if key)
    repeated = (
        {key for key, count in edges.items() if count >= max(2, (len(pages) + 1) // 2)} if len(pages) > 1 else set()
    )
    lines: list[str] = []
    for page in pages:
        filled = [index for index, line in enumerate(page) if line]
        at_edge = set(filled[:_EDGE_LINES] + filled[-_EDGE_LINES:])
        for index, line in enumerate(page):
            if index in at_edge and (_PAGE_NUMBER.fullmatch(line) or _furniture_key(line) in repeated):
                continue
            lines.append(line)
        lines.append("\f")
    return lines


def join_lines(lines: list[str]) -> str:
    r"""Join the lines of a page to paragraphs; a hyphen at a line's end joins the word again.

    Args:
        lines: Lines; "" ends a paragraph, "\f" a page, over which a sentence may go on.

    Returns:
        Paragraphs separated by blank lines.
    """
    lengths = sorted(len(line) for line in lines if line.strip())
    # Most lines of a column are full; a line much shorter than those ends a paragraph.
    full = lengths[int(len(lengths) * 0.75)] if lengths else 0
    paragraphs: list[str] = []
    current = ""
    in_story = False
    for line in lines:
        if line in ("", "\f"):
            if current and (line == "" or _SENTENCE_END.search(current)):
                paragraphs.append(current)
                current = ""
            continue
        current = _joined(current, line)
        short = len(line) < 0.75 * full
        in_story = in_story or not short
        # Short lines above the story are headline, byline and date, each for itself.
        if short and (_SENTENCE_END.search(line) or not in_story):
            paragraphs.append(current)
            current = ""
    paragraphs.append(current)
    return "\n\n".join(filter(None, map(clean_line, paragraphs)))


def _joined(current: str, line: str) -> str:
    if not current:
        return line
    if _HYPHEN_END.search(current) and line[:1].islower():
        return current[:-1] + line
    return f"{current} {line}" if not current.endswith("-") else current + line


def _page_lines(reader: "PdfReader", limits: Limits) -> list[list[str]]:
    pages: list[list[str]] = []
    total = 0
    for page in reader.pages:
        if len(pages) == limits.pdf_pages:
            raise SourceError(
                f"The PDF has more than {limits.pdf_pages:,} pages, the most that are read; divide it, or raise "
                "max_pdf_pages."
            )
        text = page.extract_text() or ""
        total += len(text)
        if total > limits.article_characters:
            raise too_long(limits.article_characters)
        pages.append([clean_line(line) for line in text.split("\n")])
    return pages


def _edge(page: list[str]) -> list[str]:
    filled = [line for line in page if line]
    return filled[:_EDGE_LINES] + filled[-_EDGE_LINES:]


def _furniture_key(line: str) -> str:
    """Make "Page 3 The Globe" and "Page 4 The Globe" the same; "" for lines too long to be a page header."""
    return re.sub(r"\d+", "#", line) if 0 < len(line) <= 100 else ""


def _properties(reader: "PdfReader") -> dict[str, str]:
    try:
        info: dict[str, object] = dict(reader.metadata or {})
        title, author = clean_line(str(info.get("/Title") or "")), clean_line(str(info.get("/Author") or ""))
    except Exception:  # noqa: BLE001 - broken properties must not cost the text
        return {}
    return {
        "title": "" if _POOR_TITLE.fullmatch(title) else title,
        "author": author if " " in author else "",
    }


def _draft(text: str, properties: dict[str, str], name: str) -> Draft:
    title = properties.get("title", "")
    if title:
        # The printed headline may run over several paragraphs of the page; it is told by the words.
        first, _, rest = text.partition("\n\n")
        body = rest if rest and clean_line(first).casefold() == title.casefold() else text
        return draft_from_row({"text": body, "title": title, "author": properties.get("author", "")}, name)
    page = read_page(text, name)
    if page.authors or not properties.get("author"):
        return page
    return draft_from_row({"text": page.text, "title": page.title, "author": properties["author"]}, name)
