"""Which addresses are fetched, however they are written; nothing here touches the network."""

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.addresses import check_address, is_public

PRIVATE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "0.1.2.3",
    "169.254.169.254", "0.0.0.0", "100.100.100.200",  # noqa: S104
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.0.192", "192.0.2.1",
    "198.18.0.1", "203.0.113.1", "168.63.129.16", "192.88.99.1",
    "::", "::1", "::7f00:1", "::a00:1", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "100::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1",  # mapped
    "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:a00:1::1",  # 6to4
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1",  # NAT64
    "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe",  # Teredo, by its server and by its client (10.0.0.1)
]  # fmt: skip
PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "2606:4700:4700::1111",
    "::ffff:93.184.216.34",
    "2002:5db8:d822::1",
    "64:ff9b::5db8:d822",
]


class Names:
    """A name server: gives each time the next answer, and the last one for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)

    def __call__(self, host: str, port: int, *, type: int) -> list[tuple[Any, Any, Any, Any, Any]]:  # noqa: ARG002, D102
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, type, 6, "", (one, port)) for one in answer.split()]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    with pytest.raises(SourceError, match="allow_private_addresses"):
        check_address("http://harbour.example/", resolve=Names(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are(address: str) -> None:
    found = check_address("http://harbour.example/", resolve=Names(address))
    assert ipaddress.ip_address(found) == ipaddress.ip_address(address)


@given(st.ip_addresses(v=4).filter(lambda address: not is_public(address)))
def test_what_stands_for_a_private_address_is_as_private(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    teredo = (0x20010000 << 96) | (0x5DB8D822 << 64) | (number ^ 0xFFFF_FFFF)
    for other in (number, (0xFFFF << 32) | number, (0x2002 << 112) | (number << 80), (0x64FF9B << 96) | number, teredo):
        assert not is_public(ipaddress.IPv6Address(other))


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:7f00:1]", "localhost"])
def test_other_ways_to_write_this_machine(host: str) -> None:
    with pytest.raises(SourceError, match="private or local"):
        check_address(f"http://{host}/")


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(SourceError, match="private or local"):
        check_address("http://harbour.example/", resolve=Names("93.184.216.34 10.0.0.1"))


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "::1", "fc00::1", "192.168.7.9"])
def test_private_addresses_can_be_allowed(address: str) -> None:
    assert check_address("http://intranet.example/", private=True, resolve=Names(address)) == address


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "::ffff:169.254.169.254"])  # noqa: S104
def test_what_machines_tell_themselves_is_never_fetched(address: str) -> None:
    with pytest.raises(SourceError, match="private or local"):
        check_address("http://intranet.example/", private=True, resolve=Names(address))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "data:text/html,x", "//a.example/", "http://", "http://["],
)  # fmt: skip
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(SourceError):
        check_address(url, private=True, resolve=Names("93.184.216.34"))


@pytest.mark.parametrize(
    "url", ["http://a:b@c.example/", "http://a@c.example/", "http://@c.example/", "http://c.example@10.0.0.1/"]
)
def test_user_names_are_refused(url: str) -> None:
    with pytest.raises(SourceError, match="user name"):
        check_address(url, resolve=Names("93.184.216.34"))


@given(st.text(max_size=60).map("http://".__add__) | st.text(max_size=60))
def test_any_text_is_checked_or_refused(url: str) -> None:
    try:
        assert check_address(url, resolve=Names("93.184.216.34")) == "93.184.216.34"
    except SourceError as error:
        assert str(error).endswith(".")
