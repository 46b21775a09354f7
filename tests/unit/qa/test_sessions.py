"""Sessions end when they should, and follow the account."""

from pathlib import Path

import pytest

from qa.accounts import Account, Accounts, Role
from qa.sessions import _MOST_SESSIONS, Sessions
from tests.unit.qa.test_accounts import CHEAP, SECRET
from tests.unit.qa.test_throttle import Clock


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "accounts.json", CHEAP)


@pytest.fixture
def ann(accounts: Accounts) -> Account:
    return accounts.add("ann", Role.EDITOR, SECRET)


def test_a_token_opens_its_session_until_it_is_closed(accounts: Accounts, ann: Account) -> None:
    sessions = Sessions(accounts, 60)
    token, other = sessions.open(ann), sessions.open(ann)
    assert token != other
    assert len(token) >= 43
    assert sessions.find(token) == ann
    for wrong in ("", token[:-1], token + "a", "\ud800"):
        assert sessions.find(wrong) is None
    sessions.close(token)
    assert sessions.find(token) is None
    assert sessions.find(other) == ann


def test_only_uses_keep_a_session_open(accounts: Accounts, ann: Account) -> None:
    clock = Clock()
    sessions = Sessions(accounts, 60, clock)
    token = sessions.open(ann)
    for _ in range(5):
        clock.now += 50
        assert sessions.find(token, use=True)
    clock.now += 50
    assert sessions.find(token)
    clock.now += 11
    assert sessions.find(token, use=True) is None
    clock.now -= 11
    assert sessions.find(token) is None


def test_role_password_and_removal_count_at_once(accounts: Accounts, ann: Account) -> None:
    sessions = Sessions(accounts, 60)
    token = sessions.open(ann)
    accounts.set_role("ann", Role.READER)
    found = sessions.find(token)
    assert found is not None
    assert found.role is Role.READER
    accounts.set_password("ann", "another long secret")
    assert sessions.find(token) is None
    token = sessions.open(accounts.named("ann"))
    accounts.remove("ann")
    accounts.add("ann", Role.EDITOR, "another long secret")
    assert sessions.find(token) is None


def test_there_are_never_more_than_so_many(accounts: Accounts, ann: Account) -> None:
    clock = Clock()
    sessions = Sessions(accounts, 60, clock)
    first, second = sessions.open(ann), sessions.open(ann)
    clock.now += 1
    assert sessions.find(first, use=True)
    for _ in range(_MOST_SESSIONS - 1):
        sessions.open(ann)
    assert sessions.find(first)
    assert sessions.find(second) is None
