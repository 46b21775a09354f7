"""What is refused at the start."""

from pathlib import Path

import pytest
import streamlit as st

from index.errors import AccessError
from tests.app.door import make_door, stand_at
from ui import door


@pytest.mark.parametrize(
    ("address", "starts"),
    [("localhost", True), ("127.0.0.1", True), ("::1", True), ("0.0.0.0", False),  # noqa: S104
     (None, False), ("192.0.2.7", False), ("unix:///run/a.sock", False), ("news.example", False)],
)  # fmt: skip
def test_without_accounts_only_a_local_address_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str | None, starts: bool
) -> None:
    stand_at(make_door(tmp_path), monkeypatch)
    monkeypatch.setattr(st, "get_option", {"server.address": address}.__getitem__)
    if starts:
        assert door.open_door().settings.auth == "none"
    else:
        with pytest.raises(AccessError, match="To serve others, let them sign in: set auth to"):
            door.open_door()


def test_what_is_missing_to_sign_in_is_told_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_door(tmp_path, auth="password")
    stand_at(made, monkeypatch)
    assert door.open_door() is made
    made.accounts.path.unlink()
    with pytest.raises(AccessError, match="python -m qa users add NAME --role editor"):
        door.open_door()
    stand_at(make_door(tmp_path, auth="oidc"), monkeypatch)
    with pytest.raises(AccessError, match="oidc_readers and oidc_editors"):
        door.open_door()
    (tmp_path / "accounts.json").unlink()
    stand_at(make_door(tmp_path, auth="oidc", oidc_editors=("ed@paper.example",)), monkeypatch)
    monkeypatch.setattr(st, "secrets", {})
    with pytest.raises(AccessError, match=r"secrets\.toml has no \[auth\]"):
        door.open_door()


def test_the_address_of_the_project_is_this_machine() -> None:
    assert door.is_this_machine(str(st.get_option("server.address")))
