"""A lock that many may hold to read, or one to change."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets searches in side by side and changes alone. A change that waits goes first, so searches cannot starve it.

    Neither side may be entered again by a thread that is inside.
    """

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._readers = 0
        self._changes = 0  # waiting or inside
        self._changing = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Enter beside others that read."""
        with self._condition:
            self._condition.wait_for(lambda: not self._changes)
            self._readers += 1
        try:
            yield
        finally:
            with self._condition:
                self._readers -= 1
                self._condition.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Enter once nobody else is inside."""
        with self._condition:
            self._changes += 1
            self._condition.wait_for(lambda: not self._readers and not self._changing)
            self._changing = True
        try:
            yield
        finally:
            with self._condition:
                self._changes -= 1
                self._changing = False
                self._condition.notify_all()
