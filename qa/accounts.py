"""The accounts of those who may use the app: a file of names, roles and argon2 hashes of passwords.

The file is the operator's: it is written whole or not at all, and not read while others on the machine could read it.
"""

import json
import os
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import AccessError

SHORTEST_PASSWORD = 12
# Longer ones would make guesses costly for us rather than for who guesses.
LONGEST_PASSWORD = 1024
_VERSION = 1
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
            stat = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise AccessError(f"The accounts in {self.path} cannot be read: {error.strerror}.") from error
        state = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        # A file of somebody else's, such as a secret that is mounted into a container, is given to us by its group.
        others = 0o077 if stat.st_uid == os.getuid() else 0o007
        if stat.st_mode & others:
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
        accounts = self.all()
        if account.name in accounts:
            raise AccessError(
                f"There is an account '{account.name}' already. Give it another password: "
                f"python -m qa users password {account.name}"
            )
        self._write({**accounts, account.name: account})
        return account

    def remove(self, name: str) -> Account:
        """Remove an account; whoever is signed in with it is out at the next click."""
        account = self.named(name)
        self._write({key: other for key, other in self.all().items() if key != account.name})
        return account

    def set_role(self, name: str, role: Role) -> Account:
        """Give an account another role, from the next click on."""
        return self._change(replace(self.named(name), role=role))

    def set_password(self, name: str, password: str) -> Account:
        """Give an account another password; whoever is signed in with the old one is out at the next click."""
        return self._change(replace(self.named(name), hash=self._hash(password)))

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

    def _change(self, account: Account) -> Account:
        self._write({**self.all(), account.name: account})
        return account

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

    def _write(self, accounts: Mapping[str, Account]) -> None:
        rows = [{"name": a.name, "role": a.role.value, "password": a.hash} for a in accounts.values()]
        words = json.dumps({"version": _VERSION, "accounts": rows}, ensure_ascii=False, indent=1) + "\n"
        partial = self.path.with_name(f"{self.path.name}.{os.getpid()}.tmp")
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(words)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.path)
        except OSError as error:
            raise AccessError(
                f"{self.path} cannot be written: {error.strerror}. Check permissions and space."
            ) from error
        finally:
            partial.unlink(missing_ok=True)


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
