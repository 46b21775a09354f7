"""Small articles, hits and spans for the tests of ``qa``, and the bundled reader, loaded once."""

from collections.abc import Sequence
from datetime import date

import pytest

from index.records import Article, Chunk, Paragraph, ParagraphKind
from qa.reader import Reader
from qa.records import Hit, Span


def make_article(
    *paragraphs: str,
    id: str = "a1",
    title: str = "",
    publication: str = "Harbour Times",
    published: date | None = date(2023, 10, 5),
    authors: tuple[str, ...] = ("Ann Lee",),
) -> Article:
    """Return an article with these body paragraphs, joined by blank lines."""
    placed, at = [], 0
    for text in paragraphs:
        placed.append(Paragraph(at, at + len(text), ParagraphKind.BODY))
        at += len(text) + 2
    return Article(
        id=id,
        text="\n\n".join(paragraphs),
        paragraphs=tuple(placed),
        title=title,
        deck="",
        publication=publication,
        authors=authors,
        agency="",
        place="",
        section="",
        published=published,
        url=f"https://example.org/{id}",
        source=f"{id}.txt",
    )


def make_hit(article: Article, passage: str = "", id: int = 1, score: float = 1.0) -> Hit:
    """Return a hit on ``passage``, which must be part of the article; "" for the whole text."""
    start = article.text.index(passage)
    end = start + len(passage) if passage else len(article.text)
    return Hit(Chunk(id, article.id, start, end), article, score)


def make_span(hit: Hit, words: str, span_logit: float = 4.0, null_logit: float = 1.0) -> Span:
    """Return the span of the first ``words`` in a hit."""
    start = hit.article.text.index(words, hit.chunk.start)
    return Span(hit, start, start + len(words), span_logit, null_logit)


def best(spans: Sequence[Span]) -> Span:
    """Return the span the reader prefers."""
    return max(spans, key=lambda span: span.margin)


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The bundled reader."""
    return Reader.load(threads=1)
