"""Rates, and work that waits, takes too long or fails."""

import asyncio
import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from qa.api.limits import RateLimit, Work


class _Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def _passes(limit: RateLimit, client: str = "a", cost: int = 1) -> bool:
    try:
        limit.charge(client, cost)
    except HTTPException as error:
        assert error.status_code == 429
        return False
    return True


def test_a_minutes_worth_at_once_and_then_evenly() -> None:
    clock = _Clock()
    limit = RateLimit(6, clock)
    assert [_passes(limit) for _ in range(7)] == [True] * 6 + [False]
    assert _passes(limit, "b")
    clock.now += 9.9
    assert not _passes(limit)
    clock.now += 0.2
    assert [_passes(limit), _passes(limit)] == [True, False]
    clock.now += 3600
    assert [_passes(limit) for _ in range(7)] == [True] * 6 + [False]


def test_it_tells_when_to_try_again_and_is_right() -> None:
    clock = _Clock()
    limit = RateLimit(60, clock)
    limit.charge("a", 60)
    with pytest.raises(HTTPException) as caught:
        limit.charge("a", 10)
    assert caught.value.headers == {"Retry-After": "10"}
    clock.now += 10
    assert _passes(limit, cost=10)


def test_what_costs_more_than_a_minutes_worth_takes_all_of_it() -> None:
    limit = RateLimit(5, _Clock())
    assert _passes(limit, cost=100)
    assert not _passes(limit)
    assert _passes(RateLimit(5, _Clock()), cost=0)


@given(st.lists(st.tuples(st.floats(0, 30), st.integers(0, 20)), max_size=60), st.integers(1, 50))
def test_no_minute_brings_more_than_twice_its_worth(calls: list[tuple[float, int]], per_minute: int) -> None:
    clock = _Clock()
    limit, passed = RateLimit(per_minute, clock), []
    for wait, cost in calls:
        clock.now += wait
        if _passes(limit, cost=cost):
            passed.append((clock.now, min(cost, per_minute)))
    for begin, _ in passed:
        assert sum(cost for at, cost in passed if begin <= at < begin + 60) <= 2 * per_minute + 1e-6


def test_addresses_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.api.limits._MOST_CLIENTS", 3)
    limit = RateLimit(1, _Clock())
    for client in ("a", "b", "c", "d"):
        assert _passes(limit, client)
    assert not _passes(limit, "d")
    assert _passes(limit, "a")  # forgotten, as it was quiet longest


class _Gated:
    """A call that waits until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Semaphore(0), threading.Event()
        self.made = 0

    def __call__(self) -> str:
        self.made += 1
        self.begun.release()
        assert self.go.wait(20)
        return "done"


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.001)


def test_only_so_many_are_made_at_once_and_so_many_wait() -> None:
    async def scenario() -> None:
        work, call = Work(2, 1, 20.0), _Gated()
        tasks = [asyncio.ensure_future(work.run(call)) for _ in range(3)]
        await _until(lambda: (work.running, work.waiting) == (2, 1))
        with pytest.raises(HTTPException) as caught:
            await work.run(call)
        assert (caught.value.status_code, caught.value.headers) == (503, {"Retry-After": "2"})
        patient = asyncio.ensure_future(work.run(call, patient=True))
        await _until(lambda: work.waiting == 2)
        assert call.made == 2
        call.go.set()
        assert await asyncio.gather(*tasks, patient) == ["done"] * 4
        assert (work.running, work.waiting) == (0, 0)
        work.close()

    asyncio.run(scenario())


def test_what_takes_too_long_is_given_up_and_keeps_its_place_until_it_ends() -> None:
    async def scenario() -> None:
        work, stuck, never = Work(1, 5, 0.05), _Gated(), _Gated()
        with pytest.raises(HTTPException) as caught:
            await work.run(stuck)
        assert caught.value.status_code == 504
        assert work.running == 1
        with pytest.raises(HTTPException) as caught:
            await work.run(never)  # waits for its turn, in vain
        assert caught.value.status_code == 504
        stuck.go.set()
        await _until(lambda: work.running == 0)
        assert never.made == 0
        assert await work.run(lambda: "next") == "next"
        work.close()

    asyncio.run(scenario())


def test_a_call_that_is_cancelled_while_it_waits_is_never_made() -> None:
    async def scenario() -> None:
        work, first, second = Work(1, 5, 20.0), _Gated(), _Gated()
        running = asyncio.ensure_future(work.run(first))
        await _until(lambda: work.running == 1)
        gone = asyncio.ensure_future(work.run(second))
        await _until(lambda: work.waiting == 1)
        gone.cancel()
        await asyncio.wait([gone])
        assert work.waiting == 0
        first.go.set()
        assert await running == "done"
        assert second.made == 0
        work.close()

    asyncio.run(scenario())


@pytest.mark.parametrize("error", [ValueError("no"), TimeoutError("its own")])
def test_failures_come_through_and_free_the_place(error: Exception) -> None:
    def fail() -> None:
        raise error

    async def scenario() -> None:
        work = Work(1, 1, 20.0)
        for _ in range(2):
            with pytest.raises(type(error), match=str(error)):
                await work.run(fail)
        assert work.running == 0
        work.close()

    asyncio.run(scenario())
