"""Web pages: the story by trafilatura, its data from what the page itself declares."""

import json
import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.bylines import parse_authors
from index.sources.dates import parse_date
from index.sources.encoding import decode
from index.sources.newspage import complete
from index.sources.reading import read_all
from index.sources.rows import host_of

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)|<\?xml[^>]{0,200}?encoding=[\"']([\w-]+)", re.IGNORECASE
)
_BLOCKS = frozenset(
    "p div section article main header footer aside li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote pre figure "
    "figcaption br hr address title td th".split()
)
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "select")
)
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:/|-|$)")
_ARTICLE_TYPES = ("article", "posting", "report")


def read_html(name: str, stream: BinaryIO, max_bytes: int) -> Iterator[Draft | Failure]:
    """Read a saved web page as one article.

    Args:
        name: Name for the report.
        stream: The file.
        max_bytes: Most bytes that are read of it.

    Yields:
        One draft.

    Raises:
        SourceError: The page is empty, too large, or holds no text.
    """
    yield draft_from_html(read_all(stream, max_bytes), name)


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
    match = _CHARSET.search(data[:4096])
    declared = charset or (next(filter(None, match.groups())).decode("ascii") if match else None)
    page = decode(data, declared)
    meta = _Metadata(page)
    url = url or meta.url
    text = _main_text(page) or markup_to_text(page)
    if not clean_text(text):
        raise SourceError("The page holds no text of an article.")
    title, authors = meta.title, meta.authors
    return complete(
        Draft(
            text=_without_repeated_title(clean_text(text), title),
            source=source,
            title=title,
            deck="",
            publication=meta.publication or host_of(url),
            authors=authors,
            section=meta.section,
            published=meta.published or _date_in_url(url),
            url=url,
        )
    )


def markup_to_text(markup: str) -> str:
    """Turn HTML into text, blocks separated by blank lines; scripts and styles never become text."""
    parser = _TextParser()
    parser.feed(markup)
    parser.close()
    return "\n\n".join(block for block in (clean_line(piece) for piece in "".join(parser.pieces).split("\0")) if block)


class _TextParser(HTMLParser):
    """Collects visible text; a NUL marks where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        if tag == "body":  # a head that was never closed
            self._silent = 0
        if tag in _BLOCKS:
            self.pieces.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.pieces.append("\0")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data.replace("\0", ""))


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


def _date_in_url(url: str) -> date | None:
    match = _URL_DATE.search(urlsplit(url).path.lower()) if url else None
    if not match:
        return None
    return parse_date(
        f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
        if match[2].isdigit()
        else f"{match[3]} {match[2]} {match[1]}"
    )


class _Metadata:
    """What the page declares about itself: JSON-LD, meta tags, time tags, headings, in this order of trust."""

    def __init__(self, page: str) -> None:
        from lxml import html

        try:
            tree = html.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", page.replace("\0", "")))
        except Exception:  # noqa: BLE001 - lxml raises many kinds on broken markup; then nothing is declared
            tree = html.fromstring("<html></html>")
        self._tree = tree
        self._metas: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
            if key and (value := clean_line(element.get("content") or "")):
                self._metas.setdefault(key, []).append(value)
        self._json = _news_object(tree)
        self.title = self._title()
        self.authors = self._authors()
        self.publication = self._publication()
        self.section = self._one("article:section", "section") or _text_of(self._json.get("articleSection"))
        self.published = self._published()
        self.url = self._url()

    def _one(self, *keys: str) -> str:
        return next((self._metas[key][0] for key in keys if key in self._metas), "")

    def _xpath(self, path: str) -> str:
        found = self._tree.xpath(path)
        return (
            clean_line("".join(found[0].itertext()) if hasattr(found[0], "itertext") else str(found[0]))
            if found
            else ""
        )

    def _title(self) -> str:
        headings = self._tree.xpath("//h1")
        only = clean_line("".join(headings[0].itertext())) if len(headings) == 1 else ""
        return (
            _text_of(self._json.get("headline"))
            or self._one("og:title", "twitter:title")
            or only
            or self._xpath("//title")
        )

    def _authors(self) -> tuple[str, ...]:
        declared = _people(self._json.get("author"))
        if not declared:
            for key in ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author"):
                declared = [value for value in self._metas.get(key, []) if not value.startswith(("http", "/", "@"))]
                if declared:
                    break
        if not declared:
            declared = [self._xpath("//*[@rel='author' or @itemprop='author' or contains(@class,'author-name')]")]
        return tuple(dict.fromkeys(name for value in declared for name in parse_authors(value) if len(name) < 80))

    def _publication(self) -> str:
        publisher = self._json.get("publisher")
        return self._one("og:site_name", "application-name") or _text_of(publisher)

    def _published(self) -> date | None:
        keys = (
            "article:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date",
            "dc.date.issued",
        )
        keys += (
            "pubdate",
            "publish-date",
            "publication_date",
            "cxenseparse:recs:publishtime",
            "og:published_time",
            "date",
        )
        values: list[object] = [self._json.get("datePublished"), *(self._one(key) for key in keys)]
        times = self._tree.xpath("//time[@datetime]")
        marked = [t for t in times if t.get("pubdate") is not None or t.get("itemprop") == "datePublished"]
        in_article = self._tree.xpath("//article//time[@datetime] | //header//time[@datetime]")
        values += [
            element.get("datetime") for element in [*marked, *in_article[:1], *(times if len(times) == 1 else [])]
        ]
        return next((day for day in map(parse_date, values) if day), None)

    def _url(self) -> str:
        links = [str(self._xpath("//link[@rel='canonical']/@href")), self._one("og:url")]
        return next((link for link in links if link.startswith(("http://", "https://"))), "")


def _news_object(tree: Any) -> dict[str, Any]:  # noqa: ANN401 - an lxml element, which has no types
    """Find the article among the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                if any(word in str(value.get("@type", "")).lower() for word in _ARTICLE_TYPES):
                    return value
                waiting += value["@graph"] if isinstance(value.get("@graph"), list) else []
    return {}


def _text_of(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = next(iter(value), "")
        return _text_of(value)
    return clean_line(value) if isinstance(value, str) else ""


def _people(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for name in map(_text_of, values) if name and not name.startswith("http")]
