"""``python -m index audit``: list what is in the audit log."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from index.audit import AUDIT_FILE, Entry, read_entries
from index.catalog import is_library
from index.cleaning import clean_line
from index.commandline import day
from index.open import is_folder, open_library
from index.settings import Settings, shown


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--since", type=day, metavar="D", help="only from this day on (YYYY-MM-DD)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def audit_command(options: argparse.Namespace, settings: Settings) -> int:
    """Print the entries, oldest first."""
    found = False
    for entry in _entries(settings, options.since):
        found = True
        told = asdict(entry) | {"at": entry.at.isoformat(timespec="milliseconds")}
        sys.stdout.write((json.dumps(told, ensure_ascii=False) if options.json else _line(entry)) + "\n")
    if not found and not options.json:
        sys.stderr.write(f"Nothing is written down in {shown(settings.library)} for this time.\n")
    return 0


def _entries(settings: Settings, since: date | None) -> Iterator[Entry]:
    where = settings.library
    # In a folder it is a file, which can be read even if the library is damaged, or was moved away.
    if is_folder(where) and (is_library(where) or (where / AUDIT_FILE).is_file()):
        yield from read_entries(where, since)
        return
    with open_library(settings.library, settings=settings, check=False) as library:
        yield from library.audit_log(since)


def _line(entry: Entry) -> str:
    """Return an entry in local time; names and titles lose what could steer a terminal."""
    name = f"{entry.title} [{entry.source}]" if entry.title else entry.source
    about = f": {entry.reason}" if entry.reason else ""
    at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"
    parts = (at, entry.result, f"{entry.who} ({entry.how})", entry.article, name + about)
    return "  ".join(clean_line(part) for part in parts)
