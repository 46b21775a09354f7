"""Adding as a pipeline: what is promised of it holds while batches are read, embedded and stored side by side."""

import gc
import sqlite3
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from itertools import count, islice
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from index.catalog import CATALOG_FILE
from index.errors import LibraryMismatchError, ModelError
from index.library import Library
from index.prepare import Prepared
from index.records import AddResult, AddStatus, Draft, Failure
from tests.unit.index.library_fakes import WordEmbedder, draft, open_library, settings

ADDED, THERE, REPLACED, FAILED = AddStatus.ADDED, AddStatus.ALREADY_THERE, AddStatus.REPLACED, AddStatus.FAILED
BATCH = 32  # articles
LONG = 20.0  # seconds after which a test fails instead of waiting


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    yield
    assert [t.name for t in threading.enumerate() if t.name.startswith("ahead")] == []


class Embedder(WordEmbedder):
    """Notes which passages it was given, and waits in each call for what it is told to."""

    def __init__(self, *gates: threading.Event) -> None:
        super().__init__()
        self.gates = list(gates)
        self.opened: list[bool] = []
        self.calls: list[list[str]] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Wait for the next gate, where there is one."""
        self.calls.append(list(texts))
        if self.gates:
            self.opened.append(self.gates.pop(0).wait(LONG))
        return super().embed(texts)


def ids_on_disk(folder: Path) -> set[str]:
    connection = sqlite3.connect(folder / CATALOG_FILE)
    try:
        return {row[0] for row in connection.execute("SELECT id FROM article")}
    finally:
        connection.close()


def test_one_result_each_in_order_over_many_batches(tmp_path: Path) -> None:
    items: list[Draft | Failure] = [draft(n) for n in range(150)]
    expected = [ADDED] * 150
    for place, item in ((3, Failure("bad", "no")), (70, replace(draft(70), text=" ")), (100, Failure("worse", "no"))):
        items[place], expected[place] = item, FAILED
    poisoned = replace(draft(40), text=draft(40).text + " POISON")
    items[40], expected[40] = poisoned, FAILED
    with open_library(tmp_path) as library:
        results = list(library.add(items))
        assert [r.source for r in results] == [item.source for item in items]
        assert [r.status for r in results] == expected
        assert library.verify() == []


def test_a_result_comes_once_the_article_is_on_disk(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        for result in library.add(draft(n) for n in range(100)):
            assert result.article_id in ids_on_disk(tmp_path)


def test_the_next_are_read_and_the_last_stored_while_some_are_embedded(tmp_path: Path) -> None:
    second_is_read, first_is_stored = threading.Event(), threading.Event()

    def items() -> Iterator[Draft]:
        for number in range(2 * BATCH):
            if number == BATCH:
                second_is_read.set()
            yield draft(number)

    embedder = Embedder(second_is_read, first_is_stored)
    with open_library(tmp_path, embedder=embedder) as library:
        for _ in library.add(items()):
            first_is_stored.set()
    assert embedder.opened == [True, True]


def test_copies_and_versions_in_neighbouring_batches_are_told_apart(tmp_path: Path) -> None:
    url = "https://example.org/a"
    fillers = [draft(n) for n in range(1000, 1000 + BATCH - 3)]
    one, other, third = draft(1, url=url), draft(2, url=url), draft(3)
    items = [one, third, *fillers, other, third, one, *(replace(f, title=f.title + "!") for f in fillers), third]
    with open_library(tmp_path) as library:
        results = list(library.add(items))
        told = {n: results[n].status for n in (0, 1, BATCH - 1, BATCH, BATCH + 1, len(items) - 1)}
        assert told == {
            0: ADDED, 1: ADDED, BATCH - 1: REPLACED, BATCH: THERE, BATCH + 1: THERE, len(items) - 1: THERE
        }  # fmt: skip
        assert library.verify() == []
        copies = library.copies([results[2].article_id])
        assert {a.id for a in copies[results[2].article_id]} >= {results[2].article_id, results[BATCH + 2].article_id}


def test_an_embedder_that_cannot_be_loaded_is_said_after_what_needs_none(tmp_path: Path) -> None:
    def refuse() -> WordEmbedder:
        raise ModelError("not now")

    known = [draft(n) for n in range(BATCH)]
    with open_library(tmp_path) as library:
        list(library.add(known))
    with Library.open(tmp_path, refuse, settings()) as library:
        seen: list[AddStatus] = []
        with pytest.raises(ModelError, match="not now"):
            seen.extend(result.status for result in library.add([*known, draft(2000), *known]))
        assert seen == [THERE] * BATCH


def test_what_the_source_raises_comes_after_all_that_was_read_before(tmp_path: Path) -> None:
    def items() -> Iterator[Draft]:
        yield from (draft(n) for n in range(2 * BATCH + 5))
        raise RuntimeError("the source broke")

    with open_library(tmp_path) as library:
        results: list[AddResult] = []
        with pytest.raises(RuntimeError, match="the source broke"):
            results.extend(library.add(items()))
        assert [r.status for r in results] == [ADDED] * (2 * BATCH + 5)
        assert library.stats().articles == 2 * BATCH + 5
        assert library.verify() == []
        assert len(library.search_keyword("opponents", 1000)) == library.stats().articles


def test_one_article_that_cannot_be_read_or_embedded_stops_nothing(tmp_path: Path) -> None:
    items = [draft(n) for n in range(3 * BATCH)]
    items[BATCH] = replace(items[BATCH], text="x" * 1_000_001)
    items[BATCH + 1] = replace(items[BATCH + 1], text=items[BATCH + 1].text + " POISON")
    with open_library(tmp_path) as library:
        failed = [n for n, result in enumerate(library.add(items)) if result.status is FAILED]
    assert failed == [BATCH, BATCH + 1]


def test_what_storing_raises_keeps_all_that_was_reported(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        connection = sqlite3.connect(tmp_path / CATALOG_FILE)
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON article WHEN new.title = 'Town 40 votes' "
            "BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )
        connection.close()
        results: list[AddResult] = []
        with pytest.raises(sqlite3.IntegrityError, match="refused"):
            results.extend(library.add(draft(n) for n in range(100)))
        assert {r.article_id for r in results} == ids_on_disk(tmp_path)
        assert len(results) == BATCH
        assert library.verify() == []


def test_vectors_of_another_embedder_are_refused_in_the_middle(tmp_path: Path) -> None:
    with open_library(tmp_path) as library:
        results = library.add(draft(n) for n in count())
        next(results)
        with Library.open(tmp_path, WordEmbedder("other", 24), settings(), check=False) as other:
            other.rebuild()
        with pytest.raises(LibraryMismatchError):
            list(results)


@pytest.mark.parametrize("end", ["close", "abandon"])
def test_closing_ends_it_with_the_batch_at_hand(tmp_path: Path, end: str) -> None:
    last = threading.Event()
    first = threading.Event()
    first.set()
    embedder = Embedder(first, last)
    with open_library(tmp_path, embedder=embedder) as library:
        results = cast("Generator[AddResult]", library.add(draft(n) for n in count()))
        reported = next(results)
        threading.Timer(0.05, last.set).start()
        if end == "close":
            results.close()
        del results
        assert last.is_set()
        assert len(embedder.calls) <= 2
        assert reported.article_id in {s.id for s in library.articles()}
        assert library.stats().articles == BATCH
        assert len(library.search_keyword("opponents", 1000)) == library.stats().articles


def test_few_articles_are_held_at_once_however_many_come(tmp_path: Path) -> None:
    taken = 0
    most_held = most_taken = 0

    def items() -> Iterator[Draft]:
        nonlocal taken
        for number in range(8 * BATCH):
            taken += 1
            yield draft(number)

    with open_library(tmp_path) as library:
        for done, _ in enumerate(library.add(items()), start=1):
            most_taken = max(most_taken, taken - done)
            if done % BATCH == 1:
                # Not isinstance: it asks some objects of PyTorch for their class, and they warn.
                most_held = max(most_held, sum(type(o) is Prepared for o in gc.get_objects()))
    assert most_taken < 3 * BATCH
    assert BATCH <= most_held <= 4 * BATCH


def test_long_articles_come_in_smaller_batches(tmp_path: Path) -> None:
    def long(number: int) -> Draft:
        return replace(draft(number), text="\n\n".join(draft(1000 * number + n).text for n in range(100)))

    embedder = Embedder()
    with open_library(tmp_path, embedder=embedder) as library:
        articles = [long(n) for n in range(12)]
        assert 25_000 < len(articles[0].text) < 50_000
        list(library.add(articles))
        assert library.verify() == []
    assert max(sum(map(len, call)) for call in embedder.calls) < 250_000
    assert len(embedder.calls) >= 3


def test_a_question_gets_its_turn_while_articles_are_embedded(tmp_path: Path) -> None:
    """The thread that embeds holds nothing that a search needs."""
    asked = threading.Event()
    embedder = Embedder()
    with open_library(tmp_path, embedder=embedder) as library:
        list(library.add([draft(5000)]))
        vector = embedder.embed(["vote"])[0]
        embedder.gates = [asked, asked]

        def ask() -> None:
            assert library.search_dense(vector, 5)
            assert library.search_keyword("mayor", 5)
            asked.set()

        asker = threading.Timer(0.05, ask)
        asker.start()
        assert len(list(library.add(islice((draft(n) for n in count()), 2 * BATCH)))) == 2 * BATCH
        asker.join()
        assert embedder.opened == [True, True]
