"""What decides who is let in: the setting ``auth``, the accounts, and who is signed in; one for the whole process."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import streamlit as st

from index.errors import AccessError
from index.settings import Settings, load_settings
from qa.accounts import Accounts
from qa.sessions import Sessions
from qa.throttle import Throttle

COOKIE = "onrecord_session"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_REMEDY = (
    "On Record lets everybody in who reaches it, so it serves this machine only. To serve others, let them sign in: "
    "set auth to 'password' or 'oidc' (docs/serving.md)."
)


@dataclass(frozen=True)
class Door:
    """What is asked whenever somebody comes."""

    settings: Settings
    accounts: Accounts
    sessions: Sessions
    throttle: Throttle


@cache
def the_door() -> Door:
    """Return the door of this process."""
    settings = load_settings()
    accounts = Accounts(settings.accounts)
    return Door(settings, accounts, Sessions(accounts, settings.idle_minutes * 60), Throttle())


def open_door() -> Door:
    """Return the door, once it is sure that nobody comes in unasked.

    Raises:
        AccessError: Others are to be served and need not, or cannot, sign in.
    """
    door = the_door()
    if door.settings.auth == "none":
        address = st.get_option("server.address")
        if not is_this_machine(address or "0.0.0.0"):  # noqa: S104 - that is what Streamlit makes of none
            raise AccessError(f"The server address is {address or 'open to all'}. {_REMEDY}")
    elif door.settings.auth == "password":
        if not door.accounts.all():
            raise AccessError(
                f"auth is 'password', but there are no accounts in {door.accounts.path}. Make one: "
                "python -m qa users add NAME --role editor"
            )
    elif not door.settings.oidc_readers and not door.settings.oidc_editors:
        raise AccessError(
            "auth is 'oidc', but nobody is let in: name who may in oidc_readers and oidc_editors (docs/serving.md)."
        )
    elif "auth" not in st.secrets:
        raise AccessError(
            "auth is 'oidc', but .streamlit/secrets.toml has no [auth] with the provider (docs/serving.md)."
        )
    return door


def reaches_too_far(headers: Mapping[str, str]) -> str:
    """Return why a request shows that others than this machine are served without signing in, or "".

    Args:
        headers: Those of the request, names in lower case. A proxy tells of itself by some; a page of a stranger that
            gave its own name the address of this machine, by the host.
    """
    host = headers.get("host", "localhost")
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = host
    if not is_this_machine(name):
        return f"It was asked for as {name[:100]!r}. {_REMEDY}"
    if any(header in headers for header in _FORWARDED):
        return f"It was asked for through a proxy. {_REMEDY}"
    return ""


def is_this_machine(name: str) -> bool:
    """Return whether an address or the name of a host means the machine itself."""
    if name.rstrip(".").casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
