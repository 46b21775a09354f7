"""Who is signed in. A session is known by a random token, which the browser keeps in a cookie.

Sessions live in memory: they end with the process, after some time without use, and when the account is removed or
gets another password.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from qa.accounts import Account, Accounts

# More than any newsroom has people; beyond it the session that is unused for longest ends.
_MOST_SESSIONS = 10_000


@dataclass(slots=True)
class _Session:
    name: str
    hash: str
    used: float


class Sessions:
    """The sessions of one process. Safe to use from several threads."""

    def __init__(self, accounts: Accounts, idle_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._accounts = accounts
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[bytes, _Session] = {}

    def open(self, account: Account) -> str:
        """Begin a session and return its token, 256 bits at random."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._sessions[_digest(token)] = _Session(account.name, account.hash, self._clock())
            if len(self._sessions) > _MOST_SESSIONS:
                del self._sessions[min(self._sessions, key=lambda key: self._sessions[key].used)]
        return token

    def find(self, token: str, *, use: bool = False) -> Account | None:
        """Return the account of a session as it is now, or None where the session is over.

        Args:
            token: What ``open`` returned, or anything else.
            use: Count this as a use, from which the time without use begins anew.

        Raises:
            AccessError: The accounts cannot be read.
        """
        key = _digest(token)
        with self._lock:
            session = self._sessions.get(key)
        if session is None:
            return None
        account = self._accounts.all().get(session.name)
        now = self._clock()
        with self._lock:
            over = now - session.used > self._idle_seconds
            if over or account is None or account.hash != session.hash:
                self._sessions.pop(key, None)
                return None
            if use:
                session.used = now
        return account

    def close(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(token), None)


def _digest(token: str) -> bytes:
    """Look tokens up by their digest: how long that takes tells nothing about a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
