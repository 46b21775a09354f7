"""Filters: names as people write them, and the few articles that a filter leaves of many."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import catalog_counts as counts
from index import catalog_reads as reads
from index.catalog import Catalog
from index.errors import LibraryError
from index.filters import authors_of, is_author, same_name
from index.library import Library
from index.records import AddStatus, Draft, Filters
from tests.unit.index.library_fakes import draft, open_library

MANY = 3000
RARE = 10


@pytest.mark.parametrize(
    ("wanted", "author", "fits"),
    [
        ("Ann Reed", "Ann Reed", True),
        ("ann  reed", "Ann Reed", True),
        ("Reed", "Ann Reed", True),
        ("reed", "Ann Reed Jr.", True),
        ("Ann Reed Jr", "Ann Reed Jr.", True),
        ("Ann", "Ann Reed", False),
        ("Ree", "Ann Reed", False),
        ("Ann Reed", "Mary Ann Reed", False),
        ("Obrador", "Andrés López Obrador", True),
        ("Lopez Obrador", "Andrés López Obrador", False),
        ("andres lopez obrador", "Andrés López Obrador", True),
        ("Berg", "Eva van den Berg", True),
        ("Van den Berg", "Eva van den Berg", True),
        ("den Berg", "Eva van den Berg", True),
        ("van", "Eva van den Berg", False),
        ("Le", "Le", True),
        ("OBrien", "Conor O’Brien", True),
        ("reuters", "Reuters", True),
        ("", "Ann Reed", False),
        ("", "", False),
    ],
)
def test_is_author(wanted: str, author: str, fits: bool) -> None:
    assert is_author(wanted, author) is fits


@given(st.text(max_size=20), st.text(max_size=20))
def test_names_fit_themselves_and_the_order_does_not_matter(one: str, other: str) -> None:
    assert same_name(one, one)
    assert same_name(one, other) == same_name(other, one)
    assert is_author(one, one) == bool(one.strip(" .’'‘`") and not same_name(one, ""))


def test_authors_that_cannot_be_read_are_told() -> None:
    assert authors_of('["Ann Lee", "Bo"]') == ("Ann Lee", "Bo")
    for damaged in ("[", "3"):
        with pytest.raises(LibraryError, match="cannot be read"):
            authors_of(damaged)


def _tiny(number: int) -> Draft:
    rare = number % (MANY // RARE) == 7
    return Draft(
        f"Notice {number}: the fair opens at noon on the green, with music and a market until the evening.",
        f"{number}.txt",
        title=f"Notice {number}",
        publication="The Rare Été" if rare else f"Paper {number % 20}",
        authors=(f"Writer {number}", "Zoë van der Rare") if rare else (f"Writer {number}", "Common Name"),
        section="Échecs" if rare else "News",
        published=date(2001, 5, 5) if rare else date(2023, 1, 1 + number % 28),
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Some thousand articles, ten of which are different from all others in publication, author, section and date."""
    with open_library(tmp_path_factory.mktemp("many")) as library:
        assert all(result.status is AddStatus.ADDED for result in library.add(_tiny(n) for n in range(MANY)))
        yield library


@pytest.mark.parametrize(
    "filters",
    [
        Filters(authors=("rare",)),
        Filters(authors=("ZOE VAN DER RARE", "nobody")),
        Filters(sections=("echecs",)),
        Filters(publications=("the rare ete",)),
        Filters(until=date(2001, 5, 5)),
        Filters(("The Rare Été",), date(2001, 5, 5), date(2001, 5, 5), ("van der rare",), ("Échecs", "Other")),
    ],
)
def test_a_filter_that_leaves_ten_of_thousands_finds_all_ten(many: Library, filters: Filters) -> None:
    vector = many.embedder.embed(["fair on the green"])[0]
    for found in (many.search_dense(vector, 50, filters), many.search_keyword("fair on the green", 50, filters)):
        articles = many.articles_by_id(chunk.article_id for chunk in many.chunks(i for i, _ in found).values())
        assert len(articles) == RARE
        assert {a.section for a in articles.values()} == {"Échecs"}
        scores = [score for _, score in found]
        assert scores == sorted(scores, reverse=True)
    assert len(many.search_keyword("fair on the green", 3, filters)) == 3
    assert len(many.articles(filters)) == many.stats(filters).articles == RARE
    assert many.stats(filters).publications == ("The Rare Été",)


def test_filtered_keyword_search_scores_as_without_a_filter(many: Library) -> None:
    everywhere = dict(many.search_keyword("notice 7", MANY))
    filtered = many.search_keyword("notice 7", MANY, Filters(authors=("Writer 7",)))
    assert len(filtered) == 1
    for chunk_id, score in filtered:
        assert score == everywhere[chunk_id]


def test_fields_are_combined_with_and(many: Library) -> None:
    assert many.stats(Filters(authors=("Writer 7",), sections=("News",))).articles == 0
    assert many.stats(Filters(authors=("Writer 7", "Writer 8"))).articles == 2
    assert many.stats(Filters(authors=("Writer 7", "Writer 8"), sections=("News",))).articles == 1
    assert many.search_keyword("fair", 5, Filters(authors=("no such",))) == []


def test_names_with_counts_are_alphabetical_and_spellings_are_one(tmp_path: Path) -> None:
    authors = [("José Ruiz", "Ann Lee"), ("Jose Ruiz",), ("José Ruiz",), (), ("Ann Lee", "Ann Lee")]
    sections = ["World", "world", "world", "", "Arts"]
    with open_library(tmp_path) as library:
        given_out = zip(authors, sections, strict=True)
        drafts = [replace(draft(n), authors=a, section=s) for n, (a, s) in enumerate(given_out)]
        assert len(list(library.add(drafts))) == len(drafts)
    with closing(Catalog(tmp_path)) as catalog, catalog.reading() as connection:
        assert list(counts.read_authors(connection).items()) == [("Ann Lee", 2), ("José Ruiz", 3)]
        assert list(counts.read_sections(connection).items()) == [("Arts", 1), ("world", 3)]
        assert counts.read_stats(connection, Filters(sections=("World",))).articles == 3
        assert counts.read_stats(connection, Filters(sections=("",))).articles == 1


def test_a_replaced_article_is_neither_counted_nor_found(tmp_path: Path) -> None:
    url = "https://example.org/a"
    with open_library(tmp_path) as library:
        first = replace(draft(1, url=url), authors=("Old Hand",))
        assert len(list(library.add([first, replace(draft(2, url=url), authors=("New Hand",))]))) == 2
        assert library.stats(Filters(authors=("hand",))).articles == 1
        assert library.articles(Filters(authors=("Old Hand",))) == []


def test_dates_of_chunks(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        assert len(list(library.add([draft(1, day=date(2023, 5, 6)), draft(2)]))) == 2
        ids = [i for i, _ in library.search_keyword("council", 10)]
    with closing(Catalog(tmp_path)) as catalog, catalog.reading() as connection:
        found = reads.read_dates(connection, [*ids, 10**6])
    assert set(found) == set(ids)
    assert set(found.values()) == {date(2023, 5, 6), None}
