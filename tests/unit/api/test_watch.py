"""What becomes of requests when things go wrong, and what is seen of it."""

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message

from qa.engine import Engine
from tests.unit.api.conftest import SHUT, GatedReader, Serve
from tests.unit.qa.engine_fakes import BRIDGE, engine_of, library_of

ASK = {"question": SHUT}


@pytest.fixture
def closed(tmp_path: Path) -> Engine:
    """An engine whose library cannot be read any more."""
    engine = engine_of(tmp_path, GatedReader({}), BRIDGE)
    engine.library.close()
    return engine


@pytest.fixture
def failing(closed: Engine, serve: Serve) -> TestClient:
    """A client of an app over that engine."""
    return serve(over=closed)


def _figures(client: TestClient) -> dict[str, float]:
    lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_a_library_that_cannot_be_read_is_told_without_its_folder(
    closed: Engine, failing: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for got in (
        failing.post("/v1/ask", json=ASK), failing.get("/v1/articles"), failing.get("/health/ready"),
        failing.post("/v1/check-quote", json={"quotation": "We waited too long"}),
    ):  # fmt: skip
        assert (got.status_code, got.json()["title"]) == (503, "Service Unavailable")
        assert str(library_of(closed).folder) not in got.text
        assert f"{got.headers['x-request-id']}: The library was closed." in caplog.text
    assert failing.get("/health/live").json() == {"status": "alive"}
    figures = _figures(failing)
    assert figures["onrecord_library_articles"] == figures["onrecord_library_generation"] == -1
    assert figures['onrecord_questions_total{status="failed"}'] == 1


def test_a_mistake_is_told_with_an_id_and_nothing_else(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    got = client.post("/v1/ask", json={"question": "What did POISON say?"}, headers={"X-Request-ID": "mine.7"})
    assert (got.status_code, got.headers["content-type"]) == (500, "application/problem+json")
    assert got.json() == {
        "type": "about:blank", "title": "Internal Server Error", "status": 500, "request_id": "mine.7",
        "detail": "The server made a mistake; its log says more. Tell whoever runs it the request id.",
    }  # fmt: skip
    assert "mine.7: a mistake in the server" in caplog.text
    assert "ValueError: poisoned" in caplog.text


def test_what_takes_too_long_is_given_up(serve: Serve, reader: GatedReader) -> None:
    client = serve(api_seconds=0.2)
    reader.gate.clear()
    got = client.post("/v1/ask", json=ASK)
    assert (got.status_code, got.json()["detail"][:30]) == (504, "That took more than 0.2 s and ")
    assert _figures(client)["onrecord_questions_running"] == 1
    assert client.get("/health/ready").status_code == 200
    reader.gate.set()


def test_more_than_can_wait_are_refused(serve: Serve, reader: GatedReader) -> None:
    client = serve(api_waiting=1)
    while reader.begun.acquire(blocking=False):
        pass
    reader.gate.clear()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(client.post, "/v1/ask", json=ASK) for _ in range(3)]
        for _ in range(2):
            assert reader.begun.acquire(timeout=20)
        assert any(_figures(client)["onrecord_questions_waiting"] == 1 for _ in range(2000))
        refused = client.post("/v1/ask", json=ASK)
        reader.gate.set()
        assert [request.result().status_code for request in waiting] == [200] * 3
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert "Too many requests are waiting." in refused.json()["detail"]


def test_what_waits_for_a_client_that_went_away_is_not_asked(serve: Serve, reader: GatedReader) -> None:
    client = serve()
    while reader.begun.acquire(blocking=False):
        pass
    reader.gate.clear()
    asked = len(reader.asked)
    with ThreadPoolExecutor(2) as pool:
        busy = [pool.submit(client.post, "/v1/ask", json=ASK) for _ in range(2)]
        for _ in range(2):
            assert reader.begun.acquire(timeout=20)
        assert client.portal
        assert client.portal.call(_leave, client.app) == 499
        assert _figures(client)["onrecord_questions_waiting"] == 0
        reader.gate.set()
        assert [request.result().status_code for request in busy] == [200] * 2
    assert len(reader.asked) == asked + 2


async def _leave(app: ASGIApp) -> int:
    """Ask and go away at once; return the status, which nobody sees but the log."""
    body = json.dumps(ASK).encode()
    coming: list[Message] = [{"type": "http.request", "body": body}, {"type": "http.disconnect"}]
    sent: list[Message] = []

    async def receive() -> Message:
        return coming.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/v1/ask", "raw_path": b"/v1/ask", "query_string": b"",
        "headers": [(b"content-type", b"application/json")], "client": ("testclient", 1), "server": ("testserver", 80),
        "scheme": "http", "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    "path", ["/health/live", "/v1/library", "/v1/articles/0123456789abcdef", "/nothing", "/metrics"]
)
def test_every_response_has_its_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert len(headers["x-request-id"]) == 32
    assert "server" not in headers


@pytest.mark.parametrize(("given", "kept"), [("a-b_c.9", True), ("x" * 64, True), ("x" * 65, False), ("a b", False)])
def test_a_request_id_of_the_client_is_kept_if_it_is_one(client: TestClient, given: str, kept: bool) -> None:
    assert (client.get("/health/live", headers={"X-Request-ID": given}).headers["x-request-id"] == given) is kept


def test_figures(serve: Serve, engine: Engine) -> None:
    client = serve()
    client.post("/v1/ask", json=ASK)
    client.post("/v1/ask", json={"question": "?"})
    client.request("BREW", "/v1/ask")
    figures = _figures(client)
    assert figures['onrecord_http_requests_total{method="POST",route="/v1/ask",status="200"}'] == 1
    assert figures['onrecord_http_requests_total{method="POST",route="/v1/ask",status="400"}'] == 1
    assert figures['onrecord_http_requests_total{method="other",route="/v1/ask",status="405"}'] == 1
    assert figures['onrecord_http_request_seconds_count{method="POST",route="/v1/ask"}'] == 2
    assert figures['onrecord_questions_total{status="answered"}'] == 1
    assert figures["onrecord_library_articles"] == 3
    assert figures["onrecord_library_generation"] == engine.library.generation
    assert figures["process_resident_memory_bytes"] > 1e6


def test_the_question_is_logged_at_debug_only(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.post("/v1/ask", json={"question": "When was the Zebra bridge shut?"})
        client.post("/v1/batch", json=[{"question": "When was the Zebra bridge shut?"}])
        client.post("/v1/check-quote", json={"quotation": "Zebra"})
    assert "Zebra" not in caplog.text
