"""Tokens: made, known, refused, and never lost or left readable."""

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.errors import TokenError
from index.tokens_kept import TOKENS_FILE, Role, TokensInFolder
from qa import __main__ as command
from qa.tokens import Tokens, add_token
from tests.unit.index.library_fakes import open_library

ENTRY = '{"version": 1, "tokens": [{"name": "x", "role": "%s", "sha256": "", "created": "%s", "expires": null}]}'

Capture = pytest.CaptureFixture[str]


def test_a_token_is_known_by_its_secret_alone(tmp_path: Path) -> None:
    secret = add_token(TokensInFolder(tmp_path), "archive-bot", Role.EDITOR)
    other = add_token(TokensInFolder(tmp_path), "desk")
    tokens = Tokens(TokensInFolder(tmp_path))
    known = tokens.holder(secret)
    assert known
    assert (known.name, known.role, known.expires) == ("archive-bot", Role.EDITOR, None)
    assert (found := tokens.holder(other)) and found.role is Role.READER
    for wrong in ("", "onrecord_", secret[:-1], secret + "x", secret.upper(), known.digest, "\udc80"):
        assert tokens.holder(wrong) is None
    assert len(secret) == len("onrecord_") + 43  # 256 bits, six to a character


def test_the_file_is_its_owners_and_holds_no_secret(tmp_path: Path) -> None:
    secret = add_token(TokensInFolder(tmp_path), "desk")
    path = tmp_path / TOKENS_FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret.removeprefix("onrecord_") not in path.read_text()
    assert [entry.name for entry in tmp_path.iterdir()] == [TOKENS_FILE]


def test_a_change_counts_at_once(tmp_path: Path) -> None:
    tokens = Tokens(TokensInFolder(tmp_path))
    assert tokens.holder("x") is None
    first, second = add_token(TokensInFolder(tmp_path), "one"), add_token(TokensInFolder(tmp_path), "two")
    assert tokens.holder(first)
    TokensInFolder(tmp_path).remove("one")
    assert tokens.holder(first) is None
    assert tokens.holder(second)
    (tmp_path / TOKENS_FILE).unlink()
    assert tokens.holder(second) is None


def test_a_token_expires(tmp_path: Path) -> None:
    secret = add_token(TokensInFolder(tmp_path), "guest", days=1)
    (token,) = TokensInFolder(tmp_path).all()
    assert token.expires == token.created + timedelta(days=1)
    assert Tokens(TokensInFolder(tmp_path)).holder(secret)
    path = tmp_path / TOKENS_FILE
    held = json.loads(path.read_text())
    held["tokens"][0]["expires"] = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    path.write_text(json.dumps(held))
    assert Tokens(TokensInFolder(tmp_path)).holder(secret) is None


@pytest.mark.parametrize("name", ["", "a b", "a\n", "x" * 65, "../x"])
def test_impossible_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(TokenError, match="cannot be the name of a token"):
        add_token(TokensInFolder(tmp_path), name)


def test_names_that_are_taken_or_unknown_change_nothing(tmp_path: Path) -> None:
    secret = add_token(TokensInFolder(tmp_path), "desk")
    with pytest.raises(TokenError, match="There is a token 'desk' already"):
        add_token(TokensInFolder(tmp_path), "desk")
    with pytest.raises(TokenError, match="There is no token 'disk'"):
        TokensInFolder(tmp_path).remove("disk")
    assert Tokens(TokensInFolder(tmp_path)).holder(secret)
    assert [entry.name for entry in tmp_path.iterdir()] == [TOKENS_FILE]


def test_two_changes_at_once_lose_nothing(tmp_path: Path) -> None:
    """Of many that add at the same time each is either told to try again, or its token is there."""

    def add(number: int) -> str:
        try:
            return add_token(TokensInFolder(tmp_path), f"n{number}")
        except TokenError as error:
            assert "Another process is changing" in str(error)
            return ""

    with ThreadPoolExecutor(8) as pool:
        secrets = [secret for secret in pool.map(add, range(40)) if secret]
    tokens = Tokens(TokensInFolder(tmp_path))
    assert secrets
    assert all(tokens.holder(secret) for secret in secrets)
    assert len(TokensInFolder(tmp_path).all()) == len(secrets)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"version": 2, "tokens": []}', '{"version": 1, "tokens": [{"name": "x"}]}', "\x00",
        ENTRY % ("king", "2023-10-05T00:00:00+00:00"), ENTRY % ("reader", "2023-10-05"), ENTRY % ("reader", "today"),
    ],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / TOKENS_FILE).write_text(text)
    kept = TokensInFolder(tmp_path)
    calls: list[Callable[[], object]] = [
        lambda: Tokens(kept).holder("x"), lambda: add_token(kept, "x"), lambda: kept.remove("x")
    ]  # fmt: skip
    for call in calls:
        with pytest.raises(TokenError, match=r"cannot be read .* Move it away"):
            call()
    assert (tmp_path / TOKENS_FILE).read_text() == text
    assert [entry.name for entry in tmp_path.iterdir()] == [TOKENS_FILE]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TokenError, match="cannot be written: No such file"):
        add_token(TokensInFolder(tmp_path / "nowhere"), "desk")


def test_the_commands(tmp_path: Path, capsys: Capture) -> None:
    open_library(tmp_path).close()
    where = ["--library", str(tmp_path)]
    assert command.main(["tokens", "list", *where]) == 0
    assert "python -m qa tokens add NAME" in capsys.readouterr().err
    assert command.main(["tokens", "add", "desk", "--role", "editor", "--days", "30", *where]) == 0
    secret = capsys.readouterr().out.strip()
    held = Tokens(TokensInFolder(tmp_path)).holder(secret)
    assert held
    assert (held.name, held.role) == ("desk", Role.EDITOR)
    assert command.main(["tokens", "add", "bot", *where]) == 0
    capsys.readouterr()
    assert command.main(["tokens", "list", *where]) == 0
    listed = capsys.readouterr().out
    assert [line.split()[:2] for line in listed.splitlines()] == [["desk", "editor"], ["bot", "reader"]]
    assert f"until {held.expires:%Y-%m-%d}" in listed.splitlines()[0]
    assert "does not expire" in listed.splitlines()[1]
    assert secret not in listed
    assert command.main(["tokens", "remove", "desk", *where]) == 0
    assert Tokens(TokensInFolder(tmp_path)).holder(secret) is None
    assert command.main(["tokens", "remove", "desk", *where]) == 1
    assert "There is no token 'desk'." in capsys.readouterr().err


def test_a_token_opens_a_library_and_nothing_else(tmp_path: Path, capsys: Capture) -> None:
    assert command.main(["tokens", "add", "desk", "--library", str(tmp_path)]) == 1
    assert "There is no library in" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command.main(["tokens", "add", "desk", "--days", "0"])
    assert "is not a number of days" in capsys.readouterr().err
