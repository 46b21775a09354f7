"""A door for tests, whose hashes are cheap."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from index.settings import Settings
from qa.accounts import Accounts, Role
from qa.sessions import Sessions
from qa.throttle import Throttle
from ui import access, door, importing
from ui.door import Door

PASSWORD = "long enough a secret"  # noqa: S105 - of tests only


def make_door(folder: Path, clock: Callable[[], float] | None = None, **settings: Any) -> Door:  # noqa: ANN401
    """Return a door with the accounts rita, a reader, and ed, an editor."""
    chosen = Settings(accounts=folder / "accounts.json", **settings)
    accounts = Accounts(chosen.accounts, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.add("rita", Role.READER, PASSWORD)
    accounts.add("ed", Role.EDITOR, PASSWORD)
    timed = {"clock": clock} if clock else {}
    return Door(chosen, accounts, Sessions(accounts, chosen.idle_minutes * 60, **timed), Throttle(**timed))


def stand_at(made: Door, monkeypatch: pytest.MonkeyPatch, who: str = "") -> None:
    """Have the pages ask this door, and ``who`` come with a session of theirs."""
    for module in (door, access, importing):
        monkeypatch.setattr(module, "the_door", lambda: made)
    token = made.sessions.open(made.accounts.named(who)) if who else ""
    monkeypatch.setattr(access, "token", lambda: token)
