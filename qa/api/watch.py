"""What is seen of each request: its id, a line in the log, figures for Prometheus; and the headers of each response."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import OnRecordError
from index.store import Store
from qa.api.limits import Work
from qa.api.problems import problem_response

_log = logging.getLogger(__name__)

_ID = re.compile(r"[\w.-]{1,64}", re.ASCII)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
_METHODS = frozenset("GET POST PUT PATCH DELETE HEAD OPTIONS".split())
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)


class Metrics:
    """The figures of one app."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # Prometheus itself does not read them
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "onrecord_http_requests", "Requests answered", ("method", "route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "onrecord_http_request_seconds", "Seconds until the whole response was sent", ("method", "route"),
            buckets=_SECONDS, registry=self._registry,
        )  # fmt: skip
        self.questions = Counter(
            "onrecord_questions", "Questions by what became of them", ("status",), registry=self._registry
        )
        ProcessCollector(registry=self._registry)

    def follow(self, name: str, work: Work) -> None:
        """Tell how many calls are under way, and how many wait."""
        for state, count in (("running", lambda: work.running), ("waiting", lambda: work.waiting)):
            self._gauge(f"onrecord_{name}_{state}", f"Calls that are {state}", count)

    def describe(self, library: Store) -> None:
        """Tell what the library holds when the figures are read; -1 where it cannot be read."""
        self._gauge("onrecord_library_generation", "Another number after each write", lambda: library.generation)
        self._gauge("onrecord_library_articles", "Articles", lambda: library.stats().articles)
        self._gauge("onrecord_library_passages", "Passages", lambda: library.stats().chunks)

    def _gauge(self, name: str, what: str, value: Callable[[], int]) -> None:
        def read() -> int:
            try:
                return value()
            except OnRecordError:
                return -1

        Gauge(name, what, registry=self._registry).set_function(read)

    def text(self) -> bytes:
        """Return all figures in the format of Prometheus."""
        return generate_latest(self._registry)


class Watch:
    """The outermost middleware: nothing that happens behind it goes unseen, or out without an answer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        scope.setdefault("state", {})["request_id"] = request_id
        status, started = 0, time.perf_counter()

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(_HEADERS | {"X-Request-ID": request_id})
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception:  # whatever it is, the client gets an answer, and the log the traceback
            _log.exception("%s: a mistake in the server", request_id)
            if status:  # what was begun cannot be taken back; the connection is cut, which the client notices
                raise
            await problem_response(_mistake(), request_id)(scope, receive, answer)
        finally:
            self._count(scope, status, time.perf_counter() - started)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        # Neither address nor query are told: they may hold what somebody looks for. The method may be any word.
        route = getattr(scope.get("route"), "path", "none")
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)
        state = scope["state"]
        client = state.get("client", "nobody")
        _log.info("%s %s %s %d %.0f ms (%s)", state["request_id"], method, route, status, seconds * 1000, client)


def _mistake() -> HTTPException:
    return HTTPException(500, "The server made a mistake; its log says more. Tell whoever runs it the request id.")
