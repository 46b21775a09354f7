"""Web pages: the story by trafilatura, its data from what the page itself declares."""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.encoding import decode
from index.sources.limits import Limits
from index.sources.newspage import complete
from index.sources.pagedata import date_in_url, read_page_data
from index.sources.reading import read_all
from index.sources.rows import host_of

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)", re.IGNORECASE
)
# A picture within the page itself, as browsers save it; these are most of such a file.
_INLINE = re.compile(rb"data:[\w/+.-]{1,80}(?:;[\w=-]{1,40}){0,5};base64,[\w+/=%-]+")
# The longest page of a newspaper has a fifth of the one and a tenth of the other without its pictures.
_MOST_MARKUP, _MOST_TAGS = 10_000_000, 200_000
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLOCKS = frozenset(
    "p div section article main header footer aside li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote pre figure "
    "figcaption br hr address title td th".split()
)
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "select")
)


def read_html(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a saved web page as one article.

    Args:
        name: Name for the report.
        stream: The file.
        limits: How much is read of it.

    Yields:
        One draft.

    Raises:
        SourceError: The page is empty, too large, or holds no text.
    """
    yield draft_from_html(read_all(stream, limits), name)


def draft_from_html(data: bytes, source: str, url: str = "", charset: str | None = None) -> Draft:
    """Read a web page.

    Args:
        data: The page as bytes.
        source: Name for the report.
        url: Where it was fetched from, if it was.
        charset: Charset that the server named.

    Returns:
        A draft; its date is one the page declares or shows, or None.

    Raises:
        SourceError: The page holds no text.
    """
    if len(data) > _MOST_MARKUP:
        data = _INLINE.sub(b"data:,", data)
    # It reports on the standard error what becomes a Failure here.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    match = _CHARSET.search(data[:4096])
    declared = charset or (next(filter(None, match.groups())).decode("ascii") if match else None)
    page = decode(data, declared)
    if len(page) > _MOST_MARKUP or page.count("<") > _MOST_TAGS:
        raise _too_much_markup()
    meta = read_page_data(page)
    address = url or meta.url
    text = _main_text(page) or markup_to_text(page)
    if not clean_text(text):
        raise SourceError("The page holds no text of an article.")
    return complete(
        Draft(
            text=_without_repeated_title(clean_text(text), meta.title),
            source=source,
            title=meta.title,
            publication=meta.publication or host_of(address),
            authors=meta.authors,
            section=meta.section,
            published=meta.published or date_in_url(address),
            url=address,
        )
    )


def markup_to_text(markup: str) -> str:
    """Turn HTML into text, blocks separated by blank lines; scripts and styles never become text."""
    from lxml import etree

    if len(markup) > _MOST_MARKUP:
        raise _too_much_markup()
    # Not html.parser, which takes hours for a megabyte of tags that are opened and never closed.
    parser: Any = etree.HTMLParser(target=cast(Any, _Text()), huge_tree=False)
    try:
        parser.feed(_SURROGATES.sub("\ufffd", markup.replace("\0", "")))
        pieces: list[str] = parser.close()
    except etree.LxmlError:  # there was not even an empty document in it
        return ""
    return "\n\n".join(block for block in (clean_line(piece) for piece in "".join(pieces).split("\0")) if block)


def _too_much_markup() -> SourceError:
    return SourceError("It holds far more markup than an article; save the article alone, or as text.")


class _Text:
    """Collects visible text as the parser comes upon it; a NUL marks where a block begins or ends."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._silent = 0

    def start(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        if tag == "body":  # a head that was never closed
            self._silent = 0
        self._divide(tag)

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        self._divide(tag)

    def data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data.replace("\0", ""))

    def close(self) -> list[str]:
        return self._pieces

    def _divide(self, tag: str) -> None:
        if tag in _BLOCKS and self._pieces[-1:] != ["\0"]:
            self._pieces.append("\0")


def _main_text(page: str) -> str:
    from trafilatura import bare_extraction

    try:
        document = bare_extraction(page, include_comments=False, include_tables=True, with_metadata=False)
    except Exception:  # noqa: BLE001 - it runs on any bytes, and lxml raises many kinds; the fallback reads on
        return ""
    if document is None:
        return ""
    body = getattr(document, "body", None)
    return _blocks(body) if body is not None else str(document.text or "").replace("\n", "\n\n")


def _blocks(body: Any) -> str:  # noqa: ANN401 - an lxml element, which has no types
    """Read trafilatura's tree: each paragraph, heading, item and table row a block."""
    blocks: list[str] = []
    leaves = ("p", "head", "item", "row", "quote", "code", "ab")
    for element in body.iter(*leaves):
        if any(parent.tag in leaves for parent in element.iterancestors()):
            continue
        for line_break in element.iter("lb"):
            line_break.tail = "\n" + (line_break.tail or "")
        inner = element.iter("p", "item") if element.tag in ("quote", "item") else ()
        parts = ["".join(part.itertext()) for part in inner if part is not element] or ["".join(element.itertext())]
        if element.tag == "row":
            parts = [" ".join("".join(cell.itertext()).strip() for cell in element)]
        blocks += [clean_text(part) for part in parts]
    return "\n\n".join(filter(None, blocks)) or clean_text("\n\n".join(body.itertext()))


def _without_repeated_title(text: str, title: str) -> str:
    first, _, rest = text.partition("\n\n")
    return rest if rest and title and clean_line(first) == clean_line(title) else text
