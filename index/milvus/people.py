"""What users decided about who is who, in a library in Milvus; a folder keeps it as ``index.people_file`` says."""

import json
from collections.abc import Iterable
from threading import Lock

from index.errors import LibraryError
from index.milvus.meta import Meta
from index.people_file import Group, NameKey

_writing = Lock()  # of two processes that decide at the same moment the later one counts


class MilvusPeople:
    """Groups of names as one text; a name is in one group at most."""

    def __init__(self, meta: Meta) -> None:
        self._meta = meta

    def groups(self) -> tuple[Group, ...]:
        """Return the names that a user put together; () where nothing was decided.

        Raises:
            LibraryError: It cannot be read.
        """
        words = self._meta.read_people()
        try:
            people = json.loads(words) if words else []
            return tuple(frozenset(NameKey(name, role) for name, role in names) for names in people)
        except (ValueError, TypeError) as error:
            raise LibraryError(
                f"{self._meta} cannot be read ({error}). Delete the rows 'people…' of the collection 'meta' to have "
                "names merged by themselves again."
            ) from error

    def put_together(self, names: Iterable[NameKey]) -> None:
        """Keep that these names are one person's, whatever was kept of them before."""
        self._change([frozenset(names)])

    def take_apart(self, names: Iterable[NameKey], others: Iterable[NameKey]) -> None:
        """Keep that ``names`` are one person's and ``others`` another's, whatever was kept of them before."""
        names, others = frozenset(names), frozenset(others)
        if not names or not others or names & others:
            raise ValueError("A name must be on one side, and none may be empty.")
        self._change([names, others])

    def forget(self, names: Iterable[NameKey]) -> None:
        """Let these names be merged by themselves again."""
        self._change([], frozenset(names))

    def _change(self, groups: list[Group], freed: Group = frozenset()) -> None:
        with _writing:
            newer = freed.union(*groups)
            others = [group - newer for group in self.groups()]
            kept = [sorted(group) for group in (*others, *groups) if group]
            self._meta.write_people(json.dumps(kept, ensure_ascii=False))
