"""What is written to a terminal: text of articles, files and questions never steers it."""

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

# Controls but tab and line feed; signs that turn the direction of what follows; lone surrogates, which have no bytes.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""Return ``text`` with each sign that steers a terminal spelled, ``\u001b``.

    Within the strings of a JSON line, where that is an escape, the value stays the same.
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def harmless_output() -> Iterator[None]:
    """Let all that is written to standard output while the block runs be harmless."""
    with redirect_stdout(_Harmless(sys.stdout)):
        yield


class _Harmless(io.TextIOBase):
    """A stream whose text reaches another as ``harmless`` gives it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        self._stream.write(harmless(text))
        return len(text)

    def flush(self) -> None:
        self._stream.flush()
