"""The one normal form of article text: every offset in the library counts characters of it."""

import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028]")
# C0 and C1 controls except tab, newline and NEL; soft hyphen; zero-width and bidi marks; deprecated format characters.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# NEL (\x85) counts as a space: in real text it is a mis-decoded ellipsis within a line, not the end of one.
_BLANKS = re.compile(r"[\t\x85\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_SPACE_RUNS = re.compile(r" {2,}")
_TRAILING = re.compile(r" +\n")
_MANY_LINES = re.compile(r"\n{3,}")


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
    text = _LINE_ENDS.sub("\n", raw)
    if not text.isascii():
        text = text.replace("\u2029", "\n\n")
        text = _SURROGATES.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    text = _BLANKS.sub(" ", text)
    text = _SPACE_RUNS.sub(" ", text)
    text = _TRAILING.sub("\n", text)
    return _MANY_LINES.sub("\n\n", text).strip()


def clean_line(raw: str) -> str:
    """Clean text that is to be one line (a title, a name): ``clean_text``, then all white space to single spaces.

    Args:
        raw: Text in any state.

    Returns:
        One line, without white space around it.
    """
    return " ".join(clean_text(raw).split())
