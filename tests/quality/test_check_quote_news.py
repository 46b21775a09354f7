"""Quotations of the development articles, as they stand and changed by a seed, checked against all of them.

The articles are read from ../shared; without them these tests are skipped. No model is needed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.library import Library
from index.records import Article, Filters, StatementKind
from index.sources import Limits, read_paths
from index.statements import statements
from qa.check_quote import check_quote
from qa.quote_records import QuoteCheck, QuoteStatus
from tests.unit.index.library_fakes import open_library

pytestmark = pytest.mark.quality

# All of 88 quotations with a fifth of their words changed were told. Only ever raised.
LEAST_ALTERED = 0.95
SAMPLE = 25


@dataclass(frozen=True)
class Said:
    """A quotation of an article."""

    article: Article
    speaker: str
    words: str


@pytest.fixture(scope="module")
def library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("quotations")
    with open_library(folder, chunk_tokens=200, chunk_overlap=40) as library:
        list(library.add(read_paths([shared / "data" / "news-dev" / "articles.json"], Limits())))
        yield library


@pytest.fixture(scope="module")
def said(library: Library) -> list[Said]:
    articles = [library.article(summary.id) for summary in library.articles()]
    found = [
        Said(article, statement.speaker, " ".join(article.text[start:end] for start, end in statement.spans))
        for article in articles
        for statement in statements(article)
        if statement.kind is StatementKind.DIRECT
    ]
    # A sign of the writer's own is tested elsewhere; here every word counts.
    plain = [one for one in found if not set("“[…") & set(one.words) and len(one.words.split()) > 6]
    return random.Random(3).sample(plain, SAMPLE)  # noqa: S311 - the same each time


def _cites(check: QuoteCheck, one: Said) -> bool:
    return any(place.article_id == one.article.id for place in check.places)


def test_every_quotation_is_verbatim_and_its_speakers(library: Library, said: list[Said]) -> None:
    checks = [(one, check_quote(library, f"“{one.words}”", one.speaker)) for one in said]
    assert [
        one.words for one, check in checks if check.status is not QuoteStatus.VERBATIM or not _cites(check, one)
    ] == []


def test_every_quotation_given_to_another_is_told(library: Library, said: list[Said]) -> None:
    named = [one for one in said if one.speaker]
    checks = [(one, check_quote(library, one.words, "Zebulon Quist")) for one in named]
    assert [one.words for one, check in checks if check.status is not QuoteStatus.OTHER_SPEAKER] == []


def test_changed_quotations_are_altered(library: Library, said: list[Said]) -> None:
    draw = random.Random(7)  # noqa: S311 - a test is to be the same each time
    checks = [(one, check_quote(library, _changed(draw, one.words, said))) for one in said]
    right = sum(check.status is QuoteStatus.ALTERED and _cites(check, one) for one, check in checks)
    assert right / len(said) >= LEAST_ALTERED


def test_quotations_of_other_publications_are_not_found(library: Library, said: list[Said]) -> None:
    """Each is looked for in the articles of all publications but its own."""
    publications = library.publications()
    wrong = []
    for one in said:
        others = tuple(name for name in publications if name != one.article.publication)
        check = check_quote(library, one.words, filters=Filters(publications=others))
        wrong += [one.words] if check.status is not QuoteStatus.NOT_FOUND else []
    assert wrong == []


def _changed(draw: random.Random, words: str, said: list[Said]) -> str:
    """Drop or replace a fifth of the words, never the first or the last."""
    kept = words.split()
    for place in draw.sample(range(1, len(kept) - 1), max(1, len(kept) // 5)):
        kept[place] = "" if draw.random() < 0.5 else draw.choice(draw.choice(said).words.split())
    return " ".join(kept)
