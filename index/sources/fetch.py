"""Fetching one page, feed or PDF from the web: the only place of the program that touches the network."""

import io
import ipaddress
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from index.cleaning import clean_line
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.dispatch import read_stream
from index.sources.reading import suffixes_of, too_large

if TYPE_CHECKING:
    import httpx

TIMEOUT_S = 20.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "OnRecord/1.0 (article reader)",
    "Accept": "text/html,application/xml,application/pdf,*/*;q=0.5",
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


def fetch_url(url: str, max_bytes: int, *, transport: "httpx.BaseTransport | None" = None) -> Iterator[Draft | Failure]:
    """Fetch a web address and read what it holds.

    Only http and https, and only public addresses: the host is resolved and each of its addresses checked, also
    after each redirect, and the connection goes to the address that was checked.

    Args:
        url: The address.
        max_bytes: Most bytes that are read.
        transport: What carries the requests; None for the network.

    Yields:
        Drafts and failures; nothing is raised.
    """
    url = url.strip()
    try:
        import httpx

        try:
            data, kind, charset, final = _download(url, max_bytes, transport)
        except httpx.TimeoutException:
            yield Failure(url, f"The site did not answer within {TIMEOUT_S:g} seconds.")
            return
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            yield Failure(
                url, f"The address could not be fetched: {clean_line(str(error))[:200] or type(error).__name__}."
            )
            return
        yield from _read(data, kind, charset, final, max_bytes)
    except SourceError as error:
        yield Failure(url, str(error))


def check_address(url: str) -> str:
    """Resolve the host of a web address and refuse what is not public.

    Args:
        url: The address.

    Returns:
        The IP address to connect to.

    Raises:
        SourceError: The scheme, the host or one of its addresses is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError("It is not a web address.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError("Only addresses that begin with http:// or https:// are fetched.")
    if parts.username or parts.password:
        raise SourceError("Addresses with a user name or password are not fetched.")
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"The host '{host}' was not found; check the address and the network.") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    for address in addresses:
        if not _is_public(address):
            raise SourceError(f"The host '{host}' is a private or local address, which is not fetched for safety.")
    return addresses[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None and not mapped.is_global:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _download(url: str, max_bytes: int, transport: "httpx.BaseTransport | None") -> tuple[bytes, str, str | None, str]:
    """Follow redirects by hand, checking each; return body, content type, charset and final address."""
    import httpx

    # trust_env=False: a proxy from the environment would resolve the host anew, past the check.
    with httpx.Client(
        timeout=TIMEOUT_S, follow_redirects=False, headers=_HEADERS, trust_env=False, transport=transport
    ) as client:
        for _ in range(MAX_REDIRECTS + 1):
            request = _pinned(client, url, check_address(url))
            response = client.send(request, stream=True)
            try:
                if response.status_code in _REDIRECTS and (target := response.headers.get("location")):
                    url = urljoin(url, target)
                    continue
                if response.status_code >= 400:
                    raise SourceError(
                        f"The site answered with status {response.status_code} ({response.reason_phrase})."
                    )
                return (
                    _body(response, max_bytes),
                    response.headers.get("content-type", ""),
                    response.charset_encoding,
                    url,
                )
            finally:
                response.close()
    raise SourceError(f"The address redirects more than {MAX_REDIRECTS} times.")


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


def _body(response: "httpx.Response", max_bytes: int) -> bytes:
    pieces, size = [], 0
    for piece in response.iter_bytes(65_536):
        size += len(piece)
        if size > max_bytes:
            raise too_large(max_bytes)
        pieces.append(piece)
    return b"".join(pieces)


def _read(data: bytes, content_type: str, charset: str | None, url: str, max_bytes: int) -> Iterator[Draft | Failure]:
    if not data.strip():
        raise SourceError("The page is empty.")
    declared = content_type.split(";")[0].strip().lower()
    suffix = next((end for part, end in _KINDS if part in declared), None) or suffixes_of(urlsplit(url).path)[0]
    if data.startswith(b"%PDF-"):
        suffix = ".pdf"
    if suffix in (".html", ".htm", ""):
        from index.sources.webpage import draft_from_html

        yield draft_from_html(data, url, url=url, charset=charset)
        return
    for item in read_stream(f"page{suffix}", io.BytesIO(data), max_bytes):
        yield _relabelled(item, url)


def _relabelled(item: Draft | Failure, url: str) -> Draft | Failure:
    from dataclasses import replace

    if isinstance(item, Failure):
        return Failure(url, item.reason)
    return replace(item, source=url, url=item.url or url)
