"""Tokens of the HTTP API in every kind of library, shared by all who serve it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import TokenError
from index.milvus.client import Tables
from index.milvus.meta import Meta
from index.milvus.schema import META
from index.milvus.tokens import MilvusTokens
from index.open import open_library
from index.settings import location
from index.store import Store
from index.tokens_kept import Role
from qa.__main__ import main
from qa.tokens import Tokens, add_token
from tests.unit.store.conftest import Opener


def test_a_token_is_known_to_all_who_have_the_library_open(store: Store, opened: Opener) -> None:
    secret = add_token(store.tokens, "desk", Role.EDITOR, days=30)
    other = add_token(opened().tokens, "bot")
    with pytest.raises(TokenError, match="There is a token 'desk' already"):
        add_token(opened().tokens, "desk")
    for kept in (store.tokens, opened().tokens):
        known = Tokens(kept)
        held = known.holder(secret)
        assert held
        assert (held.name, held.role, held.expires is None) == ("desk", Role.EDITOR, False)
        assert (found := known.holder(other)) and found.role is Role.READER
        assert known.holder("onrecord_") is None
        assert {token.name for token in kept.all()} == {"bot", "desk"}


def test_a_removed_token_is_refused_by_all(store: Store, opened: Opener) -> None:
    secret = add_token(store.tokens, "desk")
    with pytest.raises(TokenError, match="There is no token 'disk'"):
        store.tokens.remove("disk")
    opened().tokens.remove("desk")
    assert store.tokens.all() == ()
    assert Tokens(store.tokens).holder(secret) is None
    assert Tokens(store.tokens).holder(add_token(opened().tokens, "desk"))


class Clocked(MilvusTokens):
    """Tokens whose clock is set by the test."""

    second = 0
    reads = 0

    def state(self) -> object:
        """Return the second."""
        return self.second

    def all(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 - as it is there
        """Count."""
        self.reads += 1
        return super().all()


def test_in_milvus_they_are_read_again_each_second(address: str) -> None:
    with open_library(address, create=True, check=False) as library:
        secret = add_token(library.tokens, "desk")
        tables = Tables(address, create=False)
        kept = Clocked(Meta(tables))
        known = Tokens(kept)
        assert all(known.holder(secret) for _ in range(5))
        library.tokens.remove("desk")
        assert kept.reads == 1
        kept.second += 1
        assert known.holder(secret) is None
        assert isinstance(MilvusTokens(Meta(tables)).state(), int)
        tables.close()


def test_two_at_once_lose_no_token(address: str) -> None:
    with open_library(address, create=True, check=False) as library, ThreadPoolExecutor(4) as pool:
        secrets = list(pool.map(lambda number: add_token(library.tokens, f"n{number}"), range(8)))
        known = Tokens(library.tokens)
        assert all(known.holder(secret) for secret in secrets)


def test_a_damaged_row_lets_nobody_in(address: str) -> None:
    with open_library(address, create=True, check=False) as library:
        add_token(library.tokens, "desk")
        tables = Tables(address, create=False)
        Meta(tables).write_token("x", "{")
        assert tables.count(META) > 0
        with pytest.raises(TokenError, match="The tokens cannot be read"):
            Tokens(library.tokens).holder("x")
        tables.close()


def test_the_commands(where: Path | str, capsys: pytest.CaptureFixture[str]) -> None:
    named = ["--library", str(where)]
    assert main(["tokens", "list", *named]) == 1
    assert "python -m index add" in capsys.readouterr().err
    open_library(location(str(where)), create=True, check=False).close()
    assert main(["tokens", "add", "desk", "--role", "editor", *named]) == 0
    secret = capsys.readouterr().out.strip()
    assert main(["tokens", "list", *named]) == 0
    listed = capsys.readouterr().out
    assert listed.split()[:2] == ["desk", "editor"] and secret not in listed
    assert main(["tokens", "remove", "desk", *named]) == 0
    assert main(["tokens", "remove", "desk", *named]) == 1
    assert "There is no token 'desk'." in capsys.readouterr().err
