"""The one normal form of article text: every offset in the library counts characters of it."""

import re
import unicodedata

# C0 and C1 controls; soft hyphen; zero-width and bidi marks; deprecated format characters. Tabs and ends of lines are
# mapped below.
_INVISIBLE = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
)  # fmt: skip
# NEL (U+0085) counts as a space: in real text it is a mis-decoded ellipsis within a line, not the end of one.
_SPACES = "\t\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_TABLE: dict[int, str | None] = {
    **{code: None for first, last in _INVISIBLE for code in range(first, last + 1)},
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, "\n\r\v\f\u2028"), "\n"),
    0x2029: "\n\n",
}
# Looking for what is to be replaced takes a tenth of the time of looking up every character in the table.
_SPECIAL = re.compile("[" + "".join(chr(code) for code in _TABLE if chr(code) != "\n") + "]")
_SPACE_RUNS = re.compile(r"  +")
_MANY_LINES = re.compile(r"\n\n\n+")


def clean_text(raw: str) -> str:
    r"""Bring text into the form the library stores; applying it twice changes nothing.

    Line ends become ``\n``, tabs and special spaces plain spaces, runs of spaces one space; trailing spaces,
    zero-width, control and bidi characters go; lone surrogates become U+FFFD; Unicode is composed (NFC); three or
    more newlines become two. Quotation marks, dashes, ``$`` and fractions stay as written.

    Args:
        raw: Text in any state.

    Returns:
        The cleaned text, without white space around it.
    """
    text = raw.replace("\r\n", "\n")
    if _SPECIAL.search(text):
        text = text.translate(_TABLE)
    text = unicodedata.normalize("NFC", text)
    text = _SPACE_RUNS.sub(" ", text).replace(" \n", "\n")
    return _MANY_LINES.sub("\n\n", text).strip()


def clean_line(raw: str) -> str:
    """Clean text that is to be one line (a title, a name): ``clean_text``, then all white space to single spaces.

    Args:
        raw: Text in any state.

    Returns:
        One line, without white space around it.
    """
    return " ".join(clean_text(raw).split())
