"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.encoding import decode

ENGLISH = "“It’s done,” the mayor said — and no one at the café in Zürich argued… “Right,” said José."


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_known_encodings(name: str) -> None:
    assert decode(ENGLISH.encode(name)) == ENGLISH


def test_latin_1_without_typography() -> None:
    text = "El presidente López Obrador negó que el fentanilo se produzca en México, según Bárcena, la canciller. " * 3
    assert decode(text.encode("latin-1")) == text


def test_declared_charset_is_used_where_utf8_fails() -> None:
    text = "Президент заявил в четверг"
    assert decode(text.encode("koi8-r"), "koi8-r") == text


@pytest.mark.parametrize("declared", ["no-such-charset", "hex", "utf-8", "", "ascii", "rot13"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    assert decode(ENGLISH.encode("cp1252"), declared) == ENGLISH


def test_utf8_with_a_broken_byte_keeps_the_rest() -> None:
    data = ENGLISH.encode() + b" caf\xe9 " + ENGLISH.encode()
    assert decode(data) == f"{ENGLISH} café {ENGLISH}"


def test_undefined_bytes_stay_visible() -> None:
    assert decode(b"a \x93quoted\x94 word \x81 here") == "a “quoted” word \ufffd here"


@pytest.mark.parametrize("data", [b"\x7fELF\x02\x01\x01" + b"\0" * 90, bytes(range(256)) * 20 + b"\0" * 500])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary"):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_utf8_round_trip(text: str) -> None:
    if not text.startswith("\ufeff") and not text.encode().startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(text.encode()) == text
