"""One row of data (JSON object, CSV line, front matter) as a draft."""

import html
import re
from collections.abc import Mapping
from itertools import islice
from urllib.parse import urlsplit

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.records import AS_WRITTEN, Draft
from index.sources.bylines import parse_authors
from index.sources.dates import parse_date
from index.sources.newspage import complete

# The first name of each list is the column's own; the others are what exports of other programs call it.
TEXT = (
    "text",
    "body",
    "content",
    "articlebody",
    "articletext",
    "article",
    "fulltext",
    "maintext",
    "story",
    "paragraphs",
)
TITLE = ("title", "headline", "heading")
PUBLICATION = ("publication", "outlet", "publisher", "sitename", "newspaper", "source")
PUBLISHED = (
    "published",
    "publishedat",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "pubdate",
    "datepublished",
    "date",
    "timestamp",
)
AUTHORS = ("authors", "author", "byline", "by", "writer", "creator")
URL = ("url", "link", "href", "canonicalurl", "weburl")
DECK = ("deck", "dek", "subtitle", "subheadline", "standfirst")
SECTION = ("section", "category")
_COLUMNS = frozenset(TEXT + TITLE + PUBLICATION + PUBLISHED + AUTHORS + URL)
# No headline or name comes near; the patterns that take them apart are made for short lines.
_LONGEST_FIELD, _LONGEST_URL, _LONGEST_KEY = 2000, 4000, 100
_MOST_AUTHORS = 100
_MARKUP = re.compile(r"</(?:p|div|li|h\d|span|a|em|strong|b|i)>|<(?:p|br)\s*/?>", re.IGNORECASE)


def has_known_column(names: list[str]) -> bool:
    """True where at least one of ``names`` is a column an article may have, by any of its names."""
    return any(_key(name) in _COLUMNS for name in names)


def draft_from_row(row: Mapping[str, object], source: str) -> Draft:
    """Make a draft of a row; columns are known by several usual names, whatever their case.

    Args:
        row: Column name to value.
        source: Name for the report.

    Returns:
        The draft; what the columns leave open is filled from the first lines of the text.

    Raises:
        SourceError: The row holds no text, or one that is nested too deeply.
    """
    try:
        return _draft(row, source)
    except RecursionError as error:
        raise SourceError("The row is nested too deeply; put its text into one column.") from error


def _draft(row: Mapping[str, object], source: str) -> Draft:
    values = {_key(name): value for name, value in row.items()}
    if row.get(AS_WRITTEN) is True:
        return _as_written(values, source)
    text = _text(_first(values, TEXT))
    if not clean_text(text[:1000]) and not clean_text(text):
        raise SourceError(f"The row has no text; a column named '{TEXT[0]}' (or {', '.join(TEXT[1:4])}) is needed.")
    url = _field(_first(values, URL), _LONGEST_URL)
    return complete(
        Draft(
            text=text,
            source=source,
            title=_plain(_field(_first(values, TITLE))),
            deck=_plain(_field(_first(values, DECK))),
            publication=_publication(values, url),
            authors=_authors(_first(values, AUTHORS)),
            agency=_field(values.get("agency")),
            place=_field(values.get("place")),
            section=_field(_first(values, SECTION)),
            published=parse_date(_first(values, PUBLISHED)),
            url=url if _is_web_address(url) else "",
        )
    )


def _as_written(values: Mapping[str, object], source: str) -> Draft:
    """Make a draft of an article of another library, of which nothing is to be made out any more."""
    names, url = values.get(AUTHORS[0]), _field(values.get(URL[0]), _LONGEST_URL)
    return Draft(
        text=_string(values.get(TEXT[0])),
        source=source,
        title=_field(values.get(TITLE[0])),
        deck=_field(values.get(DECK[0])),
        publication=_field(values.get(PUBLICATION[0])),
        authors=tuple(_field(name) for name in names[:_MOST_AUTHORS]) if isinstance(names, list) else (),
        agency=_field(values.get("agency")),
        place=_field(values.get("place")),
        section=_field(values.get(SECTION[0])),
        published=parse_date(values.get(PUBLISHED[0])),
        url=url if _is_web_address(url) else "",
    )


def _is_web_address(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def host_of(url: str) -> str:
    """Name the site of a web address without "www."; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _key(name: object) -> str:
    return re.sub(r"[\W_]", "", str(name)[:_LONGEST_KEY]).lower()


def _first(values: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((values[name] for name in names if values.get(name) not in (None, "", [], {})), None)


def _string(value: object) -> str:
    """Turn a cell into text; NewsAPI and JSON-LD give {"name": …} for outlets and people."""
    if isinstance(value, Mapping):
        return _string(value.get("name") or value.get("title") or "")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_string, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def _field(value: object, most: int = _LONGEST_FIELD) -> str:
    return _string(value)[:most]


def _plain(text: str) -> str:
    return clean_line(html.unescape(re.sub(r"</?[a-z][^<>]*>", "", text)))


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "\n\n".join(filter(None, (_text(part) for part in value)))
    elif isinstance(value, Mapping):
        value = _text(_first({_key(name): part for name, part in value.items()}, TEXT))
    text = _string(value)
    if len(list(islice(_MARKUP.finditer(text), 2))) > 1:
        from index.sources.webpage import markup_to_text

        return markup_to_text(text)
    return text


def _publication(values: Mapping[str, object], url: str) -> str:
    # An export of our own has both columns, and there "source" is a file name.
    names = PUBLICATION if PUBLICATION[0] not in values else PUBLICATION[:-1]
    return _plain(_field(_first(values, names))) or host_of(url)


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(
            dict.fromkeys(name for name in (clean_line(_field(item)) for item in value[:_MOST_AUTHORS]) if name)
        )
    return parse_authors(_plain(_field(value)))
