"""End a parser that does not come to an end: an exception is put into its thread once its time is over.

A process of its own for each file would do the same and take longer than most articles do. What the exception cannot
reach is a single call into C; the readers bound what they hand to those.
"""

import ctypes
import threading
import time
from collections.abc import Iterator
from typing import TypeVar

from index.errors import SourceError

T = TypeVar("T")

_LOOK_EVERY_S = 0.25


class _TimeIsUp(BaseException):
    """Raised within a parser from outside."""


def watched(items: Iterator[T], seconds: float) -> Iterator[T]:
    """Hand on what a reader yields as long as it does not think too long about one of them.

    Args:
        items: What the reader yields.
        seconds: Most processor time for one.

    Raises:
        SourceError: The next took longer.
    """
    watch = _Watch(seconds)
    try:
        while True:
            try:
                item = watch.next_of(items)
            except StopIteration:
                return
            yield item
    except _TimeIsUp as error:
        raise SourceError(
            f"It took more than {seconds:g} seconds to read, which is longer than an article takes; raise "
            "max_file_seconds to wait for it."
        ) from error
    finally:
        watch.stop()


class _Watch:
    """A thread that looks at the clock of another one while that reads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._reading: tuple[int, float] | None = None  # which thread, and its clock when it began
        threading.Thread(target=self._look, name="watch on a parser", daemon=True).start()

    def next_of(self, items: Iterator[T]) -> T:
        """Return the next item; ``StopIteration`` where there is none, ``_TimeIsUp`` where it takes too long."""
        thread = threading.get_ident()
        self._reading = (thread, _clock(thread))
        try:
            return next(items)
        finally:
            self._let_go()

    def stop(self) -> None:
        """End the thread; afterwards nothing is raised any more."""
        while True:
            try:
                self._over.set()
                self._let_go()
                return
            except _TimeIsUp:  # it arrived only now
                continue

    def _let_go(self) -> None:
        with self._lock:
            if self._reading:
                _raise_in(self._reading[0], None)  # one that has not arrived yet
            self._reading = None

    def _look(self) -> None:
        while not self._over.wait(_LOOK_EVERY_S):
            with self._lock:
                # Again and again: a parser may happen to be where exceptions are ignored.
                if self._reading and _clock(self._reading[0]) - self._reading[1] > self._seconds:
                    _raise_in(self._reading[0], _TimeIsUp)


def _clock(thread: int) -> float:
    """Return the processor time of a thread, or the time of day where the system does not tell that."""
    if hasattr(time, "pthread_getcpuclockid"):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.monotonic()


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an exception in another thread as soon as it runs Python again; None takes it back."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)
