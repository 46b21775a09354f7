"""Whom OpenID Connect lets in is nobody who was not named."""

from typing import Any

import pytest

from index.settings import Settings
from qa.accounts import Role
from qa.claims import name_of, role_of

BY_EMAIL = Settings(oidc_readers=("@Paper.example", "guest@else.example"), oidc_editors=("ann@paper.example",))
BY_GROUP = Settings(oidc_claim="groups", oidc_readers=("staff", "@paper.example"), oidc_editors=("Desk",))


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"email": "ANN@paper.example", "email_verified": True}, Role.EDITOR),
        ({"email": "ann@paper.example", "email_verified": "true"}, Role.EDITOR),
        ({"email": "bob@paper.example", "email_verified": True}, Role.READER),
        ({"email": "guest@else.example", "email_verified": True}, Role.READER),
        ({"email": "ann@paper.example", "email_verified": False}, None),
        ({"email": "ann@paper.example"}, None),
        ({"email": "bob@notpaper.example", "email_verified": True}, None),
        ({"email": "bob@paper.example@else.example", "email_verified": True}, None),
        ({"email": "paper.example", "email_verified": True}, None),
        ({"email": None, "email_verified": True}, None),
        ({"email": {"a": 1}, "email_verified": True}, None),
        ({}, None),
    ],
)
def test_by_address(claims: dict[str, Any], role: Role | None) -> None:
    assert role_of(claims, BY_EMAIL) is role


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"groups": ["staff", "desk"]}, Role.EDITOR),
        ({"groups": ["staff"]}, Role.READER),
        ({"groups": "staff"}, Role.READER),
        ({"groups": ["eve@paper.example"]}, None),
        ({"groups": ["other", 3, None]}, None),
        ({"groups": []}, None),
        ({"email": "desk", "email_verified": True}, None),
    ],
)
def test_by_another_claim(claims: dict[str, Any], role: Role | None) -> None:
    assert role_of(claims, BY_GROUP) is role


def test_nobody_is_let_in_where_nobody_was_named() -> None:
    assert role_of({"email": "", "email_verified": True}, Settings()) is None


def test_the_name_is_the_first_that_is_told() -> None:
    assert name_of({"sub": "42", "email": "ann@paper.example"}) == "ann@paper.example"
    assert name_of({"email": " ", "sub": "42"}) == "42"
    assert name_of({}) == "somebody"
