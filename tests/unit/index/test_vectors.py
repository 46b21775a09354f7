"""The vector index: what it finds, how it follows the catalog, and its file."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.catalog import Catalog, read_meta, write_meta
from index.errors import LibraryError
from index.vector_kinds import Plan, probes
from index.vectors import VECTORS_FILE, VectorIndex
from tests.unit.index.vector_fakes import SMALL, add, clustered, make_catalog, nearest, remove, set_embedder


def found(index: VectorIndex, query: "np.typing.NDArray[np.float32]", limit: int = 10) -> list[int]:
    return [i for i, _ in index.search(query, limit)]


def stored_state(catalog: Catalog) -> dict[str, object]:
    with catalog.reading() as connection:
        state: dict[str, object] = json.loads(read_meta(connection).get("vectors_state", "{}"))
        return state


@pytest.mark.parametrize(
    ("count", "lists", "outgrown"),
    [
        (100_000, 0, False),
        (100_001, 0, True),
        (1_000_000, 4000, False),
        (4_000_000, 4000, True),
        (3_900_000, 4000, False),
        (60_000, 1264, False),
        (49_999, 1264, True),
    ],
)
def test_the_kind_goes_by_size(count: int, lists: int, outgrown: bool) -> None:
    assert Plan().outgrown(count, lists) is outgrown


def test_lists_and_probes_grow_with_the_root() -> None:
    assert [Plan().lists(n) for n in (100_000, 160_000, 1_000_000)] == [0, 1600, 4000]
    assert [probes(n) for n in (4, 1600, 3600)] == [4, 240, 360]


def test_a_small_library_is_searched_exactly(tmp_path: Path) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(500)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    for query in clustered(20, seed=1):
        hits = index.search(query, 10)
        assert [i for i, _ in hits] == [ids[row] for row in nearest(vectors, query, 10)]
        assert hits[0][1] == pytest.approx(float(vectors[ids.index(hits[0][0])] @ query), abs=1e-3)
    index.settle()
    assert index.lists == 0


def test_a_large_library_gets_lists_and_loses_little(tmp_path: Path) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(4000)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    assert index.lists == SMALL.lists(4000) == 252
    assert index.ids() == set(ids)
    right = [
        len(set(found(index, query)) & {ids[row] for row in nearest(vectors, query, 10)})
        for query in clustered(100, seed=1)
    ]
    assert sum(right) / 1000 >= 0.98
    for query in clustered(20, seed=2):  # ordered by exact cosines, though the codes are coarse
        hits = index.search(query, 10)
        assert [s for _, s in hits] == pytest.approx([float(vectors[ids.index(i)] @ query) for i, _ in hits], abs=1e-5)
        assert [s for _, s in hits] == sorted((s for _, s in hits), reverse=True)


@pytest.mark.parametrize("log", [True, False])
@pytest.mark.parametrize("count", [500, 4000])
def test_it_follows_what_comes_and_goes(tmp_path: Path, log: bool, count: int) -> None:
    catalog = make_catalog(tmp_path, log)
    ids = add(catalog, clustered(count))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    new = clustered(3, seed=5)
    new_ids = add(catalog, new)
    assert [found(index, vector, 1)[0] for vector in new] == new_ids
    remove(catalog, [new_ids[1], *ids[:50]])
    assert new_ids[1] not in found(index, new[1], 20)
    assert len(found(index, new[1], 20)) == 20  # what is gone takes no places
    assert index.ids() == {*ids[50:], new_ids[0], new_ids[2]}


def test_more_goes_while_it_is_closed_than_one_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vector_follow._AT_ONCE", 7)
    catalog, vectors = make_catalog(tmp_path), clustered(100)
    ids = add(catalog, vectors)
    VectorIndex(tmp_path, catalog, SMALL).save()
    remove(catalog, ids[10:60])
    more = add(catalog, clustered(30, seed=2))
    remove(catalog, more[:5])
    assert VectorIndex(tmp_path, catalog, SMALL).ids() == {*ids[:10], *ids[60:], *more[5:]}


def test_a_log_that_was_cut_off_is_made_up_for(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path)
    ids = add(catalog, clustered(100))
    behind, ahead = VectorIndex(tmp_path, catalog, SMALL), VectorIndex(tmp_path, catalog, SMALL)
    assert behind.ids() == ahead.ids() == set(ids)
    remove(catalog, ids[:30])
    ahead.save()
    with catalog.reading() as connection:
        assert connection.execute("SELECT count(*) FROM chunk_gone").fetchone()[0] == 0
    remove(catalog, ids[30:40])
    assert behind.ids() == ahead.ids() == set(ids[40:])


def test_new_chunks_cost_no_look_at_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = make_catalog(tmp_path)
    ids = add(catalog, clustered(300))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.save()

    def fail(*_: object) -> None:
        raise AssertionError("all of the catalog was read")

    for name in ("all_ids", "chunk_count"):
        monkeypatch.setattr(f"index.vector_follow.{name}", fail)
    vector = clustered(1, seed=3)[0]
    [new] = add(catalog, vector[None])
    remove(catalog, ids[:1])
    assert found(index, vector, 1) == [new]
    assert found(VectorIndex(tmp_path, catalog, SMALL), vector, 1) == [new]  # from the file, too


def test_a_filter_that_leaves_one_of_many_finds_it(tmp_path: Path) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(50_000)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    assert index.lists > 100
    for query in clustered(20, seed=8):
        farthest = ids[int(np.argmin(vectors @ query))]
        assert [i for i, _ in index.search(query, 10, [farthest])] == [farthest]
    query = vectors[0]
    even = [row for row in range(50_000) if row % 2]
    best = [ids[even[row]] for row in nearest(vectors[even], query, 10)]
    assert len({i for i, _ in index.search(query, 10, [ids[row] for row in even])} & set(best)) >= 9


@pytest.mark.parametrize("count", [100, 1500])
def test_filters_and_limits_at_the_edges(tmp_path: Path, count: int) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(count)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    assert index.search(vectors[0], 5, []) == []
    assert index.search(vectors[0], 0) == []
    assert index.search(vectors[0], 5, [10**6]) == []
    assert {i for i, _ in index.search(vectors[0], 10**6, ids[3:6])} == set(ids[3:6])
    assert index.search(vectors[0], 5, ids[:1])[0][0] == ids[0]


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    index = VectorIndex(tmp_path, Catalog.create(tmp_path), SMALL)
    assert index.search(clustered(1)[0], 5) == []
    assert index.ids() == set()
    index.save()
    index.close()
    assert not (tmp_path / VECTORS_FILE).exists()


def test_another_embedder_starts_it_again(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path)
    ids = add(catalog, clustered(2000))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    assert index.lists > 0
    remove(catalog, ids)
    set_embedder(catalog, "two", 16)
    vectors = clustered(20, dimension=16)
    new = add(catalog, vectors)
    assert found(index, vectors[4], 1) == [new[4]]
    assert index.lists == 0
    index.close()
    assert VectorIndex(tmp_path, catalog, SMALL).ids() == set(new)


# --- The file ---


@pytest.mark.parametrize("count", [500, 2000])
def test_it_opens_from_its_file(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = make_catalog(tmp_path)
    ids = add(catalog, clustered(count))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    query = clustered(1, seed=3)[0]
    expected, lists = index.search(query, 20), index.lists
    index.close()
    monkeypatch.setattr("index.vectors.exact_index", lambda _: pytest.fail("it was made from the catalog"))
    again = VectorIndex(tmp_path, catalog, SMALL)
    assert again.search(query, 20) == expected
    assert (again.lists, again.ids()) == (lists, set(ids))


@pytest.mark.parametrize("log", [True, False])
def test_a_file_of_the_first_version_opens(tmp_path: Path, log: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import faiss

    catalog, vectors = make_catalog(tmp_path, log), clustered(100)
    ids = add(catalog, vectors)
    flat = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    old = faiss.IndexIDMap2(flat)
    old.add_with_ids(vectors, np.array(ids))
    data = faiss.serialize_index(old).tobytes()
    (tmp_path / VECTORS_FILE).write_bytes(data)
    with catalog.writing(new_generation=False) as connection:
        write_meta(connection, "vectors_sha256", hashlib.sha256(data).hexdigest())
    remove(catalog, ids[:3])
    new = add(catalog, clustered(2, seed=2))
    monkeypatch.setattr("index.vectors.exact_index", lambda _: pytest.fail("it was made from the catalog"))
    assert VectorIndex(tmp_path, catalog, SMALL).ids() == {*ids[3:], *new}


@pytest.mark.parametrize("count", [500, 2000])
@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[: len(data) // 2] + b"\xff" * 8 + data[len(data) // 2 + 8 :],
        lambda _: b"",
    ],
    ids=["cut", "flipped", "empty"],
)
def test_a_damaged_file_is_made_again(tmp_path: Path, count: int, harm: Callable[[bytes], bytes]) -> None:
    catalog = make_catalog(tmp_path)
    ids = add(catalog, clustered(count))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    index.close()
    file = tmp_path / VECTORS_FILE
    good = file.read_bytes()
    file.write_bytes(harm(good))
    again = VectorIndex(tmp_path, catalog, SMALL)
    again.settle()
    assert again.ids() == set(ids)
    again.close()
    assert len(file.read_bytes()) == len(good)


def test_it_is_written_seldom(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path)
    index = VectorIndex(tmp_path, catalog, SMALL)
    add(catalog, clustered(500))
    index.save()
    first = stored_state(catalog)
    assert first["last"] == 500
    add(catalog, clustered(9, seed=1))  # under one in fifty
    index.save()
    index.close()
    assert stored_state(catalog) == first
    add(catalog, clustered(9, seed=2))
    index.save()
    assert stored_state(catalog)["last"] == 518
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_folder_that_cannot_be_written_stops_no_question(tmp_path: Path) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(10)
    ids = add(catalog, vectors)
    (tmp_path / VECTORS_FILE).mkdir()  # so that no file can take its place
    index = VectorIndex(tmp_path, catalog, SMALL)
    assert found(index, vectors[3], 1) == [ids[3]]
    with pytest.raises(OSError, match="irectory"):
        index.save()
    index.close()
    assert list(tmp_path.glob("*.tmp")) == []


def test_vectors_of_another_length_are_said(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path)
    add(catalog, clustered(2, dimension=16))
    with pytest.raises(LibraryError, match="another length"):
        VectorIndex(tmp_path, catalog, SMALL).search(clustered(1)[0], 5)
