"""Fetching from a server on this machine that does what no server should."""

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import httpx
import pytest

from index.records import Draft, Failure
from index.sources import Limits, fetch_url
from tests.unit.sources.test_addresses import Names

STORY = "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken."
HTML = f"<html><head><title>Wall vote</title></head><body><article><h1>Wall vote</h1><p>{STORY}</p></article>".encode()
LIMITS = Limits(file_bytes=200_000, fetch_seconds=1.0, private_addresses=True)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
Answer = Callable[[socket.socket], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """Serve on a free port, each connection with ``answer``; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # the server was closed
                while True:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):  # the reader had enough
                        connection.recv(65_536)
                        answer(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/a"
        server.shutdown(socket.SHUT_RDWR)


def sent(*pieces: bytes, pause: float = 0.0) -> Answer:
    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def endless(piece: bytes, first: bytes = b"", pause: float = 0.0) -> Answer:
    def answer(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def fetched(answer: Answer, limits: Limits = LIMITS) -> Draft | Failure:
    with serving(answer) as url:
        (item,) = fetch_url(url, limits)
    return item


def reason(answer: Answer, limits: Limits = LIMITS) -> str:
    item = fetched(answer, limits)
    assert isinstance(item, Failure), item
    assert item.reason.endswith(".")
    return item.reason


def test_a_page() -> None:
    draft = fetched(sent(HEAD, b"\r\n", HTML))
    assert isinstance(draft, Draft)
    assert draft.text == STORY


def test_this_machine_is_refused_by_default() -> None:
    asked: list[bool] = []
    with serving(lambda _: asked.append(True)) as url:
        (item,) = fetch_url(url, Limits())
    assert isinstance(item, Failure)
    assert "allow_private_addresses" in item.reason
    assert not asked


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"x", HEAD + b"\r\n", pause=0.05),  # the page, byte by byte
        endless(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n", pause=0.05),  # headers
        endless(b"1", b"HTTP/1.1 2", pause=0.05),  # the first line
        endless(b"1\r\nx\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n", pause=0.05),
        sent(HEAD + b"Content-Length: 99\r\n\r\n", b"x", pause=3.0),  # silence
    ],
)
def test_a_slow_site_is_given_up_in_time(answer: Answer) -> None:
    begun = time.monotonic()
    assert "max_fetch_seconds" in reason(answer)
    assert time.monotonic() - begun < 10 * LIMITS.fetch_seconds


def test_redirects_share_the_time() -> None:
    def answer(connection: socket.socket) -> None:
        time.sleep(0.4)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n")

    assert "max_fetch_seconds" in reason(answer)


@pytest.mark.parametrize(
    "answer",
    [
        endless(b"x" * 10_000, HEAD + b"\r\n"),
        endless(b"2710\r\n" + b"x" * 10_000 + b"\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
        sent(HEAD + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(bytes(10_000_000))),
        sent(HEAD + b"Content-Encoding: deflate\r\n\r\n", zlib.compress(bytes(10_000_000))),
        sent(HEAD + b"Content-Encoding: deflate\r\n\r\n", zlib.compress(bytes(10_000_000))[2:-4]),
    ],
)
def test_a_large_page_is_refused(answer: Answer) -> None:
    assert "max_file_mb" in reason(answer)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (endless(b"X: y\r\n", b"HTTP/1.1 200 OK\r\n"), "could not be fetched"),
        (sent(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000), "could not be fetched"),
        (sent(b"SSH-2.0-OpenSSH_9.9\r\n"), "could not be fetched"),
        (sent(b""), "could not be fetched"),
        (sent(HEAD + b"Content-Length: 999\r\n\r\n" + HTML[:50]), "could not be fetched"),
        (sent(HEAD + b"Content-Length: -1\r\n\r\n"), "could not be fetched"),
        (sent(HEAD + b"Content-Encoding: br\r\n\r\n", HTML), "packs the page"),
        (sent(HEAD + b"Content-Encoding: gzip\r\n\r\n", HTML), "damaged"),
        (sent(b"HTTP/1.1 503 \x1b[31mNo\xff\r\n\r\n"), ""),
        (sent(b"HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\n\r\n", b"\0" * 2000), "binary"),
        (sent(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n", HTML), "PDF"),
        (sent(b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest/\r\n\r\n"), "private or local"),
        (sent(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), "http://"),
        (sent(b"HTTP/1.1 302 Found\r\nLocation: http://a:b@127.0.0.1/\r\n\r\n"), "user name"),
        (sent(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"), ""),
    ],
)
def test_broken_answers_have_reasons(answer: Answer, why: str) -> None:
    assert why in reason(answer, replace(LIMITS, fetch_seconds=60.0))


def test_a_name_that_changes_its_address_is_looked_up_once() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert (request.url.host, request.headers["host"]) == ("93.184.216.34", "harbour.example")
        return httpx.Response(200, headers={"content-type": "text/html"}, content=HTML)

    names = Names("93.184.216.34", "127.0.0.1")
    (item,) = fetch_url("http://harbour.example/", Limits(), transport=httpx.MockTransport(answer), resolve=names)
    assert isinstance(item, Draft)
    assert names.answers == ["127.0.0.1"]


def test_a_redirect_is_looked_up_and_checked_again() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "/b"})

    names = Names("93.184.216.34", "10.0.0.1")
    (item,) = fetch_url("http://harbour.example/", Limits(), transport=httpx.MockTransport(answer), resolve=names)
    assert isinstance(item, Failure)
    assert "private or local" in item.reason


def test_a_redirect_to_a_page_that_anybody_may_change_is_refused() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://harbour.example/"})

    transport = httpx.MockTransport(answer)
    (item,) = fetch_url("https://harbour.example/", Limits(), transport=transport, resolve=Names("93.184.216.34"))
    assert isinstance(item, Failure)
    assert "https:// to http://" in item.reason
