"""What is written to a terminal: text of articles, files and questions never steers it."""

import io
import json
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TextIO

from index.errors import OnRecordError

# Controls but tab and line feed; signs that turn the direction of what follows; lone surrogates, which have no bytes.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    r"""Return ``text`` with each sign that steers a terminal spelled, ``\u001b``.

    Within the strings of a JSON line, where that is an escape, the value stays the same.
    """
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@contextmanager
def harmless_output() -> Iterator[None]:
    """Let all that is written to standard output while the block runs be harmless, and reach its end with the block.

    Raises:
        OnRecordError: It cannot be written, as on a full disk.
        BrokenPipeError: Whoever read it has gone.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started this, who wants to see nothing
            setattr(sys, name, _Nowhere())
    output = _Harmless(sys.stdout)
    with redirect_stdout(output):
        yield
        output.flush()


def end_output() -> None:
    """Let nothing more go to standard output, not even at exit: there is no room for it, or its reader has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


class _Nowhere(io.TextIOBase):
    """A stream that keeps nothing."""

    def write(self, text: str, /) -> int:
        return len(text)


class _Harmless(io.TextIOBase):
    """A stream whose text reaches another as ``harmless`` gives it, with what that cannot hold spelled, too."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str, /) -> int:
        shown = harmless(text)
        with _told():
            try:
                self._stream.write(shown)
            except UnicodeEncodeError:  # a terminal or pipe of another encoding than UTF-8
                self._stream.write(_spelled(shown, self._stream.encoding))
        return len(text)

    def flush(self) -> None:
        with _told():
            self._stream.flush()


def _spelled(text: str, encoding: str) -> str:
    r"""Spell what an encoding lacks as JSON does: ``\u2019``, and beyond that two such for one sign."""
    return "".join(sign if _holds(encoding, sign) else json.dumps(sign)[1:-1] for sign in text)


def _holds(encoding: str, sign: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def _told() -> Iterator[None]:
    """Tell in a sentence that nothing more can be written; that its reader has gone is no failure."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        end_output()
        raise OnRecordError(
            f"Standard output cannot be written: {error.strerror}. Make room, or write it elsewhere."
        ) from error
