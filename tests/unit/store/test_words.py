"""Words in Milvus: an inner product that is bm25, and counts of a large library."""

import math
from datetime import date

import pytest

from index.milvus.articles import Articles
from index.milvus.client import Tables
from index.milvus.store import MilvusLibrary
from index.milvus.words import WordVectors, weigh
from index.records import Filters
from tests.unit.index.library_fakes import WordEmbedder, draft, settings

PASSAGES = [
    ("Old harbour", "A ferry and a ferry."),
    ("", "The bridge near the harbour wall is shut."),
    ("Bridge", "Shut."),
]


def score(question: str, passage: tuple[str, str]) -> float:
    """The inner product of a question with one of the passages, counted by hand."""
    words = WordVectors(chunk_tokens=200)
    vectors = [words.of_passage(*each) for each in PASSAGES]
    holding = {word: sum(word in vector for vector in vectors) for vector in vectors for word in vector}
    asked = weigh(words.of_question(question), holding, len(PASSAGES))
    vector = vectors[PASSAGES.index(passage)]
    return sum(weight * vector.get(word, 0.0) for word, weight in asked.items())


def bm25(count: int, length: int, usual: float, holding: int) -> float:
    idf = math.log(1 + (len(PASSAGES) - holding + 0.5) / (holding + 0.5))
    return idf * 2.2 * count / (count + 1.2 * (0.25 + 0.75 * length / usual))


def test_the_product_is_bm25_of_text_and_half_that_of_the_headline() -> None:
    assert score("ferries", PASSAGES[0]) == pytest.approx(bm25(2, 5, 125, 1))
    assert score("the bridges", PASSAGES[1]) == pytest.approx(bm25(1, 8, 125, 1))
    assert score("the bridges", PASSAGES[2]) == pytest.approx(0.5 * bm25(1, 1, 11, 1))
    both = bm25(1, 8, 125, 1) + bm25(1, 8, 125, 1)
    assert score("harbour bridge", PASSAGES[1]) == pytest.approx(both)
    assert score("zeppelin", PASSAGES[0]) == 0


def test_words_of_several_parts_are_found_as_one() -> None:
    words = WordVectors(chunk_tokens=200)
    for question, text, found in (
        ("US embassy", "The U.S. embassy", True),
        ("anti-noise wall", "Anti-noise rules", True),
        ("Biden's plan", "What Biden plans", True),
        ("anti-noise", "No noise, he is anti it", False),
        ("covid-19", "19 cases of covid", False),
    ):
        vector = words.of_passage("", text)
        terms = [term for term in words.of_question(question) if term.dimension in vector]
        assert bool(terms) == found, question
        assert all(part in vector for term in terms for part in term.parts)


def test_a_passage_without_words_has_a_vector() -> None:
    assert WordVectors(200).of_passage("", "…") == {0: 1.0}


def test_a_large_library_is_counted_and_listed_without_reading_all_of_it(address: str) -> None:
    days = [date(2023, 5, 1 + n % 7) for n in range(24)]
    with MilvusLibrary.open(address, WordEmbedder(), settings(), create=True) as library:
        list(library.add(draft(n, day=day if n else None, publication=f"Paper {n % 2}") for n, day in enumerate(days)))
        chunks, exact = library._meta.state().chunks, library.stats()
        tables = Tables(address, create=False)
        large = Articles(tables, many=10)
        assert large.count(Filters(), chunks) == exact
        since = Filters(since=date(2023, 5, 4))
        assert large.count(since, chunks) == library.stats(since)
        listed = library.articles()
        for limit, offset in ((1, 0), (5, 3), (20, 10)):
            assert large.listed(Filters(), "", (), limit, offset) == listed[offset : offset + limit]
        sampled = large.publications()
        assert sum(sampled.values()) == pytest.approx(24, abs=2)
        tables.close()
