"""What a web page declares about itself: title, authors, site, section, date, address."""

import json
import re
from collections import deque
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from index.article import url_key
from index.cleaning import clean_line
from index.sources.bylines import parse_authors
from index.sources.dates import parse_date

_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?:/|-|$)")
_ARTICLE_TYPES = ("article", "posting", "report")
_AUTHOR_KEYS = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author")
_DATE_KEYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "pubdate",
    "publish-date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "date",
)
_BYLINE_ELEMENTS = "//*[@rel='author' or @itemprop='author' or contains(@class,'author-name')]"
_LONGEST_NAME = 80
_MOST_AUTHORS, _MOST_TIMES = 100, 20

Metas = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class PageData:
    """Data of a page; what it does not declare is empty or None."""

    title: str = ""
    authors: tuple[str, ...] = ()
    publication: str = ""
    section: str = ""
    published: date | None = None
    url: str = ""


def read_page_data(page: str) -> PageData:
    """Read JSON-LD, meta tags, time tags and headings, in this order of trust.

    Args:
        page: The HTML.

    Returns:
        What the page declares. Nothing is guessed: a date is one that stands in the page.
    """
    from trafilatura import load_html

    try:
        tree = load_html(page.replace("\0", ""))
    except Exception:  # noqa: BLE001 - lxml raises many kinds on broken markup; then nothing is declared
        tree = None
    if tree is None:
        return PageData()
    metas, news = _metas(tree), _news_object(tree)
    # The address of the whole site, which some declare on each of their pages, only where there is no other.
    links = [link for link in (_first(tree, "//link[@rel='canonical']/@href"), _one(metas, "og:url")) if link]
    url = next((link for link in links if url_key(link)), "".join(links[:1]))
    return PageData(
        title=_title(tree, metas, news),
        authors=_authors(tree, metas, news),
        publication=_one(metas, "og:site_name", "application-name") or _text_of(news.get("publisher")),
        section=_one(metas, "article:section", "section") or _text_of(news.get("articleSection")),
        published=_published(tree, metas, news),
        url=url if url.startswith(("http://", "https://")) else "",
    )


def date_in_url(url: str) -> date | None:
    """Read the date that many news sites put into the path: "/2022/05/16/"."""
    try:
        match = _URL_DATE.search(urlsplit(url).path.lower())
    except ValueError:
        return None
    if not match:
        return None
    year, month, day = match.groups()
    return parse_date(f"{year}-{int(month):02}-{int(day):02}" if month.isdigit() else f"{day} {month} {year}")


def _title(tree: Any, metas: Metas, news: dict[str, Any]) -> str:  # noqa: ANN401 - an lxml tree has no types here
    headings = tree.xpath("//h1")
    only = clean_line("".join(headings[0].itertext())) if len(headings) == 1 else ""
    return _text_of(news.get("headline")) or _one(metas, "og:title", "twitter:title") or only or _first(tree, "//title")


def _authors(tree: Any, metas: Metas, news: dict[str, Any]) -> tuple[str, ...]:  # noqa: ANN401
    declared = _people(news.get("author"))
    for key in _AUTHOR_KEYS:
        declared = declared or [
            name for name in metas.get(key, [])[:_MOST_AUTHORS] if not name.startswith(("http", "/", "@"))
        ]
    declared = declared or [_first(tree, _BYLINE_ELEMENTS)]
    names = (name for value in declared for name in parse_authors(value))
    return tuple(dict.fromkeys(name for name in names if len(name) < _LONGEST_NAME))


def _published(tree: Any, metas: Metas, news: dict[str, Any]) -> date | None:  # noqa: ANN401
    values: list[object] = [news.get("datePublished"), *(_one(metas, key) for key in _DATE_KEYS)]
    times = tree.xpath("//time[@datetime][not(ancestor::aside or ancestor::nav or ancestor::footer)]")
    marked = [time for time in times if time.get("pubdate") is not None or time.get("itemprop") == "datePublished"]
    marked += [time for time in times if any(a.tag in ("article", "header") for a in time.iterancestors())][:1]
    # Of several time tags outside the article, none is known to be its own: they date other stories.
    marked += times if len(times) == 1 else []
    values += [time.get("datetime") for time in marked[:_MOST_TIMES]]
    return next((day for day in map(parse_date, values) if day), None)


def _metas(tree: Any) -> Metas:  # noqa: ANN401
    metas: Metas = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        value = clean_line(element.get("content") or "")
        if key and value:
            metas.setdefault(key, []).append(value)
    return metas


def _one(metas: Metas, *keys: str) -> str:
    return next((metas[key][0] for key in keys if key in metas), "")


def _first(tree: Any, path: str) -> str:  # noqa: ANN401
    found = tree.xpath(path)
    if not found:
        return ""
    return clean_line("".join(found[0].itertext()) if hasattr(found[0], "itertext") else str(found[0]))


def _news_object(tree: Any) -> dict[str, Any]:  # noqa: ANN401
    """Find the article among the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            waiting = deque([json.loads(script.text or "")])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting += value
            elif isinstance(value, dict):
                if _is_article(value.get("@type")):
                    return value
                waiting += value["@graph"] if isinstance(value.get("@graph"), list) else []
    return {}


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(word in one.lower() for one in kinds if isinstance(one, str) for word in _ARTICLE_TYPES)


def _text_of(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    while isinstance(value, list):
        value = value[0] if value else ""
    return clean_line(value) if isinstance(value, str) else ""


def _people(value: object) -> list[str]:
    values = value[:_MOST_AUTHORS] if isinstance(value, list) else [value]
    return [name for name in map(_text_of, values) if name and not name.startswith("http")]
