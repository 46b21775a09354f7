"""List who said what: ``python -m qa statements --library DIR``."""

import argparse
import json
import sys
from typing import Any

from index.commandline import add_filters, chosen_filters
from index.open import open_library
from index.records import StatementKind
from index.settings import load_settings, location
from index.statement_store import StatementRow
from index.terminal import harmless
from qa.plain import UNTITLED, day


def add_statements(commands: Any) -> argparse.ArgumentParser:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the command to a parser's subparsers and return its parser."""
    parser: argparse.ArgumentParser = commands.add_parser("statements", help="list who said what, oldest first")
    parser.add_argument("--speaker", default="", metavar="S", help="only by this person, body or role")
    parser.add_argument("--about", default="", metavar="T", help="only with these words, endings and case aside")
    add_filters(parser)
    parser.add_argument("--limit", type=_count, metavar="N", help="statements at most")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--library", type=location, metavar="DIR", help="folder or address of the library")
    return parser


def statements_command(options: argparse.Namespace) -> int:
    """Print the statements that were asked for; return the exit code."""
    settings = load_settings(library=options.library)
    filters = chosen_filters(options)
    with open_library(settings.library, settings=settings, check=False) as library:
        rows = library.statements(filters, options.speaker, options.about, options.limit)
        by_them = library.statements(filters, options.speaker) if not rows and options.about and options.speaker else []
        on_that = library.statements(filters, about=options.about) if not rows and options.about else []
    for row in rows:
        sys.stdout.write((json.dumps(statement_json(row), ensure_ascii=False) if options.json else _plain(row)) + "\n")
    if not rows:
        sys.stderr.write(harmless(_nothing(options.speaker, options.about, len(by_them), len(on_that))) + "\n")
    return 0


def statement_json(row: StatementRow) -> dict[str, Any]:
    """Return a statement as the JSON object of the contract, which docs/json.md describes."""
    return {
        "article_id": row.article_id,
        "title": row.title,
        "publication": row.publication,
        "published": row.published.isoformat() if row.published else None,
        "url": row.url,
        "kind": row.kind.value,
        "text": row.text,
        "spans": [list(span) for span in row.spans],
        "speaker_text": row.speaker_text,
        "speaker": row.speaker,
        "role": row.role,
        "cue": row.cue,
        "context": list(row.context),
    }


def _plain(row: StatementRow) -> str:
    who = row.speaker or row.speaker_text or "Somebody"
    role = f", {row.role}" if row.role and row.role != who else ""
    words = " ".join(row.text.split())
    quoted = f"“{words}”" if row.kind is StatementKind.DIRECT else words
    source = ", ".join(part for part in (row.publication, day(row.published)) if part)
    about = f" — {source}" if source else ""
    return f"{who}{role}: {quoted}\n    {row.title or UNTITLED}{about} ({row.article_id})"


def _nothing(speaker: str, about: str, by_them: int, on_that: int) -> str:
    """Say that there is nothing, and what there is nearby."""
    by, on = f" by '{speaker}'" if speaker else "", f" about '{about}'" if about else ""
    near = [
        f"{number} statement{'' if number == 1 else 's'} {what}"
        for number, what in ((by_them, f"by '{speaker}' on other things"), (on_that, f"by others about '{about}'"))
        if number and speaker
    ]
    return f"No statements{by}{on}." + (f" The library has {' and '.join(near)}." if near else "")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of at least 1")
    return int(text)
