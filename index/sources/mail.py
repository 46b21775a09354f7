"""Mail messages (.eml) with their attachments."""

import email
import io
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage, Message
from email.policy import EmailPolicy, Policy
from email.utils import parseaddr
from typing import BinaryIO, cast

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

# Python's parser of headers takes quadratic time; no subject or sender is longer.
_LONGEST_HEADER = 1000
# A header of one line takes 13 times its size while it is read.
_LONGEST_LINE = 20_000_000
# Each line is compared with the boundary of each part it may lie in: 100 MB of attachments have 1.4 million lines.
_MOST_LINES, _MOST_PARTS, _MOST_BOUNDARIES = 1_500_000, 5000, 30
_BOUNDARY = re.compile(rb"boundary\s{0,9}(?:\*\w{0,9}\*?\s{0,9})?=", re.IGNORECASE)


class _ShortHeaders(EmailPolicy):
    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name[:_LONGEST_HEADER], value[:_LONGEST_HEADER]


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
        SourceError: The file is empty, too large, of more parts than anybody sends, or holds nothing to read.
    """
    message = _parsed(read_all(stream, limits))
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
        try:
            yield draft_from_row({**row, "published": parse_date(sent)}, name)
        except SourceError as error:
            yield Failure(name, str(error))
    attachments = list(_attachments(message))
    for label, data in attachments:
        yield from read_inner(f"{name}/{label}", data)
    if not clean_text(text) and not attachments:
        raise SourceError("The message holds no text and no attachment that can be read.")


def _parsed(data: bytes) -> EmailMessage:
    lines = max(data.count(b"\n"), data.count(b"\r"))
    boundaries = sum(1 for _ in _BOUNDARY.finditer(data))
    if (
        lines > _MOST_LINES
        or data.count(b"\n--") > _MOST_PARTS
        or boundaries > _MOST_BOUNDARIES
        or max(map(len, io.BytesIO(data))) > _LONGEST_LINE
    ):
        raise SourceError("The message has more lines or parts than a mail has; save its attachments and add those.")
    try:
        return email.message_from_bytes(data, policy=cast("Policy[EmailMessage]", _ShortHeaders()))
    except RecursionError as error:
        raise SourceError("The message is nested too deeply; save its attachments and add those.") from error


def _header(message: EmailMessage, key: str) -> str:
    try:
        return clean_line(str(message.get(key) or ""))
    except Exception:  # noqa: BLE001 - the header parser fails in many ways on broken headers; the body is still good
        return ""


def _body(message: EmailMessage) -> str:
    try:
        part = message.get_body(preferencelist=("plain", "html"))
        if part is None:
            return ""
        text = decode(_content(part), part.get_content_charset())
        return markup_to_text(text) if part.get_content_type() == "text/html" else _unwrapped(part, text)
    except Exception:  # noqa: BLE001 - a body that cannot be found or decoded; the attachments are still good
        return ""


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
        try:
            filename = clean_line(part.get_filename() or "")
            attached = part.get_content_disposition() != "inline"
            content = _content(part) if attached and is_known(filename) else b""
        except Exception:  # noqa: BLE001, S112 - as for the headers; what has no name cannot be read anyway
            continue
        if filename and attached and is_known(filename):
            yield filename.replace("\\", "/").rsplit("/", 1)[-1], content
