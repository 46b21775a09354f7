"""Requests at the gate: who gets in, who is sent to sign in, and what strangers learn."""

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from qa.accounts import Role
from tests.app.door import PASSWORD, Clock, make_door
from ui import gate, sign_in
from ui.door import COOKIE, Door

PAGE = {"Accept": "text/html"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guarded(tmp_path: Path, clock: Clock) -> Door:
    return make_door(tmp_path, clock, auth="password")


async def _inside(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"inside {request.method}")


async def _wire(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("inside")
    await socket.close()


def client_of(made: Door, base: str = "http://localhost:8501", **options: tuple[str, int]) -> TestClient:
    inner = [
        Route("/{path:path}", _inside, methods=["GET", "PUT", "POST", "DELETE"]),
        WebSocketRoute("/_stcore/stream", _wire),
    ]
    app = Starlette(routes=[*gate.routes(made), *inner], middleware=gate.middleware(made))
    return TestClient(app, base, follow_redirects=False, **options)  # type: ignore[arg-type]


@pytest.fixture
def client(guarded: Door) -> Iterator[TestClient]:
    with client_of(guarded) as client:
        yield client


def _enter(client: TestClient, name: str = "ed", password: str = PASSWORD, where: str = "/") -> tuple[int, str]:
    answer = client.post("/sign-in", data={"name": name, "password": password, "next": where})
    return answer.status_code, answer.text


def _wire_text(client: TestClient, **headers: str) -> str:
    with client.websocket_connect(
        f"ws://{urlsplit(str(client.base_url)).netloc}/_stcore/stream", headers=headers
    ) as socket:
        return socket.receive_text()


@pytest.mark.parametrize("path", ["/", "/library", "/media/abc.jsonl", "/_stcore/upload_file/a/b", "/static/x.js"])
def test_who_is_not_signed_in_gets_nothing(client: TestClient, path: str) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert client.request(method, path).status_code == 401
    answer = client.get(f"{path}?article=a&b=c", headers=PAGE)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/sign-in?next={path}%3Farticle%3Da%26b%3Dc"
    with pytest.raises(WebSocketDisconnect):
        _wire_text(client)


@pytest.mark.parametrize("host", ["localhost:8501/_stcore/health?", "localhost:8501/sign-in#", "x/static/media/a?"])
def test_the_name_of_the_host_cannot_pass_for_an_open_path(client: TestClient, host: str) -> None:
    answer = client.get("/media/abc.jsonl", headers={"Host": host})
    assert (answer.status_code, answer.text) == (401, "Sign in first.")


@pytest.mark.parametrize(
    "path",
    ["/sign-in%3Fa", "/_stcore/health%3Fa", "/static/media/..%2F..%2Fmedia/a", "/sign-in/", "//sign-in", "/SIGN-IN"],
)
def test_what_looks_like_an_open_path_is_none(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401


def test_health_and_fonts_are_open(client: TestClient) -> None:
    assert client.get("/_stcore/health").text == "inside GET"
    page = client.get("/sign-in").text
    fonts = [part.split('"')[0] for part in page.split('url("')[1:]]
    assert len(fonts) == 2
    assert all(font.startswith("/static/media/Source") and client.get(font).status_code == 200 for font in fonts)
    assert client.get("/static/media/../../library").status_code == 401


def test_signing_in_opens_everything_and_leads_where_one_wanted_to_go(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"name": "Ed", "password": PASSWORD, "next": "/article?article=a&start=3"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/article?article=a&start=3")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert client.get("/library").text == "inside GET"
    assert _wire_text(client) == "inside"
    again = client.get("/sign-in?next=/library")
    assert (again.status_code, again.headers["location"]) == (303, "/library")


def test_over_https_the_cookie_is_for_https_only(guarded: Door) -> None:
    with client_of(guarded, "https://news.example") as client:
        answer = client.post("/sign-in", data={"name": "ed", "password": PASSWORD})
        assert "Secure" in answer.headers["set-cookie"]
        assert "not encrypted" not in client.get("/sign-in").text
    with client_of(guarded, "http://news.example") as client:
        assert "not encrypted" in client.get("/sign-in").text
    with client_of(guarded) as client:
        assert "not encrypted" not in client.get("/sign-in").text


def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before(client: TestClient) -> None:
    given = {"Cookie": f"{COOKIE}=chosen-by-a-stranger"}
    assert client.post("/sign-in", data={"name": "ed", "password": PASSWORD}, headers=given).status_code == 303
    first = client.cookies[COOKIE]
    assert first != "chosen-by-a-stranger"
    _enter(client, "rita")
    assert client.cookies[COOKIE] != first
    assert client.get("/").status_code == 200
    client.cookies.clear()
    assert client.get("/", headers={"Cookie": f"{COOKIE}={first}"}).status_code == 401


def test_a_wrong_password_and_an_unknown_name_look_the_same(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    wrong, unknown = _enter(client, "rita", "wrong"), _enter(client, "nobody", "wrong")
    assert wrong[0] == unknown[0] == 401
    assert wrong[1].replace("rita", "nobody") == unknown[1]
    assert "Name or password is wrong." in wrong[1]
    assert COOKIE not in client.cookies
    assert caplog.messages[-1] == "Sign-in refused for 'nobody' from testclient."


def test_guessing_has_to_wait_for_known_and_unknown_names_alike(client: TestClient, clock: Clock) -> None:
    for name in ("rita", "nobody"):
        assert [_enter(client, name, "wrong")[0] for _ in range(5)] == [401, 401, 401, 429, 429]
        clock.now += 4000
    for _ in range(3):
        _enter(client, "ed", "wrong")
    answer = client.post("/sign-in", data={"name": "ED ", "password": PASSWORD})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "Too many tries. Try again in 1 second." in answer.text
    clock.now += 1
    assert _enter(client)[0] == 303


def test_one_address_cannot_try_many_names(guarded: Door) -> None:
    with client_of(guarded, client=("203.0.113.9", 1)) as client:
        assert [_enter(client, f"name{n}", "wrong")[0] for n in range(7)] == [401] * 5 + [429] * 2
    with client_of(guarded, client=("203.0.113.10", 1)) as client:
        assert _enter(client)[0] == 303


def test_what_was_typed_is_shown_as_typed(client: TestClient) -> None:
    hostile = '"><script>alert(1)</script>'
    text = _enter(client, hostile, "wrong", where=f"/library?{hostile}")[1]
    assert "<script>" not in text
    assert "&quot;&gt;&lt;script&gt;" in text


@pytest.mark.parametrize(
    "where",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "",
     "/a\r\nSet-Cookie: a=b", "/sign-in", "//[", "http:/evil.example", "/\tevil"],
)  # fmt: skip
def test_nobody_is_led_to_another_site(client: TestClient, where: str) -> None:
    answer = client.post("/sign-in", data={"name": "ed", "password": PASSWORD, "next": where})
    assert answer.headers["location"] == "/"
    assert sign_in.local(where) == "/"


def test_a_form_is_read_no_further_than_it_needs(client: TestClient) -> None:
    assert _enter(client, "ed", "x" * 100_000)[0] == 401
    assert client.post("/sign-in", content=b"\xff\x00&&=;" * 50).status_code == 401
    assert client.post("/sign-in", content="&".join(f"f{n}=1" for n in range(500))).status_code == 401


def test_sessions_end_by_time_role_password_and_removal(client: TestClient, guarded: Door, clock: Clock) -> None:
    _enter(client)
    clock.now += 120 * 60 + 1
    assert client.get("/").status_code == 401
    _enter(client)
    guarded.accounts.set_role("ed", Role.READER)
    assert client.get("/").status_code == 200
    guarded.accounts.remove("ed")
    assert client.get("/").status_code == 401


def test_other_sites_cannot_act_for_who_is_signed_in(client: TestClient) -> None:
    _enter(client)
    for origin in ("https://evil.example", "http://localhost:3000", "null", "http://localhost", "http://["):
        with pytest.raises(WebSocketDisconnect):
            _wire_text(client, Origin=origin)
        for method, path in (("PUT", "/_stcore/upload_file/a/b"), ("DELETE", "/_stcore/upload_file/a/b")):
            assert client.request(method, path, headers={"Origin": origin}).status_code == 403
        assert client.post("/sign-in", headers={"Origin": origin}, data={"name": "ed"}).status_code == 403
    own = "http://localhost:8501"
    assert _wire_text(client, Origin=own) == "inside"
    assert client.put("/_stcore/upload_file/a/b", headers={"Origin": own}).status_code == 200


def test_every_answer_keeps_other_sites_out(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/sign-in"), client.get("/_stcore/health")):
        assert answer.headers["x-frame-options"] == "SAMEORIGIN"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors" in answer.headers["content-security-policy"]
    assert client.get("/sign-in").headers["cache-control"] == "no-store"
    assert "default-src 'none'" in client.get("/sign-in").headers["content-security-policy"]


def test_accounts_that_cannot_be_read_let_nobody_in_and_say_why(client: TestClient, guarded: Door) -> None:
    _enter(client)
    guarded.accounts.path.chmod(0o644)
    entered = client.post("/sign-in", data={"name": "ed", "password": PASSWORD})
    for answer in (client.get("/", headers=PAGE), client.get("/sign-in"), entered):
        assert answer.status_code == 403
        assert "chmod 600" in answer.text


# --- Without accounts: this machine only ---


@pytest.fixture
def local_client(tmp_path: Path) -> Iterator[TestClient]:
    with client_of(make_door(tmp_path, auth="none")) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST", "127.9.9.9", "localhost."]
)
def test_this_machine_needs_no_account(local_client: TestClient, host: str) -> None:
    assert local_client.get("/", headers={"Host": host}).text == "inside GET"
    assert _wire_text(local_client, Host=host, Origin=f"http://{host}") == "inside"
    assert local_client.get("/sign-in", headers={"Host": host}).text == "inside GET"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "news.example"},
        {"Host": "192.0.2.7:8501"},
        {"Host": "localhost.evil.example"},
        {"Host": "[::"},
        {"Host": ""},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"X-Real-IP": "203.0.113.9"},
    ],
)
def test_others_are_refused_with_the_remedy_on_the_page_and_in_the_log(
    local_client: TestClient, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = local_client.get("/", headers=headers | PAGE)
    assert answer.status_code == 403
    for told in (answer.text, caplog.text):
        assert "To serve others, let them sign in: set auth to" in told
    with pytest.raises(WebSocketDisconnect):
        _wire_text(local_client, **headers)
    assert local_client.get("/_stcore/health", headers=headers).status_code == 200
