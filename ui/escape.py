"""Shows untrusted text as typed: article text, names and questions may hold HTML, Markdown or scripts."""

import html as _html
import re
from urllib.parse import urlsplit

# Streamlit turns "->" and "--" that stand alone, ":streamlit:", "www.x" and "a@b" into something else after Markdown is
# parsed, where a backslash no longer helps. An invisible word joiner between the two characters does; it is put nowhere
# else, as it would be copied with a command such as "add --library".
_JOINER = "\u2060"
# What means something anywhere in a line, and what does so at its beginning: lists, rules and underlined headings.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~$&!:@^]")
_BEGINNING = re.compile(r"^([ \t]*\d*)(?=[-+=.)])", re.MULTILINE)
_ALONE = re.compile(r"(?<!\S)([-<>~])(?=[->=]{1,2}(?!\S))")
_REWRITTEN = re.compile(r"(?<=:)(?=[/a-zA-Z])|(?<=@)(?=[\w-])|(?<=[wW]{3})(?=\.)")
# Signs in an address that could end it in HTML or Markdown, as addresses spell them.
_IN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in '<>"`\\ '}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def html(text: str) -> str:
    """Escape ``text`` for HTML, as content and inside a quoted attribute."""
    return _html.escape(text, quote=True)


def markdown(text: str) -> str:
    """Escape ``text`` for a widget that renders Markdown, so that it is read as typed.

    Line breaks and leading blanks keep their meaning in Markdown; use ``label`` where the text must be one line.
    """
    joined = _REWRITTEN.sub(_JOINER, _ALONE.sub(rf"\1{_JOINER}", text.replace(_JOINER, "")))
    return _BEGINNING.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", joined))


def markdown_undone(text: str) -> str:
    """Give back what ``markdown`` escaped, less any word joiners it held."""
    return _ESCAPED.sub(r"\1", text.replace(_JOINER, ""))


def label(text: str, longest: int = 160) -> str:
    """Escape ``text`` as one line of Markdown of at most ``longest`` characters, for buttons and expander labels."""
    return markdown(shortened(text, longest))


def shortened(text: str, longest: int) -> str:
    """Return ``text`` as one line of at most ``longest`` characters, cut at a word, with an ellipsis if cut."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < longest // 2 else cut) + "…"


def web_address(url: str) -> str:
    """Return ``url`` if it is a complete http or https address, else "". Quotes, angles and blanks are spelled "%22".

    None is one that a browser reads otherwise than it looks: with invisible signs, or with a name before the host
    ("https://bank.example@evil.example").
    """
    address = url.strip()
    try:
        parts = urlsplit(address)
        named = parts.hostname and "@" not in parts.netloc
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not named or not address.isprintable():
        return ""
    return address.translate(_IN_ADDRESS)


def link(url: str, words: str) -> str:
    """Return an HTML link to ``url`` that opens a new tab, or only the escaped ``words`` where it is no web address."""
    address = web_address(url)
    if not address:
        return html(words)
    return f'<a href="{html(address)}" target="_blank" rel="noopener noreferrer">{html(words)}</a>'
