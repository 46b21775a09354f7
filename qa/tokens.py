"""The tokens that let a program use the HTTP API; ``index/tokens_kept.py`` says where they are.

A token is 256 random bits, shown once. Its SHA-256 is kept: what cannot be guessed needs no slow hash.
"""

import hmac
import re
import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import Lock

from index.errors import TokenError
from index.tokens_kept import Role, Token, TokensKept

PREFIX = "onrecord_"  # by which scanners for leaked secrets, and people, know it
_NAME = re.compile(r"[\w.-]{1,64}")


def add_token(kept: TokensKept, name: str, role: Role = Role.READER, days: int | None = None) -> str:
    """Make a token and keep its digest.

    Args:
        kept: Where tokens are kept.
        name: Who will use it: up to 64 letters, digits, dots, hyphens and underscores.
        role: What it lets do.
        days: After how many days it stops to be accepted; None for never.

    Returns:
        The secret, which is kept nowhere.

    Raises:
        TokenError: The name is taken or impossible, or the token cannot be kept.
    """
    if not _NAME.fullmatch(name):
        raise TokenError(f"{name!r} cannot be the name of a token. Use letters, digits, '.', '-' and '_', at most 64.")
    secret, now = PREFIX + secrets.token_urlsafe(32), datetime.now(UTC).replace(microsecond=0)
    kept.add(Token(name, role, _digest(secret), now, now + timedelta(days=days) if days else None))
    return secret


class Tokens:
    """Knows who has which token; reads them again whenever they may have changed. Safe to share between threads."""

    def __init__(self, kept: TokensKept) -> None:
        self._kept = kept
        self._lock = Lock()
        self._read: tuple[object, tuple[Token, ...]] | None = None

    @property
    def is_near(self) -> bool:
        """Whether ``holder`` answers at once; else it may wait for another machine."""
        return self._kept.is_near

    def holder(self, secret: str) -> Token | None:
        """Return whose token this is; None where it is nobody's or has expired.

        Raises:
            TokenError: The tokens cannot be read.
        """
        digest, found = _digest(secret), None
        for token in self._current():
            # All are compared, each in constant time, so that the time taken tells nothing of the digests.
            if hmac.compare_digest(token.digest, digest):
                found = token
        return found if found and not (found.expires and found.expires <= datetime.now(UTC)) else None

    def _current(self) -> tuple[Token, ...]:
        with self._lock:
            state = self._kept.state()
            if self._read is None or self._read[0] != state:
                self._read = (state, self._kept.all())
            return self._read[1]


def _digest(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
