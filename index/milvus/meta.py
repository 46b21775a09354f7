"""What a library in Milvus says of itself: when it last changed, what its vectors were made with, who is who."""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from index.catalog import Manifest
from index.milvus.client import Tables
from index.milvus.schema import META, NO_VECTOR, NOTHING, PIECE_CHARACTERS

_GENERATION, _MANIFEST, _PEOPLE, _TOKEN = "generation", "manifest", "people", "token/"


@dataclass(frozen=True, slots=True)
class State:
    """What is read before anything else.

    Attributes:
        generation: Another number after each write.
        manifest: What the vectors were made with; empty until the first article is added.
        chunks: Name of the collection of passages, or "".
    """

    generation: int
    manifest: Manifest
    chunks: str


class Meta:
    """A few values, each in a row of its own."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __str__(self) -> str:
        return f"What was decided about names in {self._tables.address}"

    def state(self, fresh: bool = False) -> State:
        """Return what the library is now."""
        found = self._read((_GENERATION, _MANIFEST), fresh)
        made = json.loads(found.get(_MANIFEST, "{}"))
        chunks = made.pop("chunks", "")
        return State(int(found.get(_GENERATION, 0)), Manifest(**made), chunks)

    def changed(self) -> None:
        """Tell all who keep something in memory that it is old. No count, so that no writer waits for another."""
        self._write({_GENERATION: str((time.time_ns() << 10 | secrets.randbits(10)) % 2**63)})

    def write_manifest(self, manifest: Manifest, chunks: str) -> None:
        """Say what the vectors are made with, and which collection holds them."""
        self._write({_MANIFEST: json.dumps(asdict(manifest) | {"chunks": chunks})})

    def counted(self) -> int:
        """Return how many passages there were when words were last counted; 0 where they never were."""
        return int(self._read(("counted",)).get("counted", 0))

    def write_counted(self, passages: int) -> None:
        """Say that words were counted in so many passages."""
        self._write({"counted": str(passages)})

    def read_people(self) -> str | None:
        """Return what users decided about names, as ``MilvusPeople`` wrote it; None where nothing was."""
        found = self._read((_PEOPLE,), fresh=True).get(_PEOPLE)
        if found is None:
            return None
        keys = json.loads(found)
        pieces = self._read(keys, fresh=True)
        return "".join(pieces[key] for key in keys)

    def write_people(self, words: str) -> None:
        """Keep what users decided. The pieces come first, then the row that names them."""
        version = secrets.token_hex(4)
        cut = [words[first : first + PIECE_CHARACTERS] for first in range(0, len(words), PIECE_CHARACTERS)]
        pieces = {f"{_PEOPLE}/{version}/{number}": piece for number, piece in enumerate(cut)}
        before = self._read((_PEOPLE,), fresh=True).get(_PEOPLE, "[]")
        self._write(pieces)
        self._write({_PEOPLE: json.dumps(list(pieces))})
        self._tables.delete(META, json.loads(before))
        self.changed()

    def read_tokens(self) -> list[str]:
        """Return what ``write_token`` kept."""
        return [row["value"] for row in self._tables.find(META, f'id like "{_TOKEN}%"', ["value"], fresh=True)]

    def write_token(self, name: str, words: str) -> None:
        """Keep a token under its name."""
        self._write({_TOKEN + name: words})

    def delete_token(self, name: str) -> None:
        """Forget a token."""
        self._tables.delete(META, [_TOKEN + name])

    def _read(self, keys: Sequence[str], fresh: bool = False) -> dict[str, str]:
        return {key: row["value"] for key, row in self._tables.get(META, keys, ["value"], fresh).items()}

    def _write(self, values: dict[str, str]) -> None:
        self._tables.put(META, [{"id": key, "value": value, NO_VECTOR: NOTHING} for key, value in values.items()])
