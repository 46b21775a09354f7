"""The commands ``python -m qa tokens add | list | remove``."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from index.open import open_library
from index.settings import load_settings, location
from index.store import Store
from index.tokens_kept import Role, Token
from qa.tokens import add_token


def add_tokens(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the type to itself
    """Add the commands to a parser's subparsers."""
    parser: argparse.ArgumentParser = commands.add_parser("tokens", help="who may use the HTTP API")
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a token and show it, once")
    add.add_argument("name", metavar="NAME", help="who will use it")
    add.add_argument(
        "--role", type=Role, choices=list(Role), default=Role.READER, help="an editor may also add and remove articles"
    )
    add.add_argument("--days", type=_days, metavar="N", help="it expires after N days (default: never)")
    add.set_defaults(run=_add)
    listing = actions.add_parser("list", help="show names, roles and dates")
    listing.set_defaults(run=_list)
    remove = actions.add_parser("remove", help="refuse a token from now on")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=_remove)
    for action in (add, listing, remove):
        action.add_argument("--library", type=location, metavar="DIR", help="folder or address of the library")


def _add(options: argparse.Namespace) -> int:
    with _library(options) as library:
        secret = add_token(library.tokens, options.name, options.role, options.days)
    sys.stderr.write(f"The token of {options.name}, which is shown this once:\n")
    sys.stdout.write(f"{secret}\n")
    return 0


def _list(options: argparse.Namespace) -> int:
    with _library(options) as library:
        tokens = library.tokens.all()
    sys.stdout.writelines(f"{_line(token)}\n" for token in tokens)
    if not tokens:
        sys.stderr.write("No tokens. Make one: python -m qa tokens add NAME\n")
    return 0


def _line(token: Token) -> str:
    ended = token.expires and token.expires <= datetime.now(UTC)
    until = f"{'expired' if ended else 'until'} {token.expires:%Y-%m-%d}" if token.expires else "does not expire"
    return f"{token.name:24}  {token.role.value:6}  made {token.created:%Y-%m-%d}  {until}"


def _remove(options: argparse.Namespace) -> int:
    with _library(options) as library:
        library.tokens.remove(options.name)
    sys.stdout.write(f"removed  {options.name}\n")
    return 0


def _library(options: argparse.Namespace) -> Store:
    """Open the library, without which a token opens nothing."""
    settings = load_settings(library=options.library)
    return open_library(settings.library, settings=settings, check=False)


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 36500:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of days from 1 to 36500")
    return int(text)
