"""Mail messages (.eml) with their attachments."""

import email
import email.policy
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from email.utils import parseaddr
from typing import BinaryIO

from index.cleaning import clean_line, clean_text
from index.errors import SourceError
from index.records import Draft, Failure
from index.sources.dates import parse_date
from index.sources.dispatch import is_known
from index.sources.encoding import decode
from index.sources.limits import Limits
from index.sources.reading import read_all
from index.sources.rows import draft_from_row
from index.sources.webpage import markup_to_text

ReadInner = Callable[[str, bytes], Iterator[Draft | Failure]]


def read_mail(name: str, stream: BinaryIO, limits: Limits, read_inner: ReadInner) -> Iterator[Draft | Failure]:
    """Read a message: its body as an article, then the attachments of known kinds.

    Args:
        name: Name for the report.
        stream: The file.
        limits: How much is read of it.
        read_inner: Reads an attachment.

    Yields:
        Drafts and failures.

    Raises:
        SourceError: The file is empty, too large, or holds nothing to read.
    """
    message = email.message_from_bytes(read_all(stream, limits), policy=email.policy.default)
    subject, sender, sent = (_header(message, key) for key in ("Subject", "From", "Date"))
    organization = _header(message, "Organization")
    text = _body(message)
    if clean_text(text):
        display, address = parseaddr(sender)
        row = {
            "title": subject,
            "publication": organization,
            "author": display or address.partition("@")[0],
            "text": text,
        }
        draft = draft_from_row({**row, "published": parse_date(sent)}, name)
        yield draft
    attachments = list(_attachments(message))
    for label, data in attachments:
        yield from read_inner(f"{name}/{label}", data)
    if not clean_text(text) and not attachments:
        raise SourceError("The message holds no text and no attachment that can be read.")


def _header(message: EmailMessage, key: str) -> str:
    try:
        return clean_line(str(message.get(key) or ""))
    except Exception:  # noqa: BLE001 - the header parser fails in many ways on broken headers; the body is still good
        return ""


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (AttributeError, KeyError, TypeError, ValueError):
        part = None
    if part is None:
        return ""
    content = _content(part)
    text = decode(content, part.get_content_charset())
    return markup_to_text(text) if part.get_content_type() == "text/html" else _unwrapped(part, text)


def _unwrapped(part: Message, text: str) -> str:
    """Undo format=flowed: a space at the end of a line says that the paragraph goes on."""
    if str(part.get_param("format") or "").lower() == "flowed":
        return text.replace("\r\n", "\n").replace(" \n", " ")
    return text


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in message.walk():
        if part.is_multipart():
            continue
        filename = clean_line(part.get_filename() or "")
        if filename and is_known(filename) and part.get_content_disposition() != "inline":
            yield filename.replace("\\", "/").rsplit("/", 1)[-1], _content(part)
