"""Slows down who guesses: after some failures each further try has to wait, longer each time."""

import ipaddress
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_FORGET_SECONDS = 3600.0
# What is remembered at most; beyond it the oldest is forgotten, so that made-up names cannot fill the memory.
_MOST_KEYS = 20_000


@dataclass(frozen=True, slots=True)
class Key:
    """What failures are counted by.

    Attributes:
        kind: "account" or "address".
        value: Which.
        free: Failures that cost no waiting.
        longest: Longest wait, in seconds. Short for an account: else a stranger could lock its owner out.
    """

    kind: str
    value: str
    free: int
    longest: float


@dataclass(slots=True)
class _Count:
    failures: int
    last: float


def account_key(name: str) -> Key:
    """Count failures of one name, whether there is such an account or not."""
    return Key("account", name[:64], 3, 30.0)


def address_key(address: str) -> Key:
    """Count failures from one address; a whole /64 of IPv6 is one, as one customer has all of it."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return Key("address", address[:64], 5, 900.0)
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or ipaddress.ip_network((int(found) >> 64 << 64, 64)).network_address
    return Key("address", str(found), 5, 900.0)


class Throttle:
    """Counts failures. One object for all sessions of a process; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: dict[tuple[str, str], _Count] = {}

    def begin(self, keys: Sequence[Key]) -> float:
        """Begin a try: return 0, or the seconds that must pass before the next one, which then was none.

        The try counts as failed until ``passed`` is called, so that many at once gain nothing.
        """
        with self._lock:
            now = self._clock()
            wait = max(self._wait(key, now) for key in keys)
            if wait <= 0:
                for key in keys:
                    self._count(key, now)
            return max(0.0, wait)

    def passed(self, keys: Sequence[Key]) -> None:
        """Forget the failures of an account that was opened, and take the try back from its address.

        What failed before at the address stays: else who has one account could use it to guess others without waiting.
        """
        with self._lock:
            for key in keys:
                count = self._counts.get((key.kind, key.value))
                if count is not None:
                    count.failures = 0 if key.kind == "account" else count.failures - 1

    def _wait(self, key: Key, now: float) -> float:
        count = self._counts.get((key.kind, key.value))
        if count is None or count.failures < key.free or now - count.last > _FORGET_SECONDS:
            return 0.0
        # The exponent is bounded: a long siege must not end in an overflow.
        return min(key.longest, 2.0 ** min(count.failures - key.free, 16)) - (now - count.last)

    def _count(self, key: Key, now: float) -> None:
        at = (key.kind, key.value)
        count = self._counts.pop(at, None)
        fresh = count is None or now - count.last > _FORGET_SECONDS
        self._counts[at] = _Count(1 if count is None or fresh else count.failures + 1, now)  # last in order: newest
        if len(self._counts) > _MOST_KEYS:
            del self._counts[next(iter(self._counts))]
