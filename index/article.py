"""Make the article that the library keeps from what a source reader found."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.paragraphs import split_paragraphs
from index.records import Article, Draft, ParagraphKind

_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|cmpid|ocid|smid|ref_src|taid|"
    r"at_(?:medium|campaign)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]")

# The longest of 13,500 real articles has 220,000. Much beyond that it is a book or a dump, and would take an hour.
MAX_CHARACTERS = 1_000_000


def article_from(draft: Draft) -> Article:
    """Clean a draft, find its paragraphs, and derive its id.

    Raises:
        SourceError: The text is far longer than an article, or nothing is left to search once captions and
            boilerplate are set aside.
    """
    if len(draft.text) > MAX_CHARACTERS:
        raise SourceError(
            f"The text has {len(draft.text):,} characters; an article may have {MAX_CHARACTERS:,}. Divide it into "
            "the articles it consists of."
        )
    text = clean_text(draft.text)
    title, deck, publication = clean_line(draft.title), clean_line(draft.deck), clean_line(draft.publication)
    paragraphs = split_paragraphs(text, title=title, deck=deck)
    if not any(p.kind is ParagraphKind.BODY and _WORD.search(text, p.start, p.end) for p in paragraphs):
        raise SourceError("No article text is left once captions, links and boilerplate are set aside.")
    return Article(
        id=article_id(publication, title, text),
        text=text,
        paragraphs=paragraphs,
        title=title,
        deck=deck,
        publication=publication,
        authors=tuple(name for name in map(clean_line, draft.authors) if name),
        agency=clean_line(draft.agency),
        place=clean_line(draft.place),
        section=clean_line(draft.section),
        published=draft.published,
        url=storable(draft.url).strip(),
        source=storable(draft.source),
    )


def article_id(publication: str, title: str, text: str) -> str:
    """Return 16 hexadecimal digits that are the same for the same content, whatever file it came in."""
    content = "\x1f".join((publication.casefold(), title, text))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def url_key(url: str) -> str:
    """Return what two addresses of one page have in common, or "" where there is no web address.

    Scheme, ``www.``, port, fragment, trailing slash and tracking parameters are ignored; all other parameters count.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return host + parts.path.rstrip("/") + query


def storable(text: str) -> str:
    """Replace what UTF-8 and SQLite cannot hold: lone surrogates and NUL."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
