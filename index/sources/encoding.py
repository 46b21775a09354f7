"""From bytes to text without losing any."""

import codecs

from index.errors import SourceError

# Real articles in English or another western language; wider lists make charset-normalizer guess wildly on few bytes.
CANDIDATES = ["cp1252", "mac_roman", "cp1250", "cp1251"]
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_TYPOGRAPHY = frozenset("“”‘’—–…•")
_AS_BROKEN = "onrecord.cp1252"
# Codecs that no page is written in: for host names and source code, with decoders that take quadratic time.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7", "utf-8"})
# Browsers read these names as cp1252, and pages rely on it.
_AS_CP1252 = frozenset({"ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "iso8859-1", "windows-1252"})


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode the bytes of a text file.

    Tried in this order: byte order mark, UTF-8, ``declared``, detection among ``CANDIDATES``, cp1252. A byte that
    fits nowhere becomes U+FFFD, so it stays visible.

    Args:
        data: The whole file.
        declared: Charset that the file names itself (HTML meta tag, mail header), or None.

    Returns:
        The text, without a byte order mark.

    Raises:
        SourceError: The data looks binary.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    if b"\0" in data[:_SAMPLE]:
        return data.decode(_wide_encoding(data[:_SAMPLE]), errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _nearly_utf8(data):
        return _repair(data)
    text = _try(data, declared)
    return text if text is not None else _detect(data)


def _wide_encoding(sample: bytes) -> str:
    """Name the UTF-16 that puts the NULs of western text on one side; raise where none does."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    if (even + odd) / len(sample) < 0.001:
        return "utf-8"
    raise SourceError("It looks like a binary file, not text.")


def _nearly_utf8(data: bytes) -> bool:
    """True where most of the non-ASCII is sound UTF-8 and only some bytes are broken."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", errors="ignore")) - broken
    return sound > 4 * broken


def _repair(data: bytes) -> str:
    """Decode UTF-8, reading each broken byte as cp1252."""
    return data.decode("utf-8", errors=_AS_BROKEN)


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


# Known to the codecs by name: one pass decodes all, however many bytes are broken.
codecs.register_error(_AS_BROKEN, _as_cp1252)


def _try(data: bytes, declared: str | None) -> str | None:
    name = (declared or "").strip().strip("\"'").lower()
    if not name:
        return None
    if name in _AS_CP1252:
        name = "cp1252"
    try:
        codec = codecs.lookup(name)
        # Codecs such as "hex" and "zip" answer to a name too, but give no text; a declared UTF-8 has failed already.
        if not codec._is_text_encoding or codec.name in _NO_CHARSETS:
            return None
        return data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None


def _detect(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if _marks(data, "cp1252") != _marks(data, "mac_roman"):
        # English with curly quotes: the encoding that yields more typography is right, and detection has too little.
        return data.decode(max(("cp1252", "mac_roman"), key=lambda name: _marks(data, name)), errors="replace")
    best = from_bytes(data[:_SAMPLE], cp_isolation=CANDIDATES).best()
    name = best.encoding if best is not None and best.encoding in CANDIDATES else "cp1252"
    return data.decode(name, errors="replace")


def _marks(data: bytes, name: str) -> int:
    return sum(1 for character in data[:_SAMPLE].decode(name, errors="replace") if character in _TYPOGRAPHY)
