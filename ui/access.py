"""Who looks at a page, and what they may do. The gate has seen them before; here each run and each click asks again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from index.audit import Actor, this_user
from index.errors import AccessError, OnRecordError
from qa.accounts import Role
from qa.claims import name_of, role_of
from ui import look, render
from ui.door import COOKIE, open_door, the_door
from ui.engine import show_error

_WHO, _USED = "visitor", "visitor-used"
_CHECK_SECONDS = 30
_A_ROLE = {Role.READER: "a reader", Role.EDITOR: "an editor"}


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who was let in."""

    name: str
    role: Role

    @property
    def edits(self) -> bool:
        """Whether they may change what is shared."""
        return self.role is Role.EDITOR


def _token() -> str:
    return st.context.cookies.get(COOKIE, "")


def _claims() -> Mapping[str, Any]:
    return st.user.to_dict() if st.user.is_logged_in else {}


# What tells who comes; a test tells it otherwise.
token: Callable[[], str] = _token
claims: Callable[[], Mapping[str, Any]] = _claims


def signs_in() -> bool:
    """Return whether one has to sign in here."""
    return the_door().settings.auth != "none"


def visitor(*, use: bool = False) -> Visitor | None:
    """Return who looks at the page, with the role they have now; None where nobody is signed in.

    Args:
        use: Count this as a use, from which the time without use begins anew.

    Raises:
        AccessError: The accounts cannot be read.
    """
    door = the_door()
    if door.settings.auth == "none":
        return Visitor(this_user("app").name, Role.EDITOR)
    if door.settings.auth == "password":
        account = door.sessions.find(token(), use=use)
        return Visitor(account.name, account.role) if account else None
    told = claims()
    role = role_of(told, door.settings)
    if role is None or _is_idle(door.settings.idle_minutes * 60, use):
        return None
    return Visitor(name_of(told), role)


def _is_idle(limit: float, use: bool) -> bool:
    """Note the use of a session of OpenID Connect, whose cookie is Streamlit's and lasts for thirty days."""
    now = time.monotonic()
    idle = bool(now - st.session_state.get(_USED, now) > limit)
    if use and not idle:
        st.session_state[_USED] = now
    return idle


def may_edit() -> bool:
    """Return whether what changes things is to be shown."""
    who = visitor()
    return who is not None and who.edits


def editor() -> Actor:
    """Return who acts, for the audit log; whatever changes what is shared calls this first.

    Raises:
        AccessError: They may not, or not any more.
    """
    who = visitor(use=True)
    if who is None:
        raise AccessError("You are not signed in any more, so nothing was changed. Sign in and try again.")
    if not who.edits:
        raise AccessError(
            f"Only editors may change what is shared, and {who.name} is a reader, so nothing was changed. "
            "Ask whoever looks after On Record to make you an editor."
        )
    return Actor(who.name, "app")


def admit() -> bool:
    """Return whether a visitor is let in. Where that cannot be told the page shows why and ends here."""
    try:
        open_door()  # this script may have been started without app.py
        who = visitor(use=True)
    except OnRecordError as error:
        show_error(error)
        st.stop()
    if who is None:
        return False
    if st.session_state.setdefault(_WHO, who.name) != who.name:
        st.session_state.clear()  # somebody else signed in in the same browser: nothing of the first is theirs
        st.session_state[_WHO] = who.name
    if signs_in():
        _watch()
    return True


@st.fragment(run_every=_CHECK_SECONDS)
def _watch() -> None:
    """Take the page away from a screen that nobody uses any more, or that has been shut out meanwhile."""
    if visitor() is None:
        st.rerun()


def show_way_in() -> None:
    """Show the way to sign in, instead of a page."""
    look.apply()
    st.title("On Record", anchor=False)
    if the_door().settings.auth == "password":
        st.session_state.clear()
        st.html(render.sentence("You are signed out."))
        st.html('<a class="or-way-in" href="/sign-in" target="_self">Sign in</a>')
        return
    told = claims()
    if told and role_of(told, the_door().settings):
        st.logout()  # too long without use
    if told:
        show_error(f"{name_of(told)} may not use this library. Ask whoever looks after On Record to let you in.")
        st.button("Sign in with another account", key="sign-out", on_click=st.logout)
        return
    st.html(render.sentence("Ask the news articles in the library. Sign in with your account to go on."))
    st.button("Sign in", type="primary", key="sign-in", on_click=st.login)


def show_account() -> None:
    """Show who is signed in, and the way out."""
    look.apply()
    st.title("Account", anchor=False)
    who = visitor()
    if who is None:
        return
    may = "also add, replace and remove articles, and decide on names of speakers" if who.edits else "ask and read"
    st.html(render.sentence(f"Signed in as {who.name}. As {_A_ROLE[who.role]} you may {may}."))
    st.button("Sign out", key="sign-out", icon=":material/logout:", on_click=_sign_out)


def _sign_out() -> None:
    if the_door().settings.auth == "password":
        the_door().sessions.close(token())
        st.session_state.clear()
    else:
        st.logout()
