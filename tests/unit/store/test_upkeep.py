"""What becomes of every library in time: decisions, writes by others, passages made anew."""

import threading
from pathlib import Path

import numpy as np
import pytest

from index.errors import LibraryError, LibraryMismatchError
from index.open import open_library
from index.people_file import NameKey
from index.store import Store
from tests.unit.index.library_fakes import WordEmbedder, draft, settings
from tests.unit.index.stories import LOCK, story
from tests.unit.store.conftest import Opener, add, texts

URL = "https://www.daily.example/votes?utm_source=x"


def test_what_users_decide_about_names_is_kept(store: Store, opened: Opener) -> None:
    a, b, c = NameKey("Ann Reed", "Mayor"), NameKey("A. “Annie” Reed", ""), NameKey("x" * 20_000, "")
    assert store.people.groups() == ()
    store.people.put_together([a, b, c])
    opened().people.take_apart([a], [b, c])
    assert set(store.people.groups()) == {frozenset({a}), frozenset({b, c})}
    store.people.put_together([a, b])
    assert set(opened().people.groups()) == {frozenset({a, b}), frozenset({c})}
    store.people.forget([a, b])
    assert store.people.groups() == (frozenset({c}),)
    with pytest.raises(ValueError, match="one side"):
        store.people.take_apart([a], [a])


def test_the_generation_tells_of_every_write_by_anybody(store: Store, opened: Opener) -> None:
    other = opened()
    seen = [other.generation]
    (article_id,) = add(store, draft(1))
    seen.append(other.generation)
    assert other.stats().articles == 1
    store.rebuild()
    seen.append(other.generation)
    store.remove(article_id)
    seen.append(other.generation)
    assert len(set(seen)) == 4
    assert other.stats().articles == 0
    assert other.search_keyword("vote", 5) == []


def test_rebuild_makes_passages_anew(store: Store, where: Path | str) -> None:
    add(store, draft(1, url=URL), draft(2, url=URL), draft(3, "a bridge"))
    before = store.stats()
    told: list[tuple[int, int]] = []
    with open_library(where, WordEmbedder("other", dimension=8), settings(32, 5), check=False) as smaller:
        with pytest.raises(LibraryMismatchError, match="Set that again, or make the passages anew"):
            list(smaller.add([draft(4)]))
        smaller.rebuild(lambda done, of: told.append((done, of)))
        assert told[-1] == (2, 2)
        assert smaller.stats() == before
        assert len(smaller.search_dense(WordEmbedder("other", dimension=8).embed(["vote"])[0], 50)) == before.chunks
        assert "bridge" in texts(smaller, "bridge")[0]
        assert smaller.verify() == []
    with pytest.raises(LibraryMismatchError):
        store.search_dense(WordEmbedder().embed(["vote"])[0], 5)


def test_another_embedder_is_refused(store: Store, opened: Opener) -> None:
    add(store, draft(1))
    with pytest.raises(LibraryMismatchError, match="was made with embedder 'fake'"):
        opened(WordEmbedder("other"), chunk_tokens=64)


def test_a_library_that_is_not_there_is_named(opened: Opener) -> None:
    with pytest.raises(LibraryError, match=r"There is no library in|has no database") as told:
        opened(create=False)
    assert "python -m index add" in str(told.value)


def test_two_write_at_once(opened: Opener) -> None:
    """Each offers the same and own articles; nothing is lost or doubled, and copies find each other."""
    stories = [story(LOCK, publication=name) for name in ("Post", "Wire")]
    offered = [[draft(n) for n in range(6)] + [stories[0]], [draft(n) for n in range(3, 9)] + [stories[1]]]
    stores = [opened(), opened()]
    list(stores[0].add([draft(99)]))
    statuses: list[str] = []
    lock = threading.Lock()

    def work(number: int) -> None:
        for result in stores[number].add(offered[number]):
            with lock:
                statuses.append(result.status)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(statuses) == 14
    assert "failed" not in statuses
    assert stores[0].stats().articles == 1 + 9 + 2
    held = stores[1].articles(search="lock") or stores[1].articles()
    by_publication = {a.publication: a.id for a in held}
    assert len(stores[0].families([by_publication["Post"], by_publication["Wire"]])) == 2
    assert stores[0].verify() == []
    assert np.isfinite(stores[1].search_dense(stores[0].embedder.embed(["vote"])[0], 1)[0][1])
