"""RSS and Atom feeds."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.bylines import parse_authors
from index.sources.dates import parse_date
from index.sources.limits import Limits
from index.sources.newspage import complete
from index.sources.reading import read_all
from index.sources.rows import host_of
from index.sources.webpage import markup_to_text

# Its parser takes a second for a megabyte.
_MOST_BYTES, _MOST_TAGS = 10_000_000, 200_000
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]{1,20})|(\d{1,20}));?")
_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_feed(name: str, stream: BinaryIO, limits: Limits) -> Iterator[Draft | Failure]:
    """Read a feed, each entry as an article.

    Args:
        name: Name for the report; entries are reported as ``name:7``.
        stream: The file.
        limits: How much is read of it.

    Yields:
        A draft for every entry with text, a failure for every other.

    Raises:
        SourceError: The file is empty, too large, or no feed.
    """
    yield from drafts_from_feed(read_all(stream, limits), name)


def drafts_from_feed(data: bytes, name: str) -> Iterator[Draft | Failure]:
    """Read the bytes of a feed; see ``read_feed``."""
    import feedparser

    if len(data) > _MOST_BYTES or data.count(b"<") > _MOST_TAGS:
        raise SourceError("It is far larger than a feed; divide it, or save its articles as JSON Lines.")
    if _ENTITIES.search(data.replace(b"\0", b"")):  # in UTF-16 each letter has one
        raise SourceError("The feed declares entities of its own, which is not read for safety.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # A stream, never a string: feedparser would fetch a string that looks like an address.
        parsed = feedparser.parse(
            io.BytesIO(_REFERENCE.sub(_sound, data)), sanitize_html=False, resolve_relative_uris=False
        )
    if not parsed.entries:
        raise SourceError("It is not an RSS or Atom feed with entries.")
    publication = clean_line(markup_to_text(str(parsed.feed.get("title") or "")))
    for number, entry in enumerate(parsed.entries, start=1):
        yield _entry(entry, publication, f"{name}:{number}")


def _sound(reference: re.Match[bytes]) -> bytes:
    """Replace a reference to half a character, as old programs write emoji, or to none, on which the parser fails."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"&#xFFFD;" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else reference[0]


def _entry(entry: Any, publication: str, source: str) -> Draft | Failure:  # noqa: ANN401 - feedparser has no types
    title = clean_line(markup_to_text(str(entry.get("title") or "")))
    bodies = [str(part.get("value") or "") for part in entry.get("content") or []] + [str(entry.get("summary") or "")]
    text = max((clean_text(markup_to_text(body)) for body in bodies), key=len)
    url = str(entry.get("link") or "")
    if not text or clean_line(text) == title:
        return Failure(source, f"The entry '{title[:80]}' has no text beyond its title; add the page itself.")
    named = [str(author.get("name") or "") for author in entry.get("authors") or []] or [str(entry.get("author") or "")]
    return complete(
        Draft(
            text=text,
            source=source,
            title=title,
            publication=publication or host_of(url),
            authors=tuple(dict.fromkeys(author for name in named for author in parse_authors(name))),
            published=_published(entry),
            url=url if url.startswith(("http://", "https://")) else "",
        )
    )


def _published(entry: Any) -> date | None:  # noqa: ANN401 - feedparser has no types
    for key in ("published", "updated", "created"):
        # Asked for "updated" where there is none, feedparser warns, and gives what it has as "published".
        if key in entry and (day := parse_date(entry.get(key))):
            return day
    return None
