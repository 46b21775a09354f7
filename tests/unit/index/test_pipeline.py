"""Working ahead in a thread: order, what is raised where, and how it ends."""

import threading
from collections.abc import Iterator

import pytest

from index.pipeline import ahead

LONG = 20.0  # seconds after which a test fails instead of waiting


def nothing(_batch: object) -> None:
    """Do no work."""


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("ahead")]


def test_batches_come_in_order_each_with_both_halves_done() -> None:
    worked: list[int] = []
    beside: list[int] = []
    for batch in ahead(range(20), worked.append, beside.append):
        assert batch in worked
        assert batch in beside
    assert worked == beside == list(range(20))
    assert threads() == []


def test_work_has_a_thread_of_its_own_and_the_rest_the_callers() -> None:
    seen: dict[str, set[str]] = {"work": set(), "beside": set(), "batches": set()}

    def note(what: str) -> None:
        seen[what].add(threading.current_thread().name)

    def batches() -> Iterator[int]:
        for number in range(5):
            note("batches")
            yield number

    list(ahead(batches(), lambda _: note("work"), lambda _: note("beside")))
    assert seen["beside"] == seen["batches"] == {threading.current_thread().name}
    assert len(seen["work"]) == 1
    assert seen["work"].isdisjoint(seen["beside"])


def test_a_batch_is_worked_on_while_the_one_before_is_dealt_with_and_the_next_is_read() -> None:
    read, dealt_with = threading.Event(), threading.Event()
    in_time: list[bool] = []

    def batches() -> Iterator[int]:
        yield 0
        read.set()
        yield 1

    def work(batch: int) -> None:
        in_time.append((read, dealt_with)[batch].wait(LONG))

    for _ in ahead(batches(), work, nothing):
        dealt_with.set()
    assert in_time == [True, True]


def test_batches_are_read_only_as_they_are_needed() -> None:
    read: list[int] = []

    def batches() -> Iterator[int]:
        for number in range(1000):
            read.append(number)
            yield number

    done = ahead(batches(), nothing, nothing)
    for batch in done:
        assert len(read) - batch <= 2
        if batch == 10:
            break
    done.close()
    assert len(read) <= 12


@pytest.mark.parametrize("end", ["close", "abandon", "raise"])
def test_it_ends_with_the_batch_at_hand(end: str) -> None:
    begun, go_on = threading.Event(), threading.Event()
    worked: list[int] = []

    def work(batch: int) -> None:
        worked.append(batch)
        if batch == 1:
            begun.set()
            assert go_on.wait(LONG)

    def last(batch: int) -> None:
        if end == "raise" and batch == 2:
            begun.wait(LONG)
            go_on.set()
            raise KeyError("beside")

    done = ahead(range(100), work, last)
    assert next(done) == 0
    assert begun.wait(LONG)
    if end == "raise":
        with pytest.raises(KeyError):
            next(done)
    else:
        threading.Timer(0.05, go_on.set).start()  # while the end is waited for
        if end == "close":
            done.close()
        del done
    assert go_on.is_set()
    assert threads() == []
    assert worked in ([0, 1], [0, 1, 2]) if end == "raise" else worked == [0, 1]


def test_what_the_work_raises_comes_in_its_turn() -> None:
    worked: list[int] = []

    def work(batch: int) -> None:
        worked.append(batch)
        if batch == 3:
            raise KeyError("work")

    done: list[int] = []
    with pytest.raises(KeyError, match="work"):
        done.extend(ahead(range(100), work, nothing))
    assert done == [0, 1, 2]
    assert len(worked) <= 5
    assert threads() == []


def test_what_reading_raises_reaches_the_caller() -> None:
    def batches() -> Iterator[int]:
        yield from range(3)
        raise KeyError("read")

    with pytest.raises(KeyError, match="read"):
        list(ahead(batches(), nothing, nothing))
    assert threads() == []
