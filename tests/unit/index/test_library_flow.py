"""The library: what adding, removing and searching do, on a real folder with a small embedder."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.errors import ArticleNotFoundError, LibraryError, LibraryMismatchError, ModelError
from index.library import Library
from index.records import AddStatus, Draft, Failure, Filters
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library, settings

ADDED, THERE, REPLACED, FAILED = AddStatus.ADDED, AddStatus.ALREADY_THERE, AddStatus.REPLACED, AddStatus.FAILED
URL = "https://www.example.org/a"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "lib") as opened:
        yield opened
        assert opened.verify() == []


def add(library: Library, *items: Draft | Failure) -> list[AddStatus]:
    return [result.status for result in library.add(items)]


def found_by_words(library: Library, words: str, filters: Filters = Filters()) -> set[str]:
    ids = [i for i, _ in library.search_keyword(words, 100, filters)]
    return {chunk.article_id for chunk in library.chunks(ids).values()}


def found_by_vector(library: Library, words: str, filters: Filters = Filters()) -> set[str]:
    vector = library.embedder.embed([words])[0]
    ids = [i for i, _ in library.search_dense(vector, 1000, filters)]
    return {chunk.article_id for chunk in library.chunks(ids).values()}


def test_reports_are_in_order_and_one_failure_stops_nothing(library: Library) -> None:
    bad = Failure("bad.pdf", "no text")
    items: list[Draft | Failure] = [draft(1), bad, draft(2), draft(1), replace(draft(3), text=" "), draft(4)]
    results = list(library.add(items))
    assert [r.status for r in results] == [ADDED, FAILED, ADDED, THERE, FAILED, ADDED]
    assert [r.source for r in results] == ["file1.txt", "bad.pdf", "file2.txt", "file1.txt", "file3.txt", "file4.txt"]
    assert results[1].reason == "no text"
    assert results[3].article_id == results[0].article_id
    assert library.stats().articles == 3


def test_an_article_that_cannot_be_embedded_fails_alone(library: Library) -> None:
    poisoned = replace(draft(2), text=draft(2).text + " This is POISON.")
    results = list(library.add([draft(1), poisoned, draft(3)]))
    assert [r.status for r in results] == [ADDED, FAILED, ADDED]
    assert "poisoned" in results[1].reason


def test_an_article_comes_back_as_it_went_in(library: Library) -> None:
    given = replace(draft(1, url=URL, day=date(2023, 10, 5)), authors=("Ann Lee", "Bo"), deck="A deck", section="World")
    given = replace(given, agency="AP", place="PARIS")
    (result,) = library.add([given])
    article = library.article(result.article_id)
    assert article == library.article(result.article_id[:6]) == library.articles_by_id([article.id])[article.id]
    assert (article.authors, article.published, article.url) == (("Ann Lee", "Bo"), date(2023, 10, 5), URL)
    assert (article.deck, article.section, article.agency, article.place) == ("A deck", "World", "AP", "PARIS")
    assert article.text == given.text
    assert [article.text[p.start : p.end] for p in article.paragraphs] == given.text.split("\n\n")


def test_chunks_are_slices_of_the_article(library: Library) -> None:
    add(library, draft(1))
    hits = library.search_keyword("opponents", 10)
    assert len(hits) == 1
    (chunk,) = library.chunks([hits[0][0], 10_000]).values()
    assert "Opponents of the plan" in library.article(chunk.article_id).text[chunk.start : chunk.end]


def test_a_newer_version_replaces_the_older(library: Library) -> None:
    old = draft(1, "an aquarium", url=URL + "?utm_source=x", day=date(2023, 1, 1))
    new = draft(2, "a lighthouse", url="http://example.org/a/", day=date(2023, 1, 2))
    (first,), (second,) = library.add([old]), library.add([new])
    assert (second.status, second.reason) == (REPLACED, "the version from file1.txt")
    assert found_by_words(library, "aquarium") == set()
    assert found_by_words(library, "lighthouse") == {second.article_id}
    assert found_by_vector(library, "aquarium") == {second.article_id}
    assert library.article(first.article_id).title == "Town 1 votes"
    (again,) = library.add([old])
    assert (again.status, again.reason) == (THERE, "a newer version is here")
    assert [s.id for s in library.articles()] == [second.article_id]


def test_an_older_version_does_not_replace_a_newer(library: Library) -> None:
    add(library, draft(2, url=URL, day=date(2023, 1, 2)))
    (result,) = library.add([draft(1, url=URL, day=date(2023, 1, 1))])
    assert (result.status, result.reason) == (THERE, "a newer version is here")


def test_versions_in_one_batch(library: Library) -> None:
    assert add(library, *[draft(n, url=URL) for n in (1, 2, 3)]) == [ADDED, REPLACED, REPLACED]
    assert [s.title for s in library.articles()] == ["Town 3 votes"]


def test_removal_takes_the_replaced_versions_along(library: Library) -> None:
    results = list(library.add(draft(n, url=URL) for n in (1, 2)))
    library.remove(results[1].article_id[:8])
    assert library.articles_by_id(r.article_id for r in results) == {}
    assert library.stats().chunks == 0


def test_a_removal_shows_at_once_in_another_open_library(library: Library) -> None:
    first, second = library.add([draft(1), draft(2)])
    with open_library(library.folder) as other:
        assert found_by_vector(other, "vote") == {first.article_id, second.article_id}
        held = [i for i, _ in other.search_keyword("vote", 100)]
        library.remove(first.article_id)
        assert found_by_vector(other, "vote") == found_by_words(other, "vote") == {second.article_id}
        assert {c.article_id for c in other.chunks(held).values()} == {second.article_id}
        with pytest.raises(ArticleNotFoundError, match=r"index list"):
            other.article(first.article_id)


def test_an_addition_shows_at_once_in_another_open_library(library: Library) -> None:
    with open_library(library.folder) as other:
        assert found_by_vector(other, "vote") == set()
        (result,) = library.add([draft(1)])
        assert found_by_vector(other, "vote") == found_by_words(other, "vote") == {result.article_id}


def test_a_filter_that_leaves_few_still_finds_them(library: Library) -> None:
    add(library, *[draft(n) for n in range(1, 60)])
    (rare,) = library.add([draft(99, publication="The Rare", day=date(2023, 5, 5))])
    vector = library.embedder.embed(["town 3"])[0]
    for filters in (
        Filters(publications=("the rare",)),
        Filters(since=date(2023, 5, 5)),
        Filters(until=date(2023, 5, 5)),
    ):
        hits = library.chunks(i for i, _ in library.search_dense(vector, 3, filters))
        assert {c.article_id for c in hits.values()} == found_by_words(library, "vote", filters) == {rare.article_id}
        assert library.stats(filters).articles == 1
    assert library.search_dense(vector, 3, Filters(publications=("No such",))) == []
    assert library.publications() == {"The Daily": 59, "The Rare": 1}


def test_dense_search_is_exact(library: Library) -> None:
    add(library, *[draft(n) for n in range(1, 20)])
    vector = library.embedder.embed(["Mayor Ann Reed town 7"])[0]
    hits = library.search_dense(vector, 5)
    scores = [score for _, score in hits]
    assert scores == sorted(scores, reverse=True)
    assert len(hits) == 5
    chunk = library.chunks([hits[0][0]])[hits[0][0]]
    article = library.article(chunk.article_id)
    again = library.embedder.embed([f"{article.title}\n{article.text[chunk.start : chunk.end]}"])[0]
    assert float(again @ vector) == pytest.approx(scores[0], abs=2e-3)


def test_list_is_newest_first_and_searchable(library: Library) -> None:
    days = {1: date(2023, 1, 1), 2: None, 3: date(2023, 3, 3)}
    add(library, *[draft(n, day=day) for n, day in days.items()])
    assert [s.title for s in library.articles()] == ["Town 3 votes", "Town 1 votes", "Town 2 votes"]
    assert [s.title for s in library.articles(limit=1, offset=1)] == ["Town 1 votes"]
    assert [s.title for s in library.articles(search="town 3")] == ["Town 3 votes"]
    assert len(library.articles(search="daily")) == len(library.articles(search="oppon")) == 3
    assert library.articles(search="100%") == library.articles(search="nothing") == []
    assert library.articles()[0].words == len(draft(3).text.split())
    assert (library.stats().first, library.stats().last) == (days[1], days[3])


def test_ids_that_are_none(library: Library) -> None:
    add(library, draft(1))
    for wrong in ("", "abc", "ffffffff", "*" * 8, "' OR 1=1 --"):
        with pytest.raises(ArticleNotFoundError):
            library.article(wrong)


def test_export_and_add_give_the_same_articles(library: Library, tmp_path: Path) -> None:
    from index.sources import Limits, read_paths

    given = replace(
        draft(1, url=URL, day=date(2023, 1, 1)), authors=("Ann Lee", "Bo Ek"), deck="It was late", place="X"
    )
    marked = "A page has a <p>, a </p> and <b>words</b> in it, as &amp; is shown.\n\nBy Ann Lee\n\nMay 3, 2023\n\n"
    odd = replace(
        draft(5, publication="", url=f"{URL}/5"), text=marked + draft(5).text, title="<b>Bold</b> &amp; new | CNN"
    )
    add(library, given, draft(2), draft(3, publication=""), draft(4, url=URL), odd, replace(draft(6), title=""))
    file = tmp_path / "export.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in library.export()), "utf-8")
    with open_library(tmp_path / "copy") as copy:
        assert add(copy, *read_paths([file], Limits())) == [ADDED] * 5
        ids = [s.id for s in library.articles()]
        assert {s.id for s in copy.articles()} == set(ids)
        for before, after in zip(library.articles_by_id(ids).values(), copy.articles_by_id(ids).values(), strict=True):
            assert replace(after, source="") == replace(before, source="")


def test_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"python -m index add PATH --library .*nowhere"):
        open_library(tmp_path / "nowhere", create=False)
    assert not (tmp_path / "nowhere").exists()


def test_another_embedder_or_chunking_is_refused_and_rebuild_mends_it(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        list(library.add(draft(n) for n in range(1, 40)))
        before = library.stats().chunks
    for embedder, tokens, said in ((WordEmbedder("other", 24), 40, "'fake'.*'other'"), (None, 60, "40.*60")):
        with pytest.raises(LibraryMismatchError, match=said + r"(.|\n)*index rebuild --library"):
            open_library(tmp_path, embedder=embedder, chunk_tokens=tokens)
    other = WordEmbedder("other", 24)
    seen: list[tuple[int, int]] = []
    with Library.open(tmp_path, other, settings(80), check=False) as library:
        library.rebuild(lambda done, of: seen.append((done, of)))
        assert library.verify() == []
        assert library.stats().chunks < before
    assert seen[-1] == (39, 39)
    with open_library(tmp_path, embedder=other, chunk_tokens=80) as library:
        assert len(library.search_dense(other.embed(["town"])[0], 5)) == 5


def test_a_running_app_refuses_vectors_of_another_embedder(tmp_path: Path) -> None:
    with open_library(tmp_path) as running:
        list(running.add([draft(1)]))
        with Library.open(tmp_path, WordEmbedder("other", 24), settings(), check=False) as library:
            library.rebuild()
        with pytest.raises(LibraryMismatchError):
            running.search_dense(np.ones(16, dtype=np.float32), 5)
        with pytest.raises(LibraryMismatchError):
            list(running.add([draft(2)]))


def test_the_embedder_is_loaded_only_when_needed(tmp_path: Path) -> None:
    def refuse() -> WordEmbedder:
        raise ModelError("not now")

    with open_library(tmp_path) as library:
        (result,) = library.add([draft(1)])
    with Library.open(tmp_path, refuse, settings()) as library:
        assert next(library.add([draft(1)])).status is THERE
        assert library.articles(search="town") and library.search_keyword("mayor", 5) and library.verify() == []
        with pytest.raises(ModelError, match="not now"):
            list(library.add([draft(2)]))
        library.remove(result.article_id)
