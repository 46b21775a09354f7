"""The filters as options of a command line, the same wherever articles are chosen."""

import argparse
from datetime import date

from index.records import Filters


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that ``chosen_filters`` reads."""
    for name, of in (
        ("publication", "of this publication"),
        ("author", "by this author (whole name or last name)"),
        ("section", "of this section"),
    ):
        told = f"only articles {of}; may be repeated"
        parser.add_argument(f"--{name}", action="append", default=[], metavar=name[0].upper(), help=told)
    parser.add_argument("--since", type=day, metavar="D", help="only published on or after (YYYY-MM-DD)")
    parser.add_argument("--until", type=day, metavar="D", help="only published on or before (YYYY-MM-DD)")


def chosen_filters(options: argparse.Namespace) -> Filters:
    """Return the filters that were asked for."""
    return Filters(
        publications=tuple(options.publication),
        since=options.since,
        until=options.until,
        authors=tuple(options.author),
        sections=tuple(options.section),
    )


def day(text: str) -> date:
    """Read a day from an option.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2023-10-05") from None
