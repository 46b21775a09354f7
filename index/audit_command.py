"""``python -m index audit``: list what is in the audit log."""

import argparse
import json
import sys
from dataclasses import asdict

from index.audit import Entry, read_entries
from index.cleaning import clean_line
from index.commandline import day
from index.open import folder_of
from index.settings import Settings


def add_audit(parser: argparse.ArgumentParser) -> None:
    """Give the command its options."""
    parser.add_argument("--since", type=day, metavar="D", help="only from this day on (YYYY-MM-DD)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def audit_command(options: argparse.Namespace, settings: Settings) -> int:
    """Print the entries, oldest first."""
    folder = folder_of(settings.library, "Its changes go to the program's own log, under the name index.audit.")
    found = False
    for entry in read_entries(folder, options.since):
        found = True
        told = asdict(entry) | {"at": entry.at.isoformat(timespec="milliseconds")}
        sys.stdout.write((json.dumps(told, ensure_ascii=False) if options.json else _line(entry)) + "\n")
    if not found and not options.json:
        sys.stderr.write(f"Nothing is written down in {folder} for this time.\n")
    return 0


def _line(entry: Entry) -> str:
    """Return an entry in local time; names and titles lose what could steer a terminal."""
    name = f"{entry.title} [{entry.source}]" if entry.title else entry.source
    about = f": {entry.reason}" if entry.reason else ""
    at = f"{entry.at.astimezone():%Y-%m-%d %H:%M:%S}"
    parts = (at, entry.result, f"{entry.who} ({entry.how})", entry.article, name + about)
    return "  ".join(clean_line(part) for part in parts)
