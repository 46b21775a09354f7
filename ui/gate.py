"""The gate before the app: every request passes it, be it a page, an upload, a download or the wire of a page."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from index.errors import AccessError
from qa.claims import role_of
from ui import sign_in
from ui.door import COOKIE, Door, reaches_too_far
from ui.oidc_cookie import claims_in
from ui.policy import content_security_policy

_HEALTH = "/_stcore/health"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}


def middleware(door: Door) -> Sequence[Middleware]:
    """Return the gate as what Streamlit puts before all it serves."""
    return [Middleware(Gate, door=door)]


def routes(door: Door) -> Sequence[Route]:
    """Return the page to sign in, where there are accounts."""
    if door.settings.auth != "password":
        return []
    page = sign_in.SignIn(door)
    return [Route(sign_in.PATH, page.show, methods=["GET"]), Route(sign_in.PATH, page.try_it, methods=["POST"])]


class Gate:
    """Turns away who may not come in, and gives every answer headers that keep other sites out."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door
        self._headers = {**_HEADERS, "Content-Security-Policy": content_security_policy()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(HTTPConnection(scope))
        if refusal is not None and scope["type"] == "websocket":
            refusal = WebSocketClose(code=1008)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, asked: HTTPConnection) -> ASGIApp | None:
        """Return what answers a request that may not pass; None for one that may."""
        # Not ``asked.url``, into which the name of the host goes, which is whatever was sent.
        path = asked.scope["path"]
        if path == _HEALTH:
            return None
        if self._door.settings.auth == "none" and (reason := reaches_too_far(asked.headers)):
            return sign_in.refused(reason)
        changes = asked.scope["type"] == "websocket" or asked.scope["method"] not in _SAFE
        if changes and _is_foreign(asked.headers):
            return PlainTextResponse("This was asked for by another site. Open On Record by its own address.", 403)
        if self._door.settings.auth == "none":
            return None
        try:
            if self._is_open(path, asked) or self._is_let_in(asked.cookies):
                return None
        except AccessError as error:
            return sign_in.refused(str(error))
        if self._door.settings.auth == "password" and "text/html" in asked.headers.get("accept", ""):
            query = asked.scope["query_string"].decode("latin-1")
            return RedirectResponse(f"{sign_in.PATH}?next={quote(path + f'?{query}' * bool(query))}", 303)
        return PlainTextResponse("Sign in first.", 401)

    def _is_open(self, path: str, asked: HTTPConnection) -> bool:
        """Return whether one need not be signed in for this."""
        if self._door.settings.auth == "password":
            return path == sign_in.PATH or (
                path.startswith(sign_in.FONTS) and path.count("/") == sign_in.FONTS.count("/")
            )
        # The button to sign in is on a page of Streamlit. A page shows nothing else to whoever may not come in.
        return not path.startswith("/media/") and (asked.scope["type"] == "websocket" or asked.scope["method"] in _SAFE)

    def _is_let_in(self, cookies: Mapping[str, str]) -> bool:
        if self._door.settings.auth == "password":
            return self._door.sessions.find(cookies.get(COOKIE, "")) is not None
        return role_of(claims_in(cookies), self._door.settings) is not None


def _is_foreign(headers: Mapping[str, str]) -> bool:
    """Return whether a browser says that the page of another site asks.

    Streamlit asks a service in the network for its own address before it refuses such a page; we need none.
    """
    origin = headers.get("origin")
    if origin is None or origin in st.get_option("server.corsAllowedOrigins"):
        return False
    try:
        return urlsplit(origin).netloc.casefold() != headers.get("host", "").casefold()
    except ValueError:
        return True
