"""The tokens that let a program use the HTTP API, in ``tokens.json`` in the library's folder.

A token is 256 random bits, shown once. The file holds its SHA-256, which tells nobody what it was: what cannot be
guessed needs no slow hash.
"""

import hmac
import json
import os
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from index.errors import TokenError

TOKENS_FILE = "tokens.json"
PREFIX = "onrecord_"  # by which scanners for leaked secrets, and people, know it
ONLY_FOLDERS = "The HTTP API serves no other; name a folder: --library DIR"
_VERSION = 1
_NAME = re.compile(r"[\w.-]{1,64}")


class Role(StrEnum):
    """What a token lets do: read, or also add and remove articles."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret.

    Attributes:
        name: Who uses it; unique.
        digest: SHA-256 of the secret, in hexadecimal digits.
        expires: When it stops to be accepted; None for never.
    """

    name: str
    role: Role
    digest: str
    created: datetime
    expires: datetime | None


def add_token(folder: Path, name: str, role: Role = Role.READER, days: int | None = None) -> str:
    """Make a token and keep its digest.

    Args:
        folder: Folder of the library.
        name: Who will use it: up to 64 letters, digits, dots, hyphens and underscores.
        role: What it lets do.
        days: After how many days it stops to be accepted; None for never.

    Returns:
        The secret, which is kept nowhere.

    Raises:
        TokenError: The name is taken or impossible, or the file cannot be read or written.
    """
    if not _NAME.fullmatch(name):
        raise TokenError(f"{name!r} cannot be the name of a token. Use letters, digits, '.', '-' and '_', at most 64.")
    secret, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC).replace(microsecond=0)
    expires = now + timedelta(days=days) if days else None

    def with_new(tokens: tuple[Token, ...]) -> list[Token]:
        if any(token.name == name for token in tokens):
            raise TokenError(f"There is a token '{name}' already. Choose another name, or remove that one first.")
        return [*tokens, Token(name, role, _digest(secret), now, expires)]

    _change(folder, with_new)
    return secret


def remove_token(folder: Path, name: str) -> None:
    """Remove a token; servers refuse it from the next request on.

    Raises:
        TokenError: There is none of this name, or the file cannot be read or written.
    """

    def without(tokens: tuple[Token, ...]) -> list[Token]:
        kept = [token for token in tokens if token.name != name]
        if len(kept) == len(tokens):
            raise TokenError(f"There is no token '{name}'. See which there are: python -m qa tokens list")
        return kept

    _change(folder, without)


def read_tokens(folder: Path) -> tuple[Token, ...]:
    """Return all tokens, also those that have expired, in the order they were made.

    Raises:
        TokenError: The file cannot be read.
    """
    path = folder / TOKENS_FILE
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["version"] != _VERSION:
            raise ValueError(f"its version is {found['version']!r}, not {_VERSION}")
        return tuple(_from_json(entry) for entry in found["tokens"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise TokenError(f"{path} cannot be read ({error}). Move it away and make the tokens anew.") from error


class Tokens:
    """Knows who has which token; reads the file again whenever it was changed. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._read: tuple[object, tuple[Token, ...]] | None = None

    def holder(self, secret: str) -> Token | None:
        """Return whose token this is; None where it is nobody's or has expired.

        Raises:
            TokenError: The file cannot be read.
        """
        digest, found = _digest(secret), None
        for token in self._current():
            # All are compared, each in constant time, so that the time taken tells nothing of the digests.
            if hmac.compare_digest(token.digest, digest):
                found = token
        return found if found and not (found.expires and found.expires <= datetime.now(UTC)) else None

    def _current(self) -> tuple[Token, ...]:
        with self._lock:
            state = self._state()
            if self._read is None or self._read[0] != state:
                self._read = (state, read_tokens(self._folder))
            return self._read[1]

    def _state(self) -> object:
        """Return what differs once the file was replaced."""
        try:
            stat = (self._folder / TOKENS_FILE).stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise TokenError(f"{self._folder / TOKENS_FILE} cannot be read: {error.strerror}.") from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size


def _change(folder: Path, changed: Callable[[tuple[Token, ...]], Sequence[Token]]) -> None:
    """Put other tokens in place of those that there are.

    The new file, which only one process can make, keeps all others out until it is in place.
    """
    path, new = folder / TOKENS_FILE, folder / f"{TOKENS_FILE}.new"
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise TokenError(
            f"Another process is changing {path}. Try again, or delete {new} if none is running."
        ) from None
    except OSError as error:
        raise TokenError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            tokens = [_to_json(token) for token in changed(read_tokens(folder))]
            file.write(json.dumps({"version": _VERSION, "tokens": tokens}, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise TokenError(f"{path} cannot be written: {error.strerror}.") from error
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _to_json(token: Token) -> dict[str, Any]:
    return {
        "name": token.name,
        "role": token.role.value,
        "sha256": token.digest,
        "created": token.created.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
    }


def _from_json(entry: dict[str, Any]) -> Token:
    expires = entry["expires"]
    return Token(
        name=str(entry["name"]),
        role=Role(entry["role"]),
        digest=str(entry["sha256"]),
        created=_moment(entry["created"]),
        expires=None if expires is None else _moment(expires),
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no time zone")
    return moment


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
