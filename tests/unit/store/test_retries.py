"""A library in Milvus whose writer dies at any of its steps: done again, or verified, it is as if nothing happened."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from index.errors import ArticleNotFoundError, LibraryError
from index.milvus.client import Row, Tables
from index.milvus.store import MilvusLibrary
from index.records import AddStatus, Draft
from tests.unit.index.library_fakes import WordEmbedder, draft, settings
from tests.unit.index.stories import LOCK, story


class DyingTables(Tables):
    """Fails at one of the next writes, and at all that come after it, as if the process were gone."""

    left = 1_000_000

    def put(self, table: str, rows: Iterable[Row], at_once: int = 500) -> None:
        """Write rows, if it still lives."""
        self._live_on()
        super().put(table, rows, at_once)

    def delete(self, table: str, ids: Iterable[Any]) -> None:
        """Delete rows, if it still lives."""
        self._live_on()
        super().delete(table, ids)

    def _live_on(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise LibraryError("The writer died.")


@pytest.fixture
def tables(address: str) -> Iterator[DyingTables]:
    MilvusLibrary.open(address, WordEmbedder(), settings(), create=True).close()
    held = DyingTables(address, create=False)
    yield held
    held.close()


def dies_at_every_step(tables: DyingTables, work: Callable[[int], object]) -> Iterator[int]:
    """Call ``work`` with 0, 1, 2… and let it die after so many writes; end when it lives to its end."""
    for steps in range(100):
        tables.left = steps
        try:
            work(steps)
        except LibraryError as error:
            assert "died" in str(error)
            tables.left = 1_000_000
            yield steps
        else:
            tables.left = 1_000_000
            assert steps > 8, "fewer writes than an article needs"
            return
    raise AssertionError("it never lived to its end")


def url(number: int) -> str:
    return f"https://daily.example/{number}"


def logged(library: MilvusLibrary, *ids: str) -> list[str]:
    """What the audit log tells of these articles."""
    return [entry.result for entry in library.audit_log() if entry.article in ids]


def old(number: int) -> Draft:
    return draft(number, url=url(number))


def new(number: int) -> Draft:
    return draft(number, f"a bridge over canal {number}", url=url(number))


def test_adding_again_ends_as_if_nothing_had_happened(tables: DyingTables) -> None:
    """At each step a newer version of an article is added, the writer dies, and adds it once more."""
    library = MilvusLibrary(tables, WordEmbedder(), settings())

    def work(number: int) -> None:
        tables.left, left = 1_000_000, tables.left
        list(library.add([old(number)]))
        tables.left = left
        list(library.add([new(number)]))

    for number in dies_at_every_step(tables, work):
        (result,) = library.add([new(number)])
        versions = library.versions(result.article_id)
        assert result.status is not AddStatus.FAILED
        assert [bool(v.replaced_by) for v in versions] == [False, True], number
        assert versions[0].id == result.article_id
        assert library.stats().articles == number + 1
        said = library.statements_of(v.id for v in versions)
        assert [len(some) for some in said.values()] == [2]
        assert logged(library, *(v.id for v in reversed(versions))) == ["added", "replaced"], number
    assert library.verify(patience_seconds=0) == []


def test_what_is_never_done_again_is_taken_out(tables: DyingTables) -> None:
    """At each step two copies are added and the writer dies; then the library is verified."""
    library = MilvusLibrary(tables, WordEmbedder(), settings())

    def work(number: int) -> None:
        list(
            library.add(
                [story(f"{LOCK} Edition {number}.", publication=p) for p in (f"Post {number}", f"Wire {number}")]
            )
        )

    for _ in dies_at_every_step(tables, work):
        before = {article.id for article in library.articles()}
        library.verify(patience_seconds=0)
        assert library.verify(patience_seconds=0) == []
        after = {article.id for article in library.articles()}
        assert before <= after
        assert len(library.families(after)) == len(after)  # both copies of a pair, or none
        held = library.stats()
        assert held.articles == len(after)
        assert held.chunks == len(library.search_dense(WordEmbedder().embed(["lock"])[0], 500))


def test_removing_again_ends_as_if_nothing_had_happened(tables: DyingTables) -> None:
    library = MilvusLibrary(tables, WordEmbedder(), settings())
    kept = [result.article_id for result in library.add([draft(999)])]
    ids: dict[int, str] = {}

    def work(number: int) -> None:
        tables.left, left = 1_000_000, tables.left
        ids[number] = [result.article_id for result in library.add([old(number), new(number)])][1]
        tables.left = left
        library.remove(ids[number])

    for number in dies_at_every_step(tables, work):
        if number % 2:
            with suppress(ArticleNotFoundError):  # it died when all was done
                library.remove(ids[number])
        else:
            library.verify(patience_seconds=0)
            if ids[number] in {article.id for article in library.articles()}:
                library.remove(ids[number])  # it died before its first write
        assert [article.id for article in library.articles()] == kept, number
        assert logged(library, ids[number]) == ["replaced", "removed"], number
        assert library.verify(patience_seconds=0) == []
