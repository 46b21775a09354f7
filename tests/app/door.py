"""A door for tests, whose hashes are cheap."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from index.settings import Settings
from qa.accounts import Accounts, Role
from qa.sessions import Sessions
from qa.throttle import Throttle
from ui import access, door, escape, importing
from ui.door import Door

PASSWORD = "long enough a secret"  # noqa: S105 - of tests only


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        """Return the seconds that the test has let pass."""
        return self.now


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


def account_page() -> None:
    """Be a script that shows the account, or the way in."""
    from ui import access

    if access.admit():
        access.show_account()
    else:
        access.show_way_in()


def buttons(page: AppTest) -> list[str]:
    """Return the words on all buttons."""
    return [button.label for button in page.button]


def alerts(page: AppTest) -> str:
    """Return all errors that are shown, as they are read."""
    return " ".join(escape.markdown_undone(error.value) for error in page.error)
