"""The file of accounts: who gets in, who does not, and what the file looks like on disk."""

import json
import os
import threading
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from index.errors import AccessError
from qa import accounts as module
from qa.accounts import Accounts, Role, normal_name

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SECRET = "long enough a secret"  # noqa: S105 - of tests only


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "accounts.json", CHEAP)
    made.add("Ann", Role.EDITOR, SECRET)
    return made


def test_name_and_password_open_an_account_and_nothing_else_does(accounts: Accounts) -> None:
    opened = accounts.sign_in(" ANN ", SECRET)
    assert opened is not None
    assert (opened.name, opened.role) == ("ann", Role.EDITOR)
    for name, password in (("ann", SECRET + " "), ("ann", ""), ("bob", SECRET), ("", ""), ("\ud800", "\ud800")):
        assert accounts.sign_in(name, password) is None


def test_passwords_are_kept_as_argon2id_hashes_with_the_recommended_cost(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.add("ann", Role.READER, SECRET)
    told = (tmp_path / "accounts.json").read_text()
    assert SECRET not in told
    cost = extract_parameters(json.loads(told)["accounts"][0]["password"])
    # RFC 9106, second recommended option.
    assert (cost.type.name, cost.memory_cost, cost.time_cost, cost.parallelism) == ("ID", 65536, 3, 4)


def test_an_unknown_name_takes_a_hash_too(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json", PasswordHasher(time_cost=8, memory_cost=8192, parallelism=1))
    accounts.add("ann", Role.READER, SECRET)

    def seconds(name: str) -> float:
        taken = []
        for _ in range(5):
            begun = time.perf_counter()
            assert accounts.sign_in(name, "wrong password") is None
            taken.append(time.perf_counter() - begun)
        return min(taken)

    # Without a hash it would be a hundredth.
    assert seconds("nobody") > seconds("ann") / 3


def test_the_file_is_the_owners_alone_and_refused_otherwise(accounts: Accounts) -> None:
    assert accounts.path.stat().st_mode & 0o777 == 0o600
    accounts.path.chmod(0o640)
    with pytest.raises(AccessError, match="chmod 600"):
        accounts.sign_in("ann", SECRET)
    accounts.path.chmod(0o600)
    assert accounts.sign_in("ann", SECRET)


def test_a_file_of_somebody_elses_may_be_given_to_us_by_its_group(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So a secret is mounted into a container: it belongs to root, and to a group that we are in."""
    us = accounts.path.stat().st_uid + 1
    monkeypatch.setattr(os, "getuid", lambda: us)
    accounts.path.chmod(0o440)
    assert accounts.sign_in("ann", SECRET)
    accounts.path.chmod(0o444)
    with pytest.raises(AccessError, match="nobody is let in"):
        accounts.sign_in("ann", SECRET)


def test_changes_of_another_process_count_at_once(accounts: Accounts) -> None:
    other = Accounts(accounts.path, CHEAP)
    other.add("bob", Role.READER, SECRET)
    assert list(accounts.all()) == ["ann", "bob"]
    other.set_role("ann", Role.READER)
    assert accounts.named("ann").role is Role.READER
    other.set_password("ann", "another long secret")
    assert accounts.sign_in("ann", SECRET) is None
    assert accounts.sign_in("ann", "another long secret")
    other.remove("ann")
    assert accounts.sign_in("ann", "another long secret") is None
    assert [path.name for path in accounts.path.parent.iterdir()] == ["accounts.json"]


def test_what_several_processes_change_at_once_is_all_kept(accounts: Accounts) -> None:
    def add(number: int) -> None:
        Accounts(accounts.path, CHEAP).add(f"user{number}", Role.READER, SECRET)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(accounts.all()) == sorted(["ann", *(f"user{number}" for number in range(12))])
    assert [path.name for path in accounts.path.parent.iterdir()] == ["accounts.json"]


def test_a_change_that_was_cut_off_is_told(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT_SECONDS", 0.01)
    left = accounts.path.with_name("accounts.json.new")
    left.touch()
    with pytest.raises(AccessError, match=r"Another process is changing .* delete .*accounts\.json\.new"):
        accounts.set_role("ann", Role.READER)
    left.unlink()
    accounts.set_role("ann", Role.READER)


def test_a_folder_is_no_file_of_accounts(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match=r"is a folder. Set 'accounts' to a file"):
        Accounts(tmp_path, CHEAP).all()


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 1025])
def test_passwords_that_are_too_short_or_too_long_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(AccessError, match="characters"):
        accounts.add("bob", Role.READER, password)
    with pytest.raises(AccessError, match="characters"):
        accounts.set_password("ann", password)
    assert accounts.sign_in("ann", SECRET)


@pytest.mark.parametrize("name", ["", "a b", "a/b", "<b>", "x" * 65, "a\nb", "a\x00"])
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccessError, match="no name of an account"):
        accounts.add(name, Role.READER, SECRET)


def test_a_name_is_taken_once_however_it_is_written(accounts: Accounts) -> None:
    accounts.add("Zoë", Role.READER, SECRET)
    for same in ("zoë", "ZOË", "zoe\u0308", "ＺＯë"):
        with pytest.raises(AccessError, match="already"):
            accounts.add(same, Role.READER, SECRET)
        assert accounts.sign_in(same, SECRET)


def test_a_composed_letter_of_a_password_is_the_same_as_its_parts(accounts: Accounts) -> None:
    accounts.set_password("ann", "pässword of many words")
    assert accounts.sign_in("ann", "pa\u0308ssword of many words")


@given(st.text(max_size=80))
def test_a_name_in_its_one_form_stays_as_it_is(name: str) -> None:
    try:
        normal = normal_name(name)
    except AccessError:
        return
    assert normal_name(normal) == normal


@pytest.mark.parametrize(
    "words", ["", "[]", "{}", '{"version": 2, "accounts": []}', '{"version": 1, "accounts": [{"name": "ann"}]}', "\xff"]
)
def test_a_damaged_file_lets_nobody_in(accounts: Accounts, words: str) -> None:
    accounts.path.write_bytes(words.encode("latin-1"))
    with pytest.raises(AccessError, match="cannot be read"):
        accounts.sign_in("ann", SECRET)
    with pytest.raises(AccessError, match="cannot be read"):
        accounts.add("bob", Role.READER, SECRET)
    assert accounts.path.read_bytes() == words.encode("latin-1")


def test_a_hash_that_is_none_lets_nobody_in(accounts: Accounts) -> None:
    accounts.path.write_text(accounts.path.read_text().replace("$argon2id", "$argon"))
    assert accounts.sign_in("ann", SECRET) is None


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="cannot be written: No such file"):
        Accounts(tmp_path / "nowhere" / "accounts.json", CHEAP).add("ann", Role.READER, SECRET)


def test_unknown_accounts_are_named_with_a_remedy(accounts: Accounts) -> None:
    with pytest.raises(AccessError, match=r"no account 'bob' .* python -m qa users list"):
        accounts.remove("bob")


def test_many_at_once_get_their_own_answer(accounts: Accounts) -> None:
    wrong: list[str] = []

    def try_it(password: str, opens: bool) -> None:
        wrong.extend(password for _ in range(20) if bool(accounts.sign_in("ann", password)) is not opens)

    threads = [threading.Thread(target=try_it, args=(p, p == SECRET)) for p in (SECRET, "wrong one", SECRET, "")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
