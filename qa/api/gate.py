"""Who is let in: the host that is asked for, the token, the rate, and how large and slow a body may be."""

import asyncio
import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import TokenError
from index.tokens_kept import Token
from qa.api.limits import RateLimit
from qa.api.problems import as_problem, problem_response
from qa.tokens import Tokens

# What monitors and proxies ask without a token, and what says nothing of the library but how large it is.
OPEN = frozenset({"/health/live", "/health/ready", "/openapi.json"})
FILES = "/v1/articles"  # where files are added, which may be as large as the settings say
LARGEST_BODY = 1_000_000  # bytes; a batch of the longest questions with their history has no more
BODY_SECONDS = 30.0
TOKEN_SECONDS = 5.0  # for asking another machine who has a token
_MOST_DIGITS = 15  # Python refuses to read numbers of thousands of digits


class Gate:
    """Middleware that lets nobody through to the routes whom it does not know, before a body is read."""

    def __init__(
        self, app: ASGIApp, hosts: frozenset[str], tokens: Tokens | None, limit: RateLimit, largest_file: int
    ) -> None:
        """Put the gate before an app.

        Args:
            app: What is behind it.
            hosts: Names under which the server may be asked; none for any.
            tokens: Who may read and edit; None lets everybody read.
            limit: How often each may ask.
            largest_file: Bytes of the largest file that may be added.
        """
        self._app = app
        self._hosts = hosts
        self._tokens = tokens
        self._limit = limit
        self._largest_file = largest_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._admit(scope)
        except (HTTPException, TokenError) as error:
            request_id = scope["state"]["request_id"]
            told = error if isinstance(error, HTTPException) else as_problem(error, request_id)
            await problem_response(told, request_id)(scope, receive, send)
            return
        await self._app(scope, _Body(receive, self._largest(scope)), send)

    async def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if self._hosts and _name(headers.get("host", "")) not in self._hosts:
            # A page that makes a browser believe that its own name is this machine's would come with that name.
            raise HTTPException(400, "This host is not served here. Start the server with --name HOST to serve it.")
        if scope["path"] in OPEN:
            return
        address = scope["client"][0] if scope["client"] else ""
        token = await self._holder(headers.get("authorization", ""))
        if token is None and self._tokens is not None:
            self._limit.charge(f"address {address}")
            raise HTTPException(
                401,
                "This takes a token: 'Authorization: Bearer …'. Whoever runs the server makes one: "
                "python -m qa tokens add NAME",
                {"WWW-Authenticate": "Bearer"},
            )
        scope["state"]["token"] = token
        scope["state"]["client"] = f"token {token.name}" if token else f"address {address}"
        self._limit.charge(scope["state"]["client"])
        length, largest = headers.get("content-length", "0"), self._largest(scope)
        if not length.isdecimal():
            raise HTTPException(400, "Content-Length is not a number. Send the size of the body, or leave it out.")
        if len(length) > _MOST_DIGITS or int(length) > largest:
            raise _too_large(largest)

    def _largest(self, scope: Scope) -> int:
        return self._largest_file if scope["path"] == FILES else LARGEST_BODY

    async def _holder(self, authorization: str) -> Token | None:
        scheme, _, secret = authorization.partition(" ")
        if self._tokens is None or scheme.lower() != "bearer":
            return None
        if self._tokens.is_near:
            return self._tokens.holder(secret.strip())
        try:
            async with asyncio.timeout(TOKEN_SECONDS):
                return await asyncio.to_thread(self._tokens.holder, secret.strip())
        except TimeoutError:
            raise TokenError(
                f"The tokens were not read within {TOKEN_SECONDS:g} s. Check that Milvus answers."
            ) from None


class _Body:
    """Gives on a body as it arrives, if it is neither too large nor too slow."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._largest = largest
        self._size = 0
        self._whole = False
        self._until = asyncio.get_running_loop().time() + BODY_SECONDS

    async def __call__(self) -> Message:
        if self._whole:  # what comes now is that the client went away
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, f"The body did not arrive within {BODY_SECONDS:g} s. Send it again.") from None
        self._size += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._size > self._largest:
            raise _too_large(self._largest)
        return message


def host_names(host: str, names: Iterable[str]) -> frozenset[str]:
    """Return under which names a server may be asked that listens on ``host``; none for any.

    On this machine alone only its own names are, and those that a proxy before it has. Elsewhere nobody gets in
    without a token, which no page has that a browser shows, so that any name will do unless some are given.
    """
    given = frozenset(name.lower() for name in names)
    return given | {"localhost", "127.0.0.1", "::1", host.lower()} if is_loopback(host) else given


def is_loopback(host: str) -> bool:
    """Say whether what listens on ``host`` can be reached from this machine only."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _name(host: str) -> str:
    """Return the name of a Host header without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _too_large(largest: int) -> HTTPException:
    return HTTPException(413, f"The body has more than {largest:,} bytes, the limit. Send less at once.")
