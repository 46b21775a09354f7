"""Make the article that the library keeps from what a source reader found."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.paragraphs import split_paragraphs
from index.records import Article, Draft, ParagraphKind
from index.sources.limits import Limits, too_long

_TRACKING = re.compile(
    r"utm_.*|mc_[ce]id|fbclid|gclid|dclid|msclkid|yclid|igshid|cmpid|ocid|smid|ref_src|taid|"
    r"at_(?:medium|campaign)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]")

# The longest of 13,500 real articles has 220,000. Much beyond that it is a book or a dump.
MAX_CHARACTERS = Limits().article_characters
# No headline, deck or name comes near; what does is a story in the wrong field, or made to do harm.
_LONGEST_FIELD, _LONGEST_URL = 2000, 4000
_MOST_AUTHORS = 100


def article_from(draft: Draft, most: int = MAX_CHARACTERS) -> Article:
    """Clean a draft, find its paragraphs, and derive its id.

    Args:
        draft: What a source reader found.
        most: Most characters of the text.

    Raises:
        SourceError: The text is far longer than an article, or nothing is left to search once captions and
            boilerplate are set aside.
    """
    if len(draft.text) > most:
        raise too_long(most)
    text = clean_text(draft.text)
    if len(text) > most:  # one character of it may be composed of several
        raise too_long(most)
    title, deck, publication = _field(draft.title), _field(draft.deck), _field(draft.publication)
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
        authors=tuple(name for name in map(_field, draft.authors[:_MOST_AUTHORS]) if name),
        agency=_field(draft.agency),
        place=_field(draft.place),
        section=_field(draft.section),
        published=draft.published,
        url=clean_line(storable(draft.url)) if len(draft.url) <= _LONGEST_URL else "",
        source=clean_line(storable(draft.source)),
    )


def _field(value: str) -> str:
    return clean_line(value[:_LONGEST_FIELD])[:_LONGEST_FIELD].rstrip()


def article_id(publication: str, title: str, text: str) -> str:
    """Return 16 hexadecimal digits that are the same for the same content, whatever file it came in."""
    content = "\x1f".join((publication.casefold(), title, text))
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def url_key(url: str) -> str:
    """Return what two addresses of one page have in common, or "" where there is no web address of a page.

    Scheme, ``www.``, port, fragment, trailing slash and tracking parameters are ignored; all other parameters count.
    The address of a whole site is none of a page: some sites and feeds give it to each of their articles, which would
    take each other's place.
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
    path = parts.path.rstrip("/")
    return host + path + query if path or query else ""


def storable(text: str) -> str:
    """Replace what UTF-8 and SQLite cannot hold: lone surrogates and NUL."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
