"""Fetching from the web, without a network: public addresses are literal and answers come from a fake transport."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from index.records import Draft, Failure
from index.sources import Limits, fetch_url

STORY = "The council voted on Monday to rebuild the harbour wall, which two storms in one winter had broken."
HTML = f"<html><head><title>Wall vote</title></head><body><article><h1>Wall vote</h1><p>{STORY}</p></article>"
HOST = "http://93.184.216.34"
LIMIT = 100_000
LIMITS = Limits(file_bytes=LIMIT)


def fetch(url: str, answer: Callable[[httpx.Request], httpx.Response]) -> Draft | Failure:
    (item,) = fetch_url(url, LIMITS, transport=httpx.MockTransport(answer))
    return item


def reason(url: str, answer: Callable[[httpx.Request], httpx.Response]) -> str:
    item = fetch(url, answer)
    assert isinstance(item, Failure), item
    return item.reason


def never(request: httpx.Request) -> httpx.Response:
    raise AssertionError(f"a request went out to {request.url}")


def page(request: httpx.Request) -> httpx.Response:  # noqa: ARG001
    return httpx.Response(200, headers={"content-type": "text/html; charset=utf-8"}, text=HTML)


def test_page() -> None:
    draft = fetch(f"{HOST}/2022/05/16/wall", page)
    assert isinstance(draft, Draft)
    assert (draft.title, draft.text) == ("Wall vote", STORY)
    assert draft.source == draft.url == f"{HOST}/2022/05/16/wall"
    assert draft.published is not None
    assert draft.published.isoformat() == "2022-05-16"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "application/rss+xml",
            f"<rss><channel><item><title>t</title><description>{STORY}</description></item></channel></rss>",
        ),
        ("text/plain", f"Wall vote\n\n{STORY}"),
        ("application/json", f'{{"title": "Wall vote", "text": "{STORY}"}}'),
    ],
)
def test_other_kinds(kind: str, body: str) -> None:
    draft = fetch(f"{HOST}/a", lambda _: httpx.Response(200, headers={"content-type": kind}, text=body))
    assert isinstance(draft, Draft)
    assert (draft.text, draft.source) == (STORY, f"{HOST}/a")
    assert draft.url == ("" if "rss" in kind else f"{HOST}/a")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (
            "application/rss+xml",
            "<rss><channel>"
            + "".join(f"<item><title>t{n}</title><description>{n} {STORY}</description></item>" for n in (1, 2))
            + "</channel></rss>",
        ),
        ("application/json", f'[{{"text": "1 {STORY}"}}, {{"text": "2 {STORY}"}}]'),
        ("text/csv", f'title,text\nA,"1 {STORY}"\nB,"2 {STORY}"\n'),
    ],
)
def test_articles_of_one_file_do_not_all_have_its_address(kind: str, body: str) -> None:
    """Each would take the place of the one before it."""

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": kind}, text=body)

    drafts = list(fetch_url(f"{HOST}/a", LIMITS, transport=httpx.MockTransport(answer)))
    assert [isinstance(draft, Draft) and draft.url for draft in drafts] == ["", ""]
    assert {draft.source for draft in drafts} == {f"{HOST}/a"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8501/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://0.0.0.0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://2130706433/",
        "http://224.0.0.1/",
        "http://100.64.0.1/",
    ],
)
def test_private_addresses_are_refused(url: str) -> None:
    assert "private" in reason(url, never)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x.org/a", "javascript:alert(1)", "", "http://", "http://[", "x"]
)
def test_other_schemes_are_refused(url: str) -> None:
    assert reason(url, never)


def test_credentials_are_refused() -> None:
    assert "password" in reason("http://user:word@93.184.216.34/", never)


@pytest.mark.parametrize("target", ["http://127.0.0.1/x", "file:///etc/passwd", "//10.0.0.1/"])
def test_redirects_are_checked(target: str) -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(302, headers={"location": target})

    assert reason(f"{HOST}/a", answer)
    assert seen == [f"{HOST}/a"]


def test_redirect_is_followed_and_loops_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return page(request) if request.url.path == "/b" else httpx.Response(301, headers={"location": "/b"})

    draft = fetch(f"{HOST}/a", answer)
    assert isinstance(draft, Draft)
    assert draft.url == f"{HOST}/b"
    loop = reason(f"{HOST}/a", lambda _: httpx.Response(302, headers={"location": "/a"}))
    assert "redirects" in loop


def test_failures_have_reasons() -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    def cut(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    assert "did not answer" in reason(f"{HOST}/a", slow)
    assert "refused" in reason(f"{HOST}/a", cut)
    assert "404" in reason(f"{HOST}/a", lambda _: httpx.Response(404))
    assert "empty" in reason(f"{HOST}/a", lambda _: httpx.Response(200))


def test_size_is_limited_while_streaming() -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 10_000
            yield b"x" * 10_000

    assert "max_file_mb" in reason(f"{HOST}/a", lambda _: httpx.Response(200, content=pieces()))
    assert sent <= 2 * LIMIT


def test_the_checked_address_is_the_one_connected_to() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "93.184.216.34"
        assert request.headers["host"] == "93.184.216.34:8080"
        return page(request)

    assert isinstance(fetch(f"{HOST}:8080/a", answer), Draft)
