"""Fetching one page, feed or PDF from the web: the only place of the program that touches the network."""

import io
import socket
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.addresses import Resolve, check_address
from index.sources.dispatch import label_of, read_stream, reported
from index.sources.limits import Limits, too_large
from index.sources.reading import suffixes_of
from index.sources.watching import watched

if TYPE_CHECKING:
    import httpx

# Longest silence; how long all may take is a setting.
TIMEOUT_S = 20.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "OnRecord/1.0 (article reader)",
    "Accept": "text/html,application/xml,application/pdf,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
# Part of a content type: suffix of the reader for it. The first that fits counts.
_KINDS = (
    ("html", ".html"),
    ("rss", ".rss"),
    ("atom", ".atom"),
    ("pdf", ".pdf"),
    ("xml", ".xml"),
    ("json", ".json"),
    ("csv", ".csv"),
    ("text/plain", ".txt"),
)


def fetch_url(
    url: str,
    limits: Limits,
    *,
    transport: "httpx.BaseTransport | None" = None,
    resolve: Resolve = socket.getaddrinfo,
) -> Iterator[Draft | Failure]:
    """Fetch a web address and read what it holds.

    Only http and https, and only public addresses unless ``limits`` allows others: the host is resolved and each of
    its addresses checked, also after each redirect, and the connection goes to the address that was checked.

    Args:
        url: The address.
        limits: How much is read, how long it may take, and whether private addresses are fetched.
        transport: What carries the requests; None for the network.
        resolve: Looks hosts up.

    Yields:
        Drafts and failures; nothing is raised.
    """
    import httpx

    from index.sources.patience import PatientTransport

    url = url.strip()
    label = label_of(url)
    try:
        carrier = transport or PatientTransport(limits.fetch_seconds)
        data, kind, charset, final = _download(url, limits, carrier, resolve)
    except SourceError as error:
        yield Failure(label, str(error))
    except httpx.TimeoutException:
        yield Failure(
            label,
            f"The site did not answer within {TIMEOUT_S:g} seconds, or took over {limits.fetch_seconds:g} for all; try "
            "again later, or raise max_fetch_seconds.",
        )
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        detail = clean_line(str(error)[:1000])[:200].rstrip(".") or type(error).__name__
        yield Failure(label, f"The address could not be fetched: {detail}.")
    else:
        yield from _read(data, kind, charset, final, limits)


def _download(
    url: str, limits: Limits, transport: "httpx.BaseTransport", resolve: Resolve
) -> tuple[bytes, str, str | None, str]:
    """Follow redirects by hand, checking each; return body, content type, charset and final address."""
    import httpx

    with httpx.Client(
        timeout=TIMEOUT_S, follow_redirects=False, headers=_HEADERS, trust_env=False, transport=transport
    ) as client:
        for _ in range(MAX_REDIRECTS + 1):
            address = check_address(url, private=limits.private_addresses, resolve=resolve)
            response = client.send(_pinned(client, url, address), stream=True)
            try:
                if response.status_code in _REDIRECTS and (target := response.headers.get("location")):
                    url = _redirected(url, target)
                    continue
                if response.status_code >= 400:
                    reason = clean_line(response.reason_phrase[:100])
                    raise SourceError(f"The site answered with status {response.status_code} ({reason}).")
                kind = response.headers.get("content-type", "")
                return _body(response, limits), kind, response.charset_encoding, url
            finally:
                response.close()
    raise SourceError(f"The address redirects more than {MAX_REDIRECTS} times.")


def _redirected(url: str, target: str) -> str:
    following = urljoin(url, target)
    if url.lower().startswith("https:") and following.lower().startswith("http:"):
        raise SourceError("The site redirects from https:// to http://, where anybody may change what it sends.")
    return following


def _pinned(client: "httpx.Client", url: str, address: str) -> "httpx.Request":
    """Build a request that connects to the checked address, so that a second look-up cannot lead elsewhere."""
    import httpx

    target = httpx.URL(url)
    host = target.host
    request = client.build_request("GET", target.copy_with(host=address))
    default = {"http": 80, "https": 443}[target.scheme]
    request.headers["Host"] = host if target.port in (None, default) else f"{host}:{target.port}"
    request.extensions = {**request.extensions, "sni_hostname": host}
    return request


def _body(response: "httpx.Response", limits: Limits) -> bytes:
    """Read what was sent and unpack it, neither more than is read of a file."""
    pieces, size = [], 0
    for piece in response.stream:  # type: ignore[union-attr]
        size += len(piece)
        if size > limits.file_bytes:
            raise too_large(limits)
        pieces.append(piece)
    data = b"".join(pieces)
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        return data
    if packing not in ("gzip", "x-gzip", "deflate"):
        raise SourceError(f"The site packs the page in a way that is not read ('{label_of(packing)}').")
    try:
        return _unpacked(data, limits)
    except zlib.error as error:
        raise SourceError("What the site sent is damaged.") from error


def _unpacked(data: bytes, limits: Limits) -> bytes:
    # 47: with a head of gzip or zlib; some sites send deflate without any.
    headless = not data.startswith(b"\x1f\x8b") and (len(data) < 2 or int.from_bytes(data[:2], "big") % 31)
    unpacked = zlib.decompressobj(-15 if headless else 47).decompress(data, limits.file_bytes + 1)
    if len(unpacked) > limits.file_bytes:
        raise too_large(limits)
    return unpacked


def _read(data: bytes, content_type: str, charset: str | None, url: str, limits: Limits) -> Iterator[Draft | Failure]:
    label = label_of(url)
    if not data.strip():
        yield Failure(label, "The page is empty.")
        return
    declared = content_type.split(";")[0].strip().lower()
    suffix = next((end for part, end in _KINDS if part in declared), None) or suffixes_of(urlsplit(url).path)[0]
    if data.startswith(b"%PDF-"):
        suffix = ".pdf"
    name = label if suffix in (".html", ".htm", "") else f"page{suffix}"
    if name == label:
        items = reported(label, ".html", watched(_page(data, label, url, charset), limits.file_seconds))
    else:
        items = read_stream(name, io.BytesIO(data), limits)
    for item in items:
        # One of several in a feed or list is reported as "page.rss:7". It is at another address, and with this one
        # each would take the place of the one before it.
        yield _relabelled(item, url, whole=item.source == name)


def _page(data: bytes, label: str, url: str, charset: str | None) -> Iterator[Draft]:
    from index.sources.webpage import draft_from_html

    yield draft_from_html(data, label, url=url, charset=charset)


def _relabelled(item: Draft | Failure, url: str, whole: bool) -> Draft | Failure:
    if isinstance(item, Failure):
        return Failure(label_of(url), item.reason)
    return replace(item, source=label_of(url), url=item.url or (url if whole else ""))
