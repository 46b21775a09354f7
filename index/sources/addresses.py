"""Which web addresses are fetched: by default those of the public internet only, however they are written."""

import ipaddress
import socket
from collections.abc import Iterator, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from index.errors import SourceError
from index.sources.dispatch import label_of

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Not public whatever Python's version says: the second block of "IETF protocol assignments", where one cloud keeps
# its metadata; relays of 6to4; the address at which another cloud answers its own machines.
_NEVER = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))
# Answers to machines about themselves, passwords included: not fetched even where private addresses are.
_LINK_LOCAL = tuple(map(ipaddress.ip_network, ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", *_NEVER[2:])))
_NAT64 = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48"))
_GLOBAL = ipaddress.IPv6Network("2000::/3")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


class Resolve(Protocol):
    """What ``socket.getaddrinfo`` does."""

    def __call__(self, host: str, port: int, *, type: int) -> Sequence[tuple[Any, Any, Any, Any, Any]]:
        """Look a host up."""


def check_address(url: str, *, private: bool = False, resolve: Resolve = socket.getaddrinfo) -> str:
    """Resolve the host of a web address and refuse what is not to be fetched.

    Args:
        url: The address.
        private: Whether addresses of the own network and of this machine are let through.
        resolve: Looks the host up.

    Returns:
        The IP address to connect to.

    Raises:
        SourceError: The scheme, the host or one of its addresses is not allowed.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SourceError("It is not a web address; check it.") from error
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError("Only addresses that begin with http:// or https:// are fetched.")
    if parts.username is not None or parts.password is not None:
        raise SourceError("Addresses with a user name or password are not fetched; leave them out.")
    shown = label_of(host)
    try:
        found = resolve(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise SourceError(f"The host '{shown}' was not found; check the address and the network.") from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    if not addresses or not all(map(_may_exist if private else is_public, addresses)):
        hint = "" if private else "; set allow_private_addresses to fetch from your own network"
        raise SourceError(f"The host '{shown}' is a private or local address, which is not fetched for safety{hint}.")
    return str(addresses[0])


def is_public(address: IPAddress) -> bool:
    """Say whether an address belongs to the public internet, and so does every other that it stands for."""
    return all(map(_is_public_itself, (address, *_within(address))))


def _is_public_itself(address: IPAddress) -> bool:
    if any(address in net for net in _NAT64):
        return True  # a translator of the own network: what counts is what it leads to
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL and address.ipv4_mapped is None:
        return False
    if any(address in net for net in (*_NEVER, *_LINK_LOCAL) if net.version == address.version):
        return False
    mapped = isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None
    return mapped or (address.is_global and not address.is_multicast and not address.is_reserved)


def _may_exist(address: IPAddress) -> bool:
    """Say whether a private or public address may be fetched where private ones are allowed."""
    return all(
        not (one.is_multicast or one.is_unspecified)
        and not any(one in net for net in _LINK_LOCAL if net.version == one.version)
        for one in (address, *_within(address))
    )


def _within(address: IPAddress) -> Iterator[IPAddress]:
    """Give the IPv4 addresses that an IPv6 address stands for: mapped, compatible, 6to4, Teredo, NAT64."""
    if not isinstance(address, ipaddress.IPv6Address):
        return
    last = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if any(address in net for net in _NAT64):
        yield last
    if address in _COMPATIBLE and int(address) > 1:
        yield last
