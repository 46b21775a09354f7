"""The collections that a library consists of. All rows have an ``id`` that follows from what they hold."""

import hashlib
from collections.abc import Callable
from typing import Any

from index.milvus.client import Tables

META, ARTICLE, PIECE, STATEMENT, SPEAKER, COPY, WORD, AUDIT = (
    "meta", "article", "piece", "statement", "speaker", "copy", "word", "audit",
)  # fmt: skip
CHUNK = "chunk_"  # then a word of its own for each rebuild

# Milvus takes 65,535 bytes; a character takes four at most.
LONGEST = 65_535
PIECE_CHARACTERS = 15_000
LONGEST_KEY = 500
MOST_VALUES = 4096  # of one array

# What an article is: being added, searched, an earlier version, being removed.
PENDING, LIVE, REPLACED, REMOVING = 0, 1, 2, 3
FINISHED = (LIVE, REPLACED)

_SPARSE = {"index_type": "SPARSE_INVERTED_INDEX", "metric_type": "IP"}
# What every collection must have, searched or not.
NO_VECTOR = "nothing"
NOTHING = [0.0, 1.0]


def row_id(*parts: str | int) -> int:
    """Return 63 bits that follow from the parts alone; evenly spread, so those below a bound are a random sample."""
    content = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big") >> 1


class _Fields:
    """Puts one collection together."""

    def __init__(self, tables: Tables, types: Any) -> None:  # noqa: ANN401 - pymilvus has no types of its own
        self._types, self._client, self._lite = types, tables.client, tables.is_lite
        self.schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        self.indexes = self._client.prepare_index_params()

    def text(self, name: str, length: int = LONGEST, *, primary: bool = False, indexed: bool = False) -> None:
        self.schema.add_field(name, self._types.VARCHAR, max_length=length, is_primary=primary)
        self._index(name, indexed)

    def texts(self, name: str) -> None:
        self.schema.add_field(
            name,
            self._types.ARRAY,
            element_type=self._types.VARCHAR,
            max_capacity=MOST_VALUES,
            max_length=4 * LONGEST_KEY,
        )
        self._index(name, not self._lite)  # milvus-lite has no index of arrays

    def number(self, name: str, *, primary: bool = False, indexed: bool = False) -> None:
        self.schema.add_field(name, self._types.INT64, is_primary=primary)
        self._index(name, indexed)

    def numbers(self, name: str) -> None:
        self.schema.add_field(name, self._types.ARRAY, element_type=self._types.INT64, max_capacity=MOST_VALUES)
        self._index(name, not self._lite)

    def vector(self, name: str, dimension: int, kind: str) -> None:
        self.schema.add_field(name, self._types.FLOAT_VECTOR, dim=dimension)
        self.indexes.add_index(name, index_type=kind, metric_type="IP")

    def sparse(self, name: str) -> None:
        self.schema.add_field(name, self._types.SPARSE_FLOAT_VECTOR)
        self.indexes.add_index(name, **_SPARSE)

    def filtered(self) -> None:
        """Fields by which articles, passages and statements are filtered."""
        self.number("day", indexed=True)
        self.text("publication_key", indexed=True)
        self.text("section_key", indexed=True)
        self.texts("author_keys")

    def _index(self, name: str, wanted: bool) -> None:
        if wanted:
            self.indexes.add_index(name, index_type="INVERTED")


def _meta(f: _Fields) -> None:
    f.text("id", 100, primary=True)
    f.text("value")
    f.vector(NO_VECTOR, 2, "FLAT")


def _article(f: _Fields) -> None:
    f.text("id", 16, primary=True)
    f.number("state", indexed=True)
    f.text("replaced_by", 16, indexed=True)
    f.number("touched")  # nanoseconds: when somebody last worked on it
    f.number("added")
    for name in ("title", "publication", "section", "authors", "url", "source"):
        f.text(name)
    f.text("url_key", indexed=True)
    f.text("searched", indexed=True)  # title, publication and authors, folded
    for name in ("words", "pieces", "passages", "said"):
        f.number(name)
    f.filtered()
    f.sparse("fingerprints")


def _piece(f: _Fields) -> None:
    f.number("id", primary=True)
    f.text("body")
    f.vector(NO_VECTOR, 2, "FLAT")


def _statement(f: _Fields) -> None:
    f.number("id", primary=True)
    f.text("article", 16)
    for name in ("position", "start", "end"):
        f.number(name)
    for name in ("kind", "cue", "spans", "text", "name", "role", "written"):
        f.text(name)
    f.number("speaker", indexed=True)
    f.numbers("about")
    f.filtered()
    f.vector(NO_VECTOR, 2, "FLAT")


def _speaker(f: _Fields) -> None:
    f.number("id", primary=True)
    for name in ("name", "role", "written"):
        f.text(name)
    f.text("key", indexed=True)
    f.vector(NO_VECTOR, 2, "FLAT")


def _copy(f: _Fields) -> None:
    f.text("id", 40, primary=True)
    f.text("story", 16, indexed=True)
    f.text("other", 16)
    f.vector(NO_VECTOR, 2, "FLAT")


def _word(f: _Fields) -> None:
    f.number("id", primary=True)
    f.number("passages")
    f.vector(NO_VECTOR, 2, "FLAT")


def _audit(f: _Fields) -> None:
    f.number("id", primary=True)
    f.number("at", indexed=True)  # nanoseconds
    for name in ("who", "how", "result", "article", "title", "source", "reason"):
        f.text(name)
    f.vector(NO_VECTOR, 2, "FLAT")


_TABLES: dict[str, Callable[[_Fields], None]] = {
    ARTICLE: _article, PIECE: _piece, STATEMENT: _statement, SPEAKER: _speaker, COPY: _copy, WORD: _word,
    AUDIT: _audit, META: _meta,
}  # fmt: skip


def make_tables(tables: Tables) -> None:
    """Make the collections that are not there yet; ``meta`` comes last, so that it tells that all are there."""
    for name, fill in _TABLES.items():
        _make(tables, name, fill)


def make_chunks(tables: Tables, name: str, dimension: int) -> None:
    """Make the collection of passages, for vectors of this dimension."""

    def fill(f: _Fields) -> None:
        f.number("id", primary=True)
        f.text("article", 16)
        for field in ("position", "start", "end"):
            f.number(field)
        f.filtered()
        # Exact in milvus-lite, as a folder's index is where it is small; a server chooses by its own settings.
        f.vector("vector", dimension, "FLAT" if tables.is_lite else "AUTOINDEX")
        f.sparse("words")

    _make(tables, name, fill)


def _make(tables: Tables, name: str, fill: Callable[[_Fields], None]) -> None:
    """Make a collection with its indexes, and have it loaded; whoever was cut off in between is made up for."""
    from pymilvus import DataType
    from pymilvus.exceptions import MilvusException

    client = tables.client
    with tables.told():
        if _is_ready(tables, name):
            return
        fields = _Fields(tables, DataType)
        fill(fields)
        try:
            if not client.has_collection(name):
                client.create_collection(name, schema=fields.schema, consistency_level="Session")
            # It is empty, so there is nothing to wait for.
            client.create_index(name, fields.indexes, sync=False)
            client.load_collection(name)
        except MilvusException:
            if not _is_ready(tables, name):  # else another process was first
                raise


def _is_ready(tables: Tables, name: str) -> bool:
    client = tables.client
    return bool(client.has_collection(name)) and "Loaded" in str(client.get_load_state(name)["state"])


def find_tables(tables: Tables) -> bool:
    """Say whether there is a library, and have it loaded: a milvus-lite file that is opened is not."""
    with tables.told():
        if not tables.client.has_collection(META):
            return False
        if not _is_ready(tables, META):
            for name in sorted(tables.collections(), key=lambda name: name == META):
                tables.client.load_collection(name)
        return True
