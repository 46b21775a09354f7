"""Articles as rows, and filters as conditions on rows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from index.article import url_key
from index.filters import author_keys, authors_of, name_key
from index.milvus.client import Row, both, quoted
from index.milvus.schema import (
    LIVE,
    LONGEST,
    LONGEST_KEY,
    MOST_VALUES,
    NO_VECTOR,
    NOTHING,
    PIECE_CHARACTERS,
    REPLACED,
    row_id,
)  # fmt: skip
from index.names import fold
from index.records import Article, ArticleSummary, Filters, Paragraph, ParagraphKind, Version

SUMMARY = ("title", "publication", "authors", "day", "url", "source", "words")
WHOLE = (*SUMMARY, "section", "pieces", "state")
ALL = (
    *WHOLE, "replaced_by", "touched", "added", "url_key", "searched", "passages", "said",
    "publication_key", "section_key", "author_keys", "fingerprints",
)  # fmt: skip
VERSION = ("title", "day", "source", "words", "added", "replaced_by")
FILTERED = ("day", "publication_key", "section_key", "author_keys")
_SECOND = 1_000_000_000
_IN_ROWS = ("title", "publication", "section", "url", "source")

# Articles that are searched; only the rows of articles have a state.
IS_LIVE = f"state == {LIVE}"


@dataclass(frozen=True, slots=True)
class Parts:
    """How many rows of each kind an article has; their ids follow from its own and their numbers."""

    pieces: int
    passages: int
    said: int

    @classmethod
    def of(cls, row: Row) -> "Parts":
        """Read the row of an article."""
        return cls(row["pieces"], row["passages"], row["said"])


def piece_ids(article_id: str, count: int) -> list[int]:
    """Return the ids of the pieces of an article's text, in order."""
    return [row_id("piece", article_id, number) for number in range(count)]


def chunk_ids(article_id: str, count: int, first: int = 0) -> list[int]:
    """Return the ids of an article's passages, in order."""
    return [row_id("chunk", article_id, number) for number in range(first, count)]


def statement_ids(article_id: str, count: int) -> list[int]:
    """Return the ids of an article's statements, in text order."""
    return [row_id("statement", article_id, number) for number in range(count)]


def too_long(article: Article) -> str:
    """Return why an article cannot be stored, or ""."""
    authors = json.dumps(article.authors, ensure_ascii=False)
    for name, text in (*((name, getattr(article, name)) for name in _IN_ROWS), ("authors", authors)):
        if len(text.encode()) > LONGEST:
            return f"has a field '{name}' of more than {LONGEST:,} bytes, the most that Milvus keeps"
    return ""


def piece_rows(article: Article) -> list[Row]:
    """Return what only whoever reads an article needs of it, cut into rows that Milvus takes."""
    body = json.dumps(
        {
            "text": article.text,
            "deck": article.deck,
            "agency": article.agency,
            "place": article.place,
            "paragraphs": [[p.start, p.end, p.kind.value] for p in article.paragraphs],
        },
        ensure_ascii=False,
    )
    cut = [body[first : first + PIECE_CHARACTERS] for first in range(0, len(body), PIECE_CHARACTERS)]
    ids = piece_ids(article.id, len(cut))
    return [{"id": i, "body": piece, NO_VECTOR: NOTHING} for i, piece in zip(ids, cut, strict=True)]


def article_row(article: Article, parts: Parts, fingerprints: dict[int, float]) -> Row:
    """Return the row of an article, but for its state and times."""
    searched = "\n".join((article.title, article.publication, *article.authors))
    return {
        "id": article.id,
        **{name: getattr(article, name) for name in _IN_ROWS},
        "authors": json.dumps(article.authors, ensure_ascii=False),
        "url_key": url_key(article.url),
        "searched": fold(searched)[: LONGEST // 4],
        "words": len(article.text.split()),
        "pieces": parts.pieces,
        "passages": parts.passages,
        "said": parts.said,
        "fingerprints": fingerprints or {0: 1.0},
        **filtered(article),
    }


def filtered(article: Article) -> Row:
    """Return the fields by which the rows of an article are filtered."""
    keys = sorted({key[:LONGEST_KEY] for name in article.authors for key in author_keys(name)})
    return {
        "day": article.published.toordinal() if article.published else 0,
        "publication_key": _key(article.publication),
        "section_key": _key(article.section),
        "author_keys": keys[:MOST_VALUES],
    }


def condition(filters: Filters) -> str:
    """Return the condition on an article's, passage's or statement's row that filters stand for; "" for none."""
    conditions = []
    if filters.publications:
        conditions.append(f"publication_key in {quoted(map(_key, filters.publications))}")
    if filters.authors:
        conditions.append(f"ARRAY_CONTAINS_ANY(author_keys, {quoted(map(_key, filters.authors))})")
    if filters.sections:
        conditions.append(f"section_key in {quoted(map(_key, filters.sections))}")
    if filters.since or filters.until:
        conditions.append(f"day >= {filters.since.toordinal() if filters.since else 1}")
    if filters.until:
        conditions.append(f"day <= {filters.until.toordinal()}")
    return both(*conditions)


def _key(name: str) -> str:
    return name_key(name)[:LONGEST_KEY]


def article_of(row: Row, bodies: Iterable[str]) -> Article:
    """Return the article of a row with the fields WHOLE and its pieces."""
    body = json.loads("".join(bodies))
    return Article(
        id=row["id"],
        text=body["text"],
        paragraphs=tuple(Paragraph(start, end, ParagraphKind(kind)) for start, end, kind in body["paragraphs"]),
        title=row["title"],
        deck=body["deck"],
        publication=row["publication"],
        authors=authors_of(row["authors"]),
        agency=body["agency"],
        place=body["place"],
        section=row["section"],
        published=day_of(row),
        url=row["url"],
        source=row["source"],
    )


def summary_of(row: Row) -> ArticleSummary:
    """Return an article without its text."""
    return ArticleSummary(
        id=row["id"],
        title=row["title"],
        publication=row["publication"],
        authors=authors_of(row["authors"]),
        published=day_of(row),
        url=row["url"],
        source=row["source"],
        words=row["words"],
    )


def version_of(row: Row, successor: Row | None) -> Version:
    """Return one of the texts of an article; ``successor`` is the row of what replaced it."""
    return Version(
        id=row["id"],
        title=row["title"],
        published=day_of(row),
        source=row["source"],
        words=row["words"],
        added_at=_moment(row["added"]),
        replaced_by=row["replaced_by"],
        replaced_at=_moment(successor["added"]) if successor else None,
    )


def day_of(row: Row) -> date | None:
    """Return the day of publication."""
    return date.fromordinal(row["day"]) if row["day"] else None


def replaced(row: Row, by: str, now: int) -> dict[str, Any]:
    """Return what changes in the row of a replaced version."""
    return {**row, "state": REPLACED, "replaced_by": by, "touched": now, "passages": 0, "said": 0}


def _moment(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds // _SECOND, UTC)
