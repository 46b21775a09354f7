"""The role of somebody who signed in elsewhere, by OpenID Connect, from what the provider claims of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from index.settings import Settings
from qa.accounts import Role


def role_of(claims: Mapping[str, Any], settings: Settings) -> Role | None:
    """Return what somebody may do, or None where nobody let them in.

    An e-mail address counts only where the provider says that it verified it: at some, anybody can enter any address.

    Args:
        claims: The claims of the identity token.
        settings: Which claim counts, and whose bearers may read or edit.
    """
    told = claims.get(settings.oidc_claim)
    by_email = settings.oidc_claim == "email"
    if by_email and claims.get("email_verified") not in (True, "true"):
        return None
    values = [told] if isinstance(told, str) else told if isinstance(told, Sequence) else []
    held = {value.strip().casefold() for value in values if isinstance(value, str)}
    if by_email:
        held |= {f"@{value.rpartition('@')[2]}" for value in held if "@" in value}
    for role, allowed in ((Role.EDITOR, settings.oidc_editors), (Role.READER, settings.oidc_readers)):
        if held & {value.strip().casefold() for value in allowed}:
            return role
    return None


def name_of(claims: Mapping[str, Any]) -> str:
    """Return what somebody is called in the audit log and on the screen."""
    for key in ("email", "preferred_username", "name", "sub"):
        if isinstance(value := claims.get(key), str) and value.strip():
            return value.strip()
    return "somebody"
