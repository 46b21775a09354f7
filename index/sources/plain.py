"""Plain text and Markdown files."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from index.cleaning import clean_text
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.encoding import decode
from index.sources.limits import Limits, too_long
from index.sources.newspage import read_page
from index.sources.reading import read_all
from index.sources.rows import draft_from_row

_KEYS = (
    "title|headline|publication|outlet|source|publisher|date|published|by|byline|author|authors|url|link|section|deck|"
    "subtitle|agency|place"
)
_PAIR = re.compile(rf"({_KEYS})\s*:[ \t]+(\S.*)", re.IGNORECASE)
_FENCED = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_ANY_PAIR = re.compile(r"([A-Za-z][\w ]{0,30}):[ \t]*(.*)")
# Bytes that a character takes at most.
_MOST_BYTES = 4
_MARK = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)


def read_text(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a text file as one article.

    Args:
        name: Name for the report.
        stream: The file.
        limits: How much is read of it.

    Yields:
        One draft.

    Raises:
        SourceError: The file is empty, too large, far longer than an article, or binary.
    """
    data = read_all(stream, limits)
    if len(data) > _MOST_BYTES * limits.article_characters:
        raise too_long(limits.article_characters)
    yield draft_from_text(decode(data), name)


def draft_from_text(text: str, source: str) -> Draft:
    """Read text with or without front matter ("Title: …" lines at the top, also between ``---``).

    Raises:
        SourceError: There is no text.
    """
    clean = clean_text(text)
    if not clean:
        raise SourceError("The text is empty.")
    values, body = _front_matter(clean)
    lead = re.match(r"# +(\S[^\n]*)\n*", body)
    if lead and "title" not in values and body[lead.end() :].strip():
        values["title"], body = lead[1].strip(" #"), body[lead.end() :]
    if lead:
        body = _MARK.sub("", body)
    if not body.strip():
        raise SourceError("The text has a head but no body.")
    if not {"title", "headline"} & {key.lower() for key in values}:
        page = read_page(body, source)
        if not values:
            return page
        values = {
            "title": page.title,
            "deck": page.deck,
            "authors": ", ".join(page.authors),
            "agency": page.agency,
        } | values
        body = page.text
    return draft_from_row({**values, "text": body}, source)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    if fenced := _FENCED.match(text):
        pairs = [match for line in fenced[1].split("\n") if (match := _ANY_PAIR.fullmatch(line.strip()))]
        if pairs:
            return {m[1].lower(): m[2].strip(" \"'[]") for m in pairs}, text[fenced.end() :].strip()
    values: dict[str, str] = {}
    lines = text.split("\n")
    for count, line in enumerate(lines):
        match = _PAIR.fullmatch(line.strip())
        if not match:
            # One such line may be the story's own ("Date: a fruit of the desert"); two are a head.
            return (values, "\n".join(lines[count:]).strip()) if len(values) > 1 or "title" in values else ({}, text)
        values[match[1].lower()] = match[2].strip()
    return {}, text
