"""``python -m qa users``: make, list, change and remove the accounts of the app."""

import argparse
import getpass
import sys

from index.errors import AccessError
from index.settings import load_settings
from qa.accounts import Accounts, Role, normal_name


def add_users(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Declare the command ``users``."""
    users = commands.add_parser("users", help="look after the accounts of the app")
    what = users.add_subparsers(required=True, metavar="WHAT", dest="what")
    what.add_parser("list", help="list the accounts with their roles")
    for name, text in (
        ("add", "make an account; the password is asked for, or read from standard input"),
        ("remove", "remove an account; whoever is signed in with it is out"),
        ("role", "give an account another role"),
        ("password", "give an account another password"),
    ):
        what.add_parser(name, help=text, description=text).add_argument("name", metavar="NAME")
    roles = [role.value for role in Role]
    what.choices["add"].add_argument("--role", choices=roles, default=Role.READER.value, help="(default: reader)")
    what.choices["role"].add_argument("role", choices=roles)
    return users


def users_command(options: argparse.Namespace) -> int:
    """Do what was asked for to the accounts in the file that is set."""
    accounts = Accounts(load_settings().accounts)
    if options.what == "list":
        return _list(accounts)
    if options.what == "add":
        name = normal_name(options.name)  # before somebody thinks of a password
        account = accounts.add(name, Role(options.role), _password())
        told = f"Added {account.name}, {account.role}."
    elif options.what == "remove":
        told = f"Removed {accounts.remove(options.name).name}."
    elif options.what == "role":
        account = accounts.set_role(options.name, Role(options.role))
        told = f"{account.name} is {account.role} now."
    else:
        accounts.named(options.name)
        told = f"{accounts.set_password(options.name, _password()).name} has another password now."
    sys.stdout.write(told + "\n")
    return 0


def _list(accounts: Accounts) -> int:
    for account in accounts.all().values():
        sys.stdout.write(f"{account.role.value:6}  {account.name}\n")
    if not accounts.all():
        sys.stderr.write(f"There are no accounts in {accounts.path}. Make one: python -m qa users add NAME\n")
    return 0


def _password() -> str:
    """Ask twice without echo, or read one line where nobody sits at the keyboard."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise AccessError("The two passwords differ. Nothing was changed; try again.")
    return password
