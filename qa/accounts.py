"""The accounts of those who may use the app: a file of names, roles and argon2 hashes of passwords.

The file is the operator's: it is written whole or not at all, and not read while others on the machine could read it.
"""

import json
import os
import re
import stat
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import AccessError

SHORTEST_PASSWORD = 12
# Longer ones would make guesses costly for us rather than for who guesses.
LONGEST_PASSWORD = 1024
_VERSION = 1
_WAIT_SECONDS = 5.0  # for others who change the accounts, which takes them some milliseconds
_NAME = re.compile(r"[\w.@+-]{1,64}")


class Role(StrEnum):
    """What an account may do: read, or also add, replace, remove and decide."""

    READER = "reader"
    EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; ``hash`` is the argon2 hash of the password with its parameters."""

    name: str
    role: Role
    hash: str


class Accounts:
    """The accounts in one file. Changes by other processes are seen at once. Safe to use from several threads."""

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        self.path = path
        self._hasher = hasher or PasswordHasher()
        # One hash takes 64 MB while it is made: a crowd at the door must not take all memory.
        self._hashing = threading.Lock()
        self._nobody = ""
        self._kept: tuple[tuple[int, int, int], Mapping[str, Account]] | None = None

    def all(self) -> Mapping[str, Account]:
        """Return the accounts by name, in the order of names; {} where there is no file.

        Raises:
            AccessError: The file cannot be read, is damaged, or could be read by others.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise AccessError(f"The accounts in {self.path} cannot be read: {error.strerror}.") from error
        if stat.S_ISDIR(found.st_mode):
            raise AccessError(
                f"{self.path} is a folder. Set 'accounts' to a file, such as {self.path / 'accounts.json'}"
            )
        state = (found.st_mtime_ns, found.st_size, found.st_ino)
        # A file of somebody else's, such as a secret that is mounted into a container, is given to us by its group.
        others = 0o077 if found.st_uid == os.getuid() else 0o007
        if found.st_mode & others:
            raise AccessError(
                f"{self.path} holds hashes of passwords and may be read by others on this machine, so nobody is let "
                f"in. Keep it to yourself: chmod 600 {self.path}"
            )
        kept = self._kept
        if kept is None or kept[0] != state:
            kept = self._kept = (state, self._read())
        return kept[1]

    def named(self, name: str) -> Account:
        """Return an account.

        Raises:
            AccessError: There is none of this name.
        """
        found = self.all().get(normal_name(name))
        if found is None:
            raise AccessError(f"There is no account '{name}' in {self.path}. See all: python -m qa users list")
        return found

    def add(self, name: str, role: Role, password: str) -> Account:
        """Make an account.

        Raises:
            AccessError: The name is taken or none, the password is too short, or the file cannot be written.
        """
        account = Account(normal_name(name), role, self._hash(password))

        def with_new(accounts: Mapping[str, Account]) -> Mapping[str, Account]:
            if account.name in accounts:
                raise AccessError(
                    f"There is an account '{account.name}' already. Give it another password: "
                    f"python -m qa users password {account.name}"
                )
            return {**accounts, account.name: account}

        self._change(with_new)
        return account

    def remove(self, name: str) -> Account:
        """Remove an account; whoever is signed in with it is out at the next click."""
        account = self.named(name)
        self._change(lambda accounts: {key: one for key, one in accounts.items() if key != account.name})
        return account

    def set_role(self, name: str, role: Role) -> Account:
        """Give an account another role, from the next click on."""
        return self._replace(name, role=role)

    def set_password(self, name: str, password: str) -> Account:
        """Give an account another password; whoever is signed in with the old one is out at the next click."""
        return self._replace(name, hash=self._hash(password))

    def sign_in(self, name: str, password: str) -> Account | None:
        """Return the account that a name and its password open, or None.

        It takes as long for a name that does not exist as for a wrong password.

        Raises:
            AccessError: The accounts cannot be read.
        """
        account = self.all().get(folded(name))
        with self._hashing:
            self._nobody = self._nobody or self._hasher.hash(os.urandom(16))
            try:
                self._hasher.verify(account.hash if account else self._nobody, _secret(password))
            except (VerificationError, InvalidHashError):
                return None
        return account

    def _replace(self, name: str, **values: Any) -> Account:  # noqa: ANN401 - the fields of an account
        def with_other(accounts: Mapping[str, Account]) -> Mapping[str, Account]:
            account = self.named(name)
            return {**accounts, account.name: replace(account, **values)}

        self._change(with_other)
        return self.named(name)

    def _hash(self, password: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise AccessError(
                f"A password needs at least {SHORTEST_PASSWORD} characters. Several words make a good one."
            )
        if len(password) > LONGEST_PASSWORD:
            raise AccessError(f"A password may have at most {LONGEST_PASSWORD} characters.")
        with self._hashing:
            return self._hasher.hash(_secret(password))

    def _read(self) -> dict[str, Account]:
        try:
            told = json.loads(self.path.read_text("utf-8"))
            if told["version"] != _VERSION:
                raise ValueError(f"its version is {told['version']!r}, not {_VERSION}")
            accounts = [Account(normal_name(a["name"]), Role(a["role"]), str(a["password"])) for a in told["accounts"]]
        except (OSError, ValueError, TypeError, KeyError, AccessError) as error:
            raise AccessError(
                f"The accounts in {self.path} cannot be read ({error}). Mend the file, or put back a copy of it."
            ) from error
        return {account.name: account for account in sorted(accounts, key=lambda account: account.name)}

    def _change(self, changed: Callable[[Mapping[str, Account]], Mapping[str, Account]]) -> None:
        """Put other accounts in place of those that there are.

        The new file, which only one process can make, keeps all others out until it is in place.
        """
        new = self.path.with_name(f"{self.path.name}.new")
        try:
            descriptor = _made_alone(new, self.path)
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    file.write(_words(changed(self.all()).values()))
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(self.path)
            except BaseException:
                new.unlink(missing_ok=True)
                raise
        except OSError as error:
            raise AccessError(
                f"{self.path} cannot be written: {error.strerror}. Check permissions and space."
            ) from error


def _made_alone(new: Path, instead: Path) -> int:
    """Make a file that nobody else has made, once those who have are done with it."""
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            return os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            if time.monotonic() > until:
                raise AccessError(
                    f"Another process is changing {instead}. Try again, or delete {new} if none is running."
                ) from None
            time.sleep(0.02)


def _words(accounts: Iterable[Account]) -> str:
    rows = [{"name": a.name, "role": a.role.value, "password": a.hash} for a in accounts]
    return json.dumps({"version": _VERSION, "accounts": rows}, ensure_ascii=False, indent=1) + "\n"


def normal_name(name: str) -> str:
    """Return the one form of a name of an account: without regard to case, width and composition of letters.

    Raises:
        AccessError: It is no name of an account.
    """
    normal = folded(name)
    if not _NAME.fullmatch(normal):
        raise AccessError(f"'{normal[:64]}' is no name of an account: use 1 to 64 letters, digits, or . _ - + @")
    return normal


def folded(name: str) -> str:
    """Return a name in its one form, whether it can be one of an account or not."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _secret(password: str) -> bytes:
    """Keyboards compose letters in different ways; a lone surrogate is no reason to fail."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
