"""What keeps the server answering: how often each client may ask, and how much may be under way at once."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.exceptions import HTTPException

Result = TypeVar("Result")

# Addresses, unlike tokens, can be anybody's; the one that was quiet longest is forgotten first.
_MOST_CLIENTS = 10_000


class RateLimit:
    """A token bucket for each client: it holds what a minute may bring, and fills up evenly."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def charge(self, client: str, cost: int = 1) -> None:
        """Count a request, or several at once; no more than what a minute may bring.

        Raises:
            HTTPException: 429, with the seconds after which to try again.
        """
        now, cost = self._clock(), min(cost, self.per_minute)
        left, at = self._left.pop(client, (float(self.per_minute), now))
        left = min(left + (now - at) * self.per_minute / 60, self.per_minute)
        enough = left >= cost
        self._left[client] = (left - cost if enough else left, now)
        if len(self._left) > _MOST_CLIENTS:
            self._left.popitem(last=False)
        if not enough:
            seconds = math.ceil((cost - left) * 60 / self.per_minute)
            raise HTTPException(
                429,
                f"That is more than {self.per_minute} requests a minute. Try again in {seconds} s.",
                {"Retry-After": str(seconds)},
            )


class Work:
    """Runs calls that take long in a few threads. Who has to wait does so in order, and not in any number.

    A thread cannot be stopped. A call that takes too long goes on after its client was told, and keeps its place
    until it ends, so that no more than ``threads`` are ever under way; one whose turn had not come is never made.
    """

    def __init__(self, threads: int, most_waiting: int, seconds: float) -> None:
        """Make the threads.

        Args:
            threads: How many calls are made at once.
            most_waiting: How many may wait beside these before others are refused.
            seconds: After how many a call is given up, waiting included.
        """
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="api")
        self._free = asyncio.Semaphore(threads)
        self._most_waiting = most_waiting
        self._seconds = seconds
        self.waiting = 0
        self.running = 0

    async def run(self, call: Callable[[], Result], patient: bool = False) -> Result:
        """Return what a call returns, or raise what it raises.

        Args:
            call: What to do.
            patient: Wait however many do, as what was begun may.

        Raises:
            HTTPException: 503 where too many wait, 504 where it takes too long.
        """
        if not patient and self.waiting >= self._most_waiting:
            raise HTTPException(503, "Too many requests are waiting. Try again in a few seconds.", {"Retry-After": "2"})
        timeout = asyncio.timeout(self._seconds)
        try:
            async with timeout:
                await self._turn()
                return await asyncio.shield(self._begin(call))
        except TimeoutError:
            if not timeout.expired():
                raise
            raise HTTPException(
                504, f"That took more than {self._seconds:g} s and was given up. Ask for less, or later."
            ) from None

    async def _turn(self) -> None:
        self.waiting += 1
        try:
            await self._free.acquire()
        finally:
            self.waiting -= 1

    def _begin(self, call: Callable[[], Result]) -> "asyncio.Future[Result]":
        future = asyncio.get_running_loop().run_in_executor(self._pool, call)
        self.running += 1
        future.add_done_callback(self._end)
        return future

    def _end(self, future: "asyncio.Future[Result]") -> None:
        self.running -= 1
        self._free.release()
        if not future.cancelled():
            future.exception()  # of a call that was given up nobody else asks for it

    def close(self) -> None:
        """Wait for what is under way."""
        self._pool.shutdown()
