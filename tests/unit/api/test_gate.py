"""Who gets in, and with how much."""

import asyncio
import logging
import threading
from typing import Any

import pytest
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from starlette.types import Message

from index.tokens_kept import TOKENS_FILE, Role, TokensInFolder
from qa.api import gate
from qa.api.gate import _Body, host_names, is_loopback
from qa.engine import Engine
from qa.tokens import Tokens, add_token
from tests.unit.api.conftest import SHUT, Serve
from tests.unit.qa.engine_fakes import library_of

OPEN = ("/health/live", "/health/ready", "/openapi.json")
CLOSED = ("/v1/articles", "/v1/statements", "/v1/speakers", "/v1/library", "/metrics", "/nothing", "/docs", "/")


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic eDp5", "{secret}", "Token {secret}"]
)
def test_without_a_token_only_what_says_nothing_is_open(engine: Engine, serve: Serve, authorization: str) -> None:
    secret = add_token(engine.library.tokens, "desk")
    client = serve(secret)
    client.headers["Authorization"] = authorization.format(secret=secret)
    for path in CLOSED:
        got = client.get(path)
        assert (got.status_code, got.headers["www-authenticate"]) == (401, "Bearer"), path
        assert "python -m qa tokens add NAME" in got.json()["detail"]
    assert client.post("/v1/ask", json={"question": SHUT}).status_code == 401
    assert {client.get(path).status_code for path in OPEN} == {200}


def test_with_a_token_until_it_is_removed(engine: Engine, serve: Serve) -> None:
    secret = add_token(engine.library.tokens, "desk", Role.READER)
    client = serve(secret)
    assert client.post("/v1/ask", json={"question": SHUT}).json()["status"] == "answered"
    client.headers["Authorization"] = f"bearer  {secret}"
    assert client.get("/v1/library").status_code == 200
    engine.library.tokens.remove("desk")
    assert client.get("/v1/library").status_code == 401


def test_nobody_is_let_in_while_tokens_cannot_be_read(
    engine: Engine, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    secret = add_token(engine.library.tokens, "desk")
    client = serve(secret)
    (library_of(engine).folder / TOKENS_FILE).write_text("{")
    got = client.get("/v1/library")
    assert got.status_code == 503
    assert str(library_of(engine).folder) not in got.text
    assert str(library_of(engine).folder / TOKENS_FILE) in caplog.text


class _Far(TokensInFolder):
    """Tokens on another machine, which does not answer before it is told to."""

    is_near = False
    answers = threading.Event()

    def state(self) -> object:
        """Return it in the end."""
        self.answers.wait(20)
        return super().state()


def test_while_tokens_are_waited_for_others_are_served_and_it_ends(
    engine: Engine, serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = add_token(engine.library.tokens, "desk")
    far = _Far(library_of(engine).folder)
    client = serve(secret, tokens=Tokens(far))
    monkeypatch.setattr(gate, "TOKEN_SECONDS", 0.1)
    assert client.get("/v1/library").status_code == 503
    assert client.get("/health/live").status_code == 200
    assert "The tokens were not read within 0.1 s." in caplog.text
    far.answers.set()
    monkeypatch.setattr(gate, "TOKEN_SECONDS", 20.0)
    assert client.get("/v1/library").status_code == 200
    far.answers.clear()


def test_each_token_has_its_own_rate(engine: Engine, serve: Serve) -> None:
    one, two = (add_token(engine.library.tokens, name) for name in ("one", "two"))
    client = serve(one, api_per_minute=2)
    assert [client.get("/v1/library").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/v1/library")
    assert int(refused.headers["retry-after"]) in range(1, 31)
    assert "more than 2 requests a minute" in refused.json()["detail"]
    client.headers["Authorization"] = "Bearer wrong"
    assert [client.get("/v1/library").status_code for _ in range(3)] == [401, 401, 429]
    client.headers["Authorization"] = f"Bearer {two}"
    assert client.get("/v1/library").status_code == 200
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:8600", 200), ("127.0.0.1:8600", 200), ("[::1]:8600", 200), ("news.example", 200),
     ("evil.example", 400), ("localhost.evil.example", 400), ("", 400), ("[::1", 400), ("localhost@evil.example", 400)],
)  # fmt: skip
def test_on_this_machine_other_names_are_refused(serve: Serve, host: str, status: int) -> None:
    client = serve(hosts=host_names("127.0.0.1", ["news.example"]))
    assert client.get("/health/live", headers={"Host": host}).status_code == status


def test_names_elsewhere() -> None:
    assert host_names("0.0.0.0", []) == frozenset()  # noqa: S104 - not listened on
    assert host_names("192.0.2.7", ["News.example"]) == {"news.example"}
    assert [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "0.0.0.0", "example.org")] == [  # noqa: S104
        True, True, True, False, False,
    ]  # fmt: skip


def test_large_bodies_are_refused_before_they_are_read(client: TestClient) -> None:
    large = b" " * (gate.LARGEST_BODY + 1)
    for path in ("/v1/ask", "/v1/batch", "/v1/check-quote"):
        for content in (large, iter([large])):  # with and without Content-Length
            got = client.post(path, content=content, headers={"Content-Type": "application/json"})
            assert got.status_code == 413, path
            assert "1,000,000 bytes" in got.json()["detail"]
    for length, status in (("many", 400), ("-1", 400), ("9" * 5000, 413)):
        assert client.post("/v1/ask", headers={"Content-Length": length}, content=b"").status_code == status


def test_slow_bodies_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.01)

    async def never() -> Message:
        await asyncio.sleep(20)
        return {"type": "http.request"}

    async def read() -> Message:
        return await _Body(never, 9)()

    with pytest.raises(HTTPException) as caught:
        asyncio.run(read())
    assert caught.value.status_code == 408


def test_a_body_that_is_there_is_not_hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind it comes only that the client went away, for which an answer may wait long."""
    monkeypatch.setattr(gate, "BODY_SECONDS", 0.01)
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": b"x"}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        if len(messages) == 1:
            await asyncio.sleep(0.05)
        return messages.pop(0)

    async def read() -> Message:
        body = _Body(receive, 9)
        assert (await body())["body"] == b"x"
        return await body()

    assert asyncio.run(read()) == {"type": "http.disconnect"}


def test_no_page_of_another_site_may_read(client: TestClient) -> None:
    got = client.get("/v1/library", headers={"Origin": "https://evil.example"})
    assert not [name for name in got.headers if name.startswith("access-control")]
    asked = client.options("/v1/articles", headers={"Access-Control-Request-Method": "POST"})
    assert (asked.status_code, asked.headers["allow"], asked.json()["detail"]) == (
        405, "GET, POST", "This address takes GET, POST.",
    )  # fmt: skip
    assert client.put("/openapi.json").status_code == 405
    plain = client.post("/v1/ask", content=b'{"question": "Why?"}', headers={"Content-Type": "text/plain"})
    assert plain.status_code == 415


def test_the_log_says_who_and_what_but_not_what_was_asked(
    engine: Engine, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    secret = add_token(engine.library.tokens, "desk")
    client = serve(secret)
    with caplog.at_level(logging.INFO):
        client.post("/v1/ask", json={"question": "When was Zebra shut?"})
        client.get("/v1/articles?search=Zebra")
        client.get("/v1/articles/Zebra%0AINFO")
        client.get("/Zebra%0AINFO", headers={"X-Request-ID": "Zebra\tx"})
    lines = [record.getMessage() for record in caplog.records if record.name == "qa.api.watch"]
    assert [line.split()[1:4] for line in lines] == [
        ["POST", "/v1/ask", "200"], ["GET", "/v1/articles", "200"], ["GET", "/v1/articles/{id}", "422"],
        ["GET", "none", "404"],
    ]  # fmt: skip
    assert all(line.endswith("(token desk)") for line in lines)
    assert "Zebra" not in "".join(lines)
    assert secret not in caplog.text
