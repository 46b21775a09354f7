"""Where the tokens are kept that let a program use the HTTP API: with the library, wherever that is.

In a folder that is ``tokens.json``. What is kept of a token is its SHA-256, which tells nobody what it was.
"""

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from index.errors import TokenError

TOKENS_FILE = "tokens.json"
_VERSION = 1


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


class TokensKept(Protocol):
    """The tokens of one library."""

    @property
    def is_near(self) -> bool:
        """Whether they are on this machine, so that to look takes no time worth mentioning."""

    def all(self) -> tuple[Token, ...]:
        """Return all tokens, also those that have expired, in the order they were made.

        Raises:
            TokenError: They cannot be read.
        """

    def state(self) -> object:
        """Return what differs once they may have changed.

        Raises:
            TokenError: They cannot be read.
        """

    def add(self, token: Token) -> None:
        """Keep a token.

        Raises:
            TokenError: The name is taken, or it cannot be kept.
        """

    def remove(self, name: str) -> None:
        """Remove a token.

        Raises:
            TokenError: There is none of this name, or it cannot be removed.
        """


@dataclass(frozen=True, slots=True)
class TokensInFolder:
    """Kept in ``tokens.json`` in the folder of a library, which only its owner can read."""

    folder: Path

    @property
    def is_near(self) -> bool:
        return True

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / TOKENS_FILE

    # ruff: noqa: D102 - they are documented above
    def all(self) -> tuple[Token, ...]:
        try:
            found = json.loads(self.path.read_text("utf-8"))
            if found["version"] != _VERSION:
                raise ValueError(f"its version is {found['version']!r}, not {_VERSION}")
            return tuple(token_from_json(entry) for entry in found["tokens"])
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise TokenError(f"{self.path} cannot be read ({error}). Move it away and make the tokens anew.") from error

    def state(self) -> object:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise TokenError(f"{self.path} cannot be read: {error.strerror}.") from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def add(self, token: Token) -> None:
        def with_new(tokens: tuple[Token, ...]) -> list[Token]:
            refuse_taken(token.name, tokens)
            return [*tokens, token]

        self._change(with_new)

    def remove(self, name: str) -> None:
        def without(tokens: tuple[Token, ...]) -> list[Token]:
            refuse_unknown(name, tokens)
            return [token for token in tokens if token.name != name]

        self._change(without)

    def _change(self, changed: Callable[[tuple[Token, ...]], list[Token]]) -> None:
        """Put other tokens in place of those that there are.

        The new file, which only one process can make, keeps all others out until it is in place.
        """
        new = self.folder / f"{TOKENS_FILE}.new"
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise TokenError(
                f"Another process is changing {self.path}. Try again, or delete {new} if none is running."
            ) from None
        except OSError as error:
            raise TokenError(f"{self.path} cannot be written: {error.strerror}.") from error
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                tokens = [token_json(token) for token in changed(self.all())]
                file.write(json.dumps({"version": _VERSION, "tokens": tokens}, indent=1) + "\n")
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise TokenError(f"{self.path} cannot be written: {error.strerror}.") from error
        except BaseException:
            new.unlink(missing_ok=True)
            raise


def refuse_taken(name: str, tokens: Iterable[Token]) -> None:
    """Refuse a name that a token has already.

    Raises:
        TokenError: One has.
    """
    if any(token.name == name for token in tokens):
        raise TokenError(f"There is a token '{name}' already. Choose another name, or remove that one first.")


def refuse_unknown(name: str, tokens: Iterable[Token]) -> None:
    """Refuse a name that no token has.

    Raises:
        TokenError: None has.
    """
    if all(token.name != name for token in tokens):
        raise TokenError(f"There is no token '{name}'. See which there are: python -m qa tokens list")


def token_json(token: Token) -> dict[str, Any]:
    """Return a token as it is kept."""
    return {
        "name": token.name,
        "role": token.role.value,
        "sha256": token.digest,
        "created": token.created.isoformat(),
        "expires": token.expires.isoformat() if token.expires else None,
    }


def token_from_json(entry: dict[str, Any]) -> Token:
    """Return the token that was kept as this.

    Raises:
        ValueError: It was not; TypeError and KeyError likewise.
    """
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
