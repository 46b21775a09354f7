"""``python -m qa users``."""

import io
from pathlib import Path

import pytest

from qa.__main__ import main
from qa.accounts import Accounts
from tests.unit.qa.test_accounts import SECRET


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Terminal(io.StringIO):
    """Somebody sits at the keyboard."""

    def isatty(self) -> bool:
        """Return what a terminal says."""
        return True


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["users", *arguments])
    captured = capsys.readouterr()
    return code, captured.out + captured.err


def _type(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    answers = iter(lines)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))


def test_the_life_of_an_account(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _run(capsys, "list") == (
        0,
        "There are no accounts in accounts.json. Make one: python -m qa users add NAME\n",
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET + "\nnot read\n"))
    assert _run(capsys, "add", "Ann") == (0, "Added ann, reader.\n")
    _type(monkeypatch, SECRET, SECRET)
    assert _run(capsys, "add", "bob", "--role", "editor") == (0, "Added bob, editor.\n")
    assert _run(capsys, "role", "ANN", "editor") == (0, "ann is editor now.\n")
    assert _run(capsys, "list") == (0, "editor  ann\neditor  bob\n")
    _type(monkeypatch, "another long secret", "another long secret")
    assert _run(capsys, "password", "ann") == (0, "ann has another password now.\n")
    accounts = Accounts(Path("accounts.json"))
    assert accounts.sign_in("ann", "another long secret")
    assert _run(capsys, "remove", "bob") == (0, "Removed bob.\n")
    assert list(accounts.all()) == ["ann"]


def test_what_goes_wrong_is_told_in_a_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, SECRET, SECRET + "x")
    assert _run(capsys, "add", "ann") == (1, "The two passwords differ. Nothing was changed; try again.\n")
    _type(monkeypatch)  # no password is asked for in vain
    for arguments in (["add", "a b"], ["password", "nobody"]):
        code, told = _run(capsys, *arguments)
        assert code == 1
        assert told.count("\n") == 1
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert _run(capsys, "add", "ann")[0] == 1
    assert not Path("accounts.json").exists()
