"""The audit log: who added, replaced or removed which article, when and by which means.

``audit.jsonl`` in the library's folder gets one JSON object a line for each article, once the change is on disk. The
log is only ever appended to, by one ``write`` a line, so lines of several processes never mix. It is opened anew each
time, so that a tool such as logrotate may rename it at any moment. (A library in Milvus has its log there.)
"""

import getpass
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from index.errors import LibraryError
from index.records import AddResult, AddStatus

AUDIT_FILE = "audit.jsonl"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes a library.

    Attributes:
        name: Name of an account, of a token or, on the command line, of the user of the machine.
        how: By which means: "app", "command", "API" or "Python".
    """

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one article.

    Attributes:
        result: "added", "replaced" or "removed".
        article: Id of the article that is there now, or was.
        source: Where it came from.
        reason: For "replaced", which version it took the place of; else "".
    """

    result: str
    article: str
    title: str
    source: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log; ``at`` is in UTC."""

    at: datetime
    who: str
    how: str
    result: str
    article: str
    title: str
    source: str
    reason: str = ""


def changes_in(results: Iterable[AddResult]) -> list[Change]:
    """Return what adding changed: the articles that are new, or took the place of others."""
    changed = (AddStatus.ADDED, AddStatus.REPLACED)
    return [Change(r.status.value, r.article_id, r.title, r.source, r.reason) for r in results if r.status in changed]


def this_user(how: str) -> Actor:
    """Return the user of this machine who runs this process."""
    try:
        return Actor(getpass.getuser(), how)
    except (OSError, KeyError):  # a container may run under a number that has no name
        return Actor(f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown", how)


class Audit:
    """The log of one library. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / AUDIT_FILE

    def check(self) -> None:
        """Refuse where nothing could be written down; to be called before something is changed.

        Raises:
            LibraryError: The log cannot be written.
        """
        try:
            with self._opened():
                pass
        except OSError as error:
            raise LibraryError(
                f"The audit log {self.path} cannot be written ({error.strerror}), so nothing was changed. "
                "Check permissions and free space."
            ) from error

    def record(self, by: Actor, changes: Iterable[Change]) -> None:
        """Write down what was done. What cannot be written, as on a full disk, goes to the program's own log."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        head = {"at": now, "who": by.name, "how": by.how}
        lines = [json.dumps(head | asdict(change)) + "\n" for change in changes]
        written = 0
        try:
            with self._opened() as file:
                for line in lines:
                    data = line.encode("ascii")
                    if os.write(file, data) < len(data):
                        raise OSError("the disk is full")
                    written += 1
        except OSError as error:
            _log.error("%s cannot be written (%s). It lacks:\n%s", self.path, error, "".join(lines[written:]))

    @contextmanager
    def _opened(self) -> Iterator[int]:
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            if os.lseek(file, 0, os.SEEK_END) and os.lseek(file, -1, os.SEEK_END) >= 0 and os.read(file, 1) != b"\n":
                os.write(file, b"\n")  # a full disk cut the last line off: the next must not be glued to it
            yield file
        finally:
            os.close(file)


def read_entries(folder: Path, since: date | None = None) -> Iterator[Entry]:
    """Read the log of a library, oldest first; () where nothing was written down yet.

    Args:
        folder: Folder of the library.
        since: Only from this day of local time on.

    Raises:
        LibraryError: The log cannot be read.
    """
    path = folder / AUDIT_FILE
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                entry = _entry(line)
                if entry is None:
                    _log.warning("%s, line %d is no entry and was passed over.", path, number)
                elif since is None or entry.at.astimezone().date() >= since:
                    yield entry
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error


def _entry(line: str) -> Entry | None:
    try:
        told = json.loads(line)
        at = datetime.fromisoformat(told.pop("at"))
        if at.tzinfo is None or not all(isinstance(value, str) for value in told.values()):
            return None
        return Entry(at, **told)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
