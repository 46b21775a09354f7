"""The page to sign in with a password. It is plain HTML, since Streamlit cannot set the cookie that keeps one in."""

import logging
import math
from pathlib import Path
from string import Template
from urllib.parse import parse_qs, quote, urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from index.errors import AccessError
from qa.accounts import folded
from qa.throttle import account_key, address_key
from ui import escape
from ui.door import COOKIE, Door, is_this_machine

PATH = "/sign-in"
_MOST_BYTES = 16_384
_SHEET = Path(__file__).with_name("sign_in.html")
_ICON = Path(__file__).with_name("icon.svg")
# Streamlit's own fonts, so that the page looks like those behind it.
FONTS = "/static/media/"
_FONTS = Path(st.__file__).parent / "static" / "static" / "media"
# The page needs nothing but itself and two fonts, and cannot be framed.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_UNENCRYPTED = (
    "This connection is not encrypted: others on the network could read your password. "
    "Ask for an address that begins with https."
)
_log = logging.getLogger(__name__)


class SignIn:
    """Shows the page and takes what is entered there."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show(self, request: Request) -> Response:
        """Show the page, or go on where one is signed in."""
        where = local(request.query_params.get("next", "/"))
        try:
            signed_in = self._door.sessions.find(request.cookies.get(COOKIE, ""))
        except AccessError as error:
            return refused(str(error))
        return RedirectResponse(where, 303) if signed_in else _page(_form(request, where))

    async def try_it(self, request: Request) -> Response:
        """Let somebody in who knows the password; slow down who does not."""
        fields = await _fields(request)
        name, where = fields.get("name", ""), local(fields.get("next", "/"))
        address = request.client.host if request.client else ""
        keys = (account_key(folded(name)), address_key(address))
        if wait := math.ceil(self._door.throttle.begin(keys)):
            problem = f"Too many tries. Try again in {wait} second{'s' * (wait > 1)}."
            return _page(_form(request, where, name, problem), 429, {"Retry-After": str(wait)})
        try:
            account = await run_in_threadpool(self._door.accounts.sign_in, name, fields.get("password", ""))
        except AccessError as error:
            return refused(str(error))
        if account is None:
            _log.warning("Sign-in refused for %s from %s.", ascii(name[:64]), address)
            return _page(_form(request, where, name, "Name or password is wrong."), 401)
        self._door.throttle.passed(keys)
        self._door.sessions.close(request.cookies.get(COOKIE, ""))
        _log.info("%s signed in from %s.", account.name, address)
        response = RedirectResponse(where, 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, self._door.sessions.open(account), httponly=True, samesite="lax", secure=secure)
        return response


def refused(reason: str) -> Response:
    """Return a page that only says why nobody is let in; the same goes to the log."""
    _log.error("%s", reason)
    return _page(f'<p class="problem" role="alert">{escape.html(reason)}</p>', 403)


def local(where: str) -> str:
    """Return an address within the app as it is, and "/" instead of any other."""
    try:
        parts = urlsplit(where)
    except ValueError:
        return "/"
    inside = where.startswith("/") and not where.startswith("//") and not parts.scheme and not parts.netloc
    plain = where.isascii() and where.isprintable() and "\\" not in where
    return where if inside and plain and parts.path != PATH else "/"


async def _fields(request: Request) -> dict[str, str]:
    """Read a form, and no more of it than a name and a password need."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > _MOST_BYTES:
            return {}
    try:
        read = parse_qs(data.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=8)
    except ValueError:
        return {}
    return {key: values[0] for key, values in read.items()}


def _form(request: Request, where: str, name: str = "", problem: str = "") -> str:
    told = f'<p class="problem" role="alert">{escape.html(problem)}</p>' if problem else ""
    safe = request.url.scheme == "https" or is_this_machine(request.url.hostname or "")
    warning = "" if safe else f'<p class="note">{escape.html(_UNENCRYPTED)}</p>'
    focus = ("", " autofocus") if name else (" autofocus", "")
    return (
        f'{told}<form method="post" action="{PATH}">'
        f'<input type="hidden" name="next" value="{escape.html(where)}">'
        f'<label>Name<input name="name" value="{escape.html(name)}" autocomplete="username" autocapitalize="none" '
        f'spellcheck="false" maxlength="64" required{focus[0]}></label>'
        '<label>Password<input name="password" type="password" autocomplete="current-password" maxlength="1024" '
        f"required{focus[1]}></label>"
        f"<button>Sign in</button></form>{warning}"
    )


def _page(body: str, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    sheet = Template(_SHEET.read_text("utf-8"))
    sans, serif = (_font(name) for name in ("SourceSansVF-Upright", "SourceSerifVariable-Roman"))
    words = sheet.substitute(body=body, icon=quote(_ICON.read_text("utf-8")), sans=sans, serif=serif)
    always = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return HTMLResponse(words, status, always | (headers or {}))


def _font(name: str) -> str:
    """Return the address of a font, whose file has a digest in its name; "" leaves it to the browser."""
    return next((FONTS + path.name for path in _FONTS.glob(f"{name}*.woff2")), "")
