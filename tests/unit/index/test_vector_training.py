"""Training another vector index while questions are asked and articles come and go."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import vectors as module
from index.vector_follow import FollowedIndex
from index.vector_gate import Gate
from index.vector_kinds import StoppedError, trained_index
from index.vectors import VECTORS_FILE, VectorIndex
from tests.unit.index.vector_fakes import SMALL, add, clustered, make_catalog, remove

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, list[int]]]:
    """Let training begin and go on only once the event is set, or the block ends; count how often it began."""
    go, begun = threading.Event(), []

    def wait(sample: Any, lists: int, stopped: Callable[[], bool]) -> Any:  # noqa: ANN401
        begun.append(lists)
        while not go.wait(0.01):
            if stopped():
                raise StoppedError
        return trained_index(sample, lists, stopped)

    monkeypatch.setattr(module, "trained_index", wait)
    try:
        yield go, begun
    finally:
        go.set()


def test_questions_additions_and_removals_go_on_while_it_trains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(2000)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    with held_up(monkeypatch) as (go, begun):
        assert index.search(vectors[7], 1)[0][0] == ids[7]
        new = clustered(20, seed=1)
        new_ids = add(catalog, new)
        assert index.search(new[3], 1)[0][0] == new_ids[3]
        remove(catalog, [*ids[:100], new_ids[4]])
        assert new_ids[4] not in [i for i, _ in index.search(new[4], 50)]
        assert index.lists == 0  # all of this by the old one
        go.set()
        index.settle()
    assert len(begun) == 1
    assert index.lists == begun[0] > 0
    assert index.ids() == {*ids[100:], *new_ids} - {new_ids[4]}
    assert index.search(new[3], 1)[0][0] == new_ids[3]
    assert len(index.search(new[4], 50)) == 50
    index.close()


@pytest.mark.parametrize("log", [True, False])
def test_what_changes_at_any_moment_of_it_is_in_the_new_one(tmp_path: Path, log: bool) -> None:
    catalog = make_catalog(tmp_path, log)
    ids = add(catalog, clustered(3000))
    index = VectorIndex(tmp_path, catalog, SMALL)
    query, failures = clustered(1, seed=4)[0], list[Exception]()
    done = threading.Event()

    def ask() -> None:
        try:
            while not done.is_set():
                assert len(index.search(query, 10)) == 10
        except Exception as error:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    here = set(ids)
    deadline = time.monotonic() + 60
    for step in range(1000):
        here |= set(add(catalog, clustered(5, seed=step)))
        gone = sorted(here)[step : step + 3]
        remove(catalog, gone)
        here -= set(gone)
        if step >= 20 and index.lists:
            break
        assert time.monotonic() < deadline
    done.set()
    for thread in threads:
        thread.join()
    index.settle()
    assert failures == []
    assert index.lists > 0
    assert index.ids() == here
    index.close()


def test_it_trains_again_when_it_has_grown_several_times(tmp_path: Path) -> None:
    catalog = make_catalog(tmp_path)
    add(catalog, clustered(1100))
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.settle()
    small = index.lists
    add(catalog, clustered(1100, seed=1))
    index.settle()
    assert index.lists == small  # twice as many: not yet
    ids = add(catalog, clustered(2300, seed=2))
    index.settle()
    assert index.lists == SMALL.lists(4500) >= 2 * small
    remove(catalog, ids)
    remove(catalog, range(1, 2001))
    index.settle()
    assert index.lists == 0  # 200 are left
    assert len(index.ids()) == 200
    index.close()


def test_a_failure_is_logged_and_the_old_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(1500)
    ids = add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    begun = []

    def fail(*_: object) -> None:
        begun.append(1)
        raise MemoryError("no room for the sample")

    monkeypatch.setattr(module, "trained_index", fail)
    with caplog.at_level(logging.ERROR):
        index.settle()
    assert "no room for the sample" in caplog.text
    assert index.search(vectors[7], 1)[0][0] == ids[7]
    add(catalog, clustered(5, seed=1))
    index.settle()
    assert begun == [1]  # not with every question
    index.close()


def test_closing_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    catalog = make_catalog(tmp_path)
    add(catalog, clustered(2000))
    index = VectorIndex(tmp_path, catalog, SMALL)
    with held_up(monkeypatch) as (go, begun), caplog.at_level(logging.ERROR):
        index.search(clustered(1)[0], 1)
        training = index._training
        assert training is not None
        index.close()
        assert not training.is_alive()
        assert not go.is_set()
        assert len(begun) <= 1
        index.search(clustered(1)[0], 1)
        assert index._training is training  # none begins after
    assert caplog.text == ""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a priority for each thread")
def test_only_the_thread_that_trains_stands_back() -> None:
    before, priorities = os.getpriority(os.PRIO_PROCESS, 0), list[int]()

    def run() -> None:
        module._step_back()
        priorities.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert priorities == [min(19, before + 10)]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_k_means_stops_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.vector_kinds._AT_ONCE", 100)
    asked = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) == 7

    with pytest.raises(StoppedError):
        trained_index(clustered(500), 20, stopped)
    assert len(asked) == 7


def test_training_on_equal_vectors_leaves_no_list_without_a_centroid() -> None:
    import faiss

    sample = np.repeat(clustered(3), 50, axis=0)
    index = trained_index(sample, 10, lambda: False)
    quantizer: Any = faiss.downcast_index(index.quantizer)
    centroids = faiss.rev_swig_ptr(quantizer.get_xb(), 10 * sample.shape[1]).reshape(10, -1)
    assert np.linalg.norm(centroids, axis=1) == pytest.approx(np.ones(10), abs=1e-3)


def test_what_another_process_trained_is_taken_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = make_catalog(tmp_path)
    add(catalog, clustered(900))
    here, other = VectorIndex(tmp_path, catalog, SMALL), VectorIndex(tmp_path, catalog, SMALL)
    here.settle()
    add(catalog, clustered(900, seed=1))
    other.settle()
    monkeypatch.setattr(module, "trained_index", lambda *_: pytest.fail("it was trained twice"))
    here.settle()
    assert here.lists == other.lists > 0
    assert here.ids() == other.ids() == set(range(1, 1801))


_LEFT_OPEN = """
import sys
from pathlib import Path
from index.catalog import Catalog
from index.vector_kinds import Plan
from index.vectors import VectorIndex
from tests.unit.index.vector_fakes import clustered
folder = Path(sys.argv[1])
index = VectorIndex(folder, Catalog(folder), Plan(exact_up_to=1000, lists_per_root=40.0))
print(len(index.search(clustered(1)[0], 5)), index._training.is_alive())
"""


def test_a_library_that_nobody_closes_does_not_hold_up_the_end(tmp_path: Path) -> None:
    add(make_catalog(tmp_path), clustered(20_000))
    # 5,656 lists: seconds of training that is cut short.
    ended = subprocess.run(
        [sys.executable, "-c", _LEFT_OPEN, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "5 True\n", "")
    assert not (tmp_path / VECTORS_FILE).exists()


def test_two_questions_search_at_the_same_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog, vectors = make_catalog(tmp_path), clustered(10)
    add(catalog, vectors)
    index = VectorIndex(tmp_path, catalog, SMALL)
    index.save()
    meeting = threading.Barrier(2, timeout=10)  # broken where one has to wait for the other

    def meet(*_: object) -> list[tuple[int, float]]:
        meeting.wait()
        return []

    monkeypatch.setattr(FollowedIndex, "search", meet)
    threads = [threading.Thread(target=index.search, args=(vectors[0], 1)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not meeting.broken


def test_the_gate_lets_a_change_in_before_new_searches() -> None:
    gate, order = Gate(), list[str]()
    inside, leave = threading.Event(), threading.Event()

    def search() -> None:
        with gate.shared():
            inside.set()
            leave.wait(10)
            order.append("first search")

    def change() -> None:
        with gate.alone():
            order.append("change")

    def search_again() -> None:
        with gate.shared():
            order.append("second search")

    threads = [threading.Thread(target=target) for target in (search, change, search_again)]
    threads[0].start()
    assert inside.wait(10)
    threads[1].start()
    while not gate._changes:
        time.sleep(0.001)
    threads[2].start()
    time.sleep(0.05)
    assert order == []
    leave.set()
    for thread in threads:
        thread.join(10)
    assert order == ["first search", "change", "second search"]
