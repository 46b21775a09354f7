"""Statements as HTML, CSV and Markdown. Pure functions; every text is escaped here, once."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.names import fold
from index.records import StatementKind
from index.statement_store import StatementRow
from qa import plain
from ui import downloads, escape, phrases, render, weekdays

_KINDS = {
    StatementKind.DIRECT: "Direct quotation",
    StatementKind.INDIRECT: "Indirect speech",
    StatementKind.MIXED: "Indirect speech with quoted words",
}
COLUMNS = (
    "speaker", "speaker_as_named", "role", "kind", "words", "cue", "speaker_as_written", "published", "publication",
    "title", "url", "article_id", "characters",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were said, with every article that has them; the first of these is the earliest."""

    rows: tuple[StatementRow, ...]

    @property
    def first(self) -> StatementRow:
        """Where they stand first."""
        return self.rows[0]


def once_each(rows: Iterable[StatementRow]) -> list[Said]:
    """Put statements with the same words together; ``rows`` come oldest first. Case and punctuation do not count."""
    found: dict[str, list[StatementRow]] = {}
    for row in rows:
        words = "".join(sign for sign in fold(row.text) if sign.isalnum()) or row.text
        found.setdefault(words, []).append(row)
    return [Said(tuple(same)) for same in found.values()]


def head(name: str, details: str) -> str:
    """Return a speaker's name, and role and other names below it."""
    return f'<h1 class="or-headline">{escape.html(name)}</h1><p class="or-byline">{escape.html(details)}</p>'


def words(row: StatementRow, text: str) -> str:
    """Return what was said as a quotation, then how it is given, by whom as written, and what dates its weekdays are.

    Args:
        row: The statement.
        text: The whole text of its article.
    """
    written = f"{row.speaker_text} {row.cue}".strip()
    details = " · ".join(part for part in (phrases.day(row.published), row.publication, _KINDS[row.kind]) if part)
    cue = f" <span>“{escape.html(written)}”</span>" if written else ""
    quoted = f'<blockquote class="or-quote or-listed">{escape.html(plain.said(row))}</blockquote>'
    at, end = _around(row)
    start, stop = min(row.spans)[0], max(row.spans)[1]
    days = render.dated(weekdays.beside(text[at:end], start - at, stop - at, row.published), row.published)
    return f'{quoted}<p class="or-meta"><span>{escape.html(details)}</span>{cue} {days}</p>'


def _around(row: StatementRow) -> tuple[int, int]:
    """Return where the sentences around a statement begin and end."""
    return min(row.context[0], min(row.spans)[0]), max(row.context[1], max(row.spans)[1])


def source_line(row: StatementRow) -> str:
    """Return "Headline — Publication, 2 October 2023"."""
    return phrases.source_line(row.title, row.publication, (), row.published)


def in_context(row: StatementRow, text: str) -> str:
    """Return the sentences around a statement, its words marked, and a link to the original page.

    Args:
        row: The statement.
        text: The whole text of its article.
    """
    spans = sorted(row.spans)
    at, end = _around(row)
    parts = []
    for start, stop in spans:
        parts += [escape.html(text[at:start]), f"<mark>{escape.html(text[start:stop])}</mark>"]
        at = stop
    parts.append(escape.html(text[at:end]))
    return f'<p class="or-source">{"".join(parts)}</p>{render.original(row.url)}'


def as_csv(rows: Sequence[StatementRow], who: str) -> bytes:
    """Return a table in UTF-8 with a byte-order mark, which Excel needs; see ``COLUMNS``.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for row in rows:
        characters = " ".join(f"{start}-{end}" for start, end in row.spans)
        published = row.published.isoformat() if row.published else ""
        cells = (
            who, row.speaker, row.role, row.kind.value, row.text, row.cue, row.speaker_text, published,
            row.publication, row.title, row.url, row.article_id, characters,
        )  # fmt: skip
        writer.writerow([downloads.harmless(cell) for cell in cells])
    return out.getvalue().encode("utf-8-sig", "replace")


def as_markdown(said: Sequence[Said], who: str, restricted: str = "") -> str:
    """Return a document with each statement and all its sources; texts are escaped so that they read as typed.

    Args:
        said: The statements in the order wanted.
        who: The speaker.
        restricted: What the list is restricted to, or "".
    """
    parts = [f"# {escape.label(who, 1000)}: statements"]
    if restricted:
        parts.append(escape.label(restricted, 1000))
    for one in said:
        parts.append(f"> {escape.markdown(plain.said(one.first))}")
        parts.append("\n".join(f"- {source_as_markdown(row)}" for row in one.rows))
    return "\n\n".join(parts) + "\n"


def source_as_markdown(row: StatementRow) -> str:
    """Return where a statement stands: headline, publication, date, address, kind and characters."""
    address = escape.web_address(row.url)
    page = f", <{address}>" if address else ""
    characters = ", ".join(f"{start}–{end}" for start, end in row.spans)
    kind = _KINDS[row.kind].lower()
    return f"{escape.label(source_line(row), 1000)}{page}, {kind}, characters {characters}"
