"""The collections of one library in a Milvus server or a milvus-lite file: read, written and searched by rows."""

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from index.errors import LibraryError, first_line
from index.settings import shown

Row = dict[str, Any]

# A server sends and takes messages of 64 MB at most; a row has up to 60 kB of text.
_ROWS_AT_ONCE, _IDS_AT_ONCE = 500, 1000
_MOST_ROWS = 16_384  # of one answer, the limit of a server; whoever wants more reads page by page
_SECONDS = 60.0
_CONNECT_SECONDS = 10.0
# A server of Python, as milvus-lite's is, hangs up on who asks more often than that whether it is still there.
_QUIET = {"grpc.keepalive_time_ms": 300_000}
_INSTALL = "pip install -r requirements-scale.txt"


class Found(NamedTuple):
    """What a search found: the row's id, its score (higher is better), and the fields that were asked for."""

    id: Any
    score: float
    fields: Row


class Tables:
    """The collections of a library. Reads see what this process wrote; ``fresh`` reads what all others did, too."""

    def __init__(self, address: str, create: bool) -> None:
        """Connect.

        Args:
            address: ``milvus://[user:password@]host:port[/database]``, or the path of a milvus-lite file.
            create: Make the database where the server has none of that name.

        Raises:
            LibraryError: The packages are missing, no server answers, or the database is not there.
        """
        self.address = shown(address)
        self._client = _connect(address, create)
        with self.told():
            self.is_lite = "lite" in self._client.get_server_version()
        # milvus-lite is not safe where two threads write to one collection.
        self._writing: threading.Lock | None = threading.Lock() if self.is_lite else None

    @property
    def client(self) -> Any:  # noqa: ANN401 - the package need not be installed
        """The ``pymilvus.MilvusClient``, for what concerns whole collections; use it within ``told``."""
        return self._client

    def collections(self) -> list[str]:
        """Return the names of the collections."""
        with self.told():
            return list(self._client.list_collections())

    def drop(self, table: str) -> None:
        """Drop a collection; harmless where it is not there."""
        with self.told(), self._alone():
            self._client.drop_collection(table)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def get(self, table: str, ids: Iterable[Any], fields: Sequence[str], fresh: bool = False) -> dict[Any, Row]:
        """Return the rows with these ids, by id; ids that are not there are left out."""
        wanted = sorted(set(ids))
        found: dict[Any, Row] = {}
        with self.told():
            for first in range(0, len(wanted), _IDS_AT_ONCE):
                some = wanted[first : first + _IDS_AT_ONCE]
                rows = self._client.get(table, ids=some, output_fields=["id", *fields], **self._level(fresh))
                found.update((row["id"], dict(row)) for row in rows)
        return found

    def find(
        self, table: str, condition: str, fields: Sequence[str], limit: int = _MOST_ROWS, fresh: bool = False
    ) -> list[Row]:
        """Return up to ``limit`` rows, in no order, for which a condition holds."""
        with self.told():
            rows = self._client.query(
                table, filter=condition, output_fields=["id", *fields], limit=limit, **self._level(fresh)
            )
        return [dict(row) for row in rows]

    def scan(self, table: str, condition: str, fields: Sequence[str], at_once: int = 1000) -> Iterator[Row]:
        """Yield all rows for which a condition holds, by ascending id, however many there are."""
        few = self.find(table, condition, fields, at_once)
        if len(few) < at_once:
            yield from sorted(few, key=lambda row: row["id"])
            return
        with self.told():
            pages = self._client.query_iterator(
                table, batch_size=at_once, filter=condition, output_fields=["id", *fields], timeout=_SECONDS
            )
        try:
            while True:
                with self.told():
                    rows = pages.next()
                if not rows:
                    return
                yield from map(dict, rows)
        finally:
            pages.close()

    def count(self, table: str, condition: str = "") -> int:
        """Return the number of rows for which a condition holds."""
        with self.told():
            rows = self._client.query(table, filter=condition, output_fields=["count(*)"], **self._level(False))
        return int(rows[0]["count(*)"])

    def search(
        self,
        table: str,
        field: str,
        vectors: Sequence[Any],
        limit: int,
        condition: str = "",
        fields: Sequence[str] = (),
        fresh: bool = False,
    ) -> list[list[Found]]:
        """Return for each vector the rows with the greatest inner product, greatest first.

        A vector is a list of numbers, or for a sparse field ``{dimension: weight}``, not empty.
        """
        with self.told():
            found = self._client.search(
                table,
                data=list(vectors),
                anns_field=field,
                limit=min(limit, _MOST_ROWS),
                filter=condition,
                output_fields=list(fields),
                search_params={"metric_type": "IP"},
                **self._level(fresh),
            )
        return [[Found(hit["id"], float(hit["distance"]), dict(hit["entity"])) for hit in hits] for hits in found]

    def put(self, table: str, rows: Iterable[Row], at_once: int = _ROWS_AT_ONCE) -> None:
        """Write rows, in place of those with the same ids. Harmless when it is done again."""
        waiting = list(rows)
        with self.told(), self._alone():
            for first in range(0, len(waiting), at_once):
                self._client.upsert(table, waiting[first : first + at_once], timeout=_SECONDS)

    def delete(self, table: str, ids: Iterable[Any]) -> None:
        """Delete the rows with these ids; those that are not there do not count."""
        gone = sorted(set(ids))
        with self.told(), self._alone():
            for first in range(0, len(gone), _IDS_AT_ONCE):
                self._client.delete(table, ids=gone[first : first + _IDS_AT_ONCE], timeout=_SECONDS)

    def settle(self) -> None:
        """Let milvus-lite make its indexes of what was written; a server does so by itself."""
        if self.is_lite:
            with self.told(), self._alone():
                for table in self._client.list_collections():
                    self._client.flush(table, timeout=_SECONDS)

    def _level(self, fresh: bool) -> Mapping[str, Any]:
        return {"consistency_level": "Strong" if fresh else "Session", "timeout": _SECONDS}

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self._writing is None:
            yield
        else:
            with self._writing:
                yield

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn what the server or the network causes into a sentence."""
        import grpc
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except (MilvusException, grpc.RpcError) as error:
            raise LibraryError(
                f"The library {self.address} did not do what was asked ({_reason(error)}). Check that the server "
                "runs; what was reported as added is kept, and adding may be repeated."
            ) from error


def quoted(values: Iterable[str | int]) -> str:
    r"""Return values as a list in a condition.

    >>> quoted(["The Daily", 'a "b"', 7])
    '["The Daily", "a \\"b\\"", 7]'
    """
    return "[" + ", ".join(str(v) if isinstance(v, int) else _quoted(v) for v in values) + "]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def like(field: str, text: str) -> str:
    """Return the condition that a field holds a text; what ``like`` takes for a pattern is taken for any letter."""
    return f"{field} like {_quoted('%' + text.replace('%', '_') + '%')}"


def both(*conditions: str) -> str:
    """Return the condition that all of these hold; empty ones do not restrict."""
    return " and ".join(f"({condition})" for condition in conditions if condition)


def _connect(address: str, create: bool) -> Any:  # noqa: ANN401
    try:
        from pymilvus import MilvusClient
        from pymilvus.exceptions import MilvusException
    except ImportError as error:
        raise LibraryError(
            f"A library in Milvus needs packages that are not installed ({error}). Install them: {_INSTALL}"
        ) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it tells each failure a second time
    if not address.startswith("milvus://"):
        return _open_file(Path(address), create)
    parts = urlsplit(address)
    try:
        if not parts.hostname:
            raise ValueError("it names no host")
        server = f"http://{parts.hostname}:{parts.port or 19530}"
    except ValueError as error:
        raise LibraryError(f"{shown(address)} is no address ({error}). Write milvus://host:port.") from error
    database = parts.path.strip("/")
    login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if parts.username else ""
    try:
        client = MilvusClient(server, token=login, timeout=_CONNECT_SECONDS, grpc_options=_QUIET)
        if database:
            _use(client, database, create, shown(address))
    except MilvusException as error:
        raise LibraryError(
            f"No Milvus server answers at {server} ({_reason(error)}). Start one, or give its address: "
            "milvus://host:port[/database]"
        ) from error
    return client


def _use(client: Any, database: str, create: bool, address: str) -> None:  # noqa: ANN401
    if database not in client.list_databases():
        if not create:
            raise LibraryError(
                f"The server has no database '{database}'. Make a library in it: python -m index add PATH --library "
                f"{address}"
            )
        client.create_database(database)
    client.use_database(database)


def _open_file(path: Path, create: bool) -> Any:  # noqa: ANN401
    from pymilvus import MilvusClient
    from pymilvus.exceptions import MilvusException

    if not create and not path.exists():
        raise LibraryError(f"There is no library in {path}. Make one: python -m index add PATH --library {path}")
    if path.suffix != ".db":
        raise LibraryError(f"{path} is no milvus-lite file: its name must end with .db.")
    if path.is_file():  # milvus-lite keeps a folder of that name
        raise LibraryError(f"{path} is a file of another program. Name another library.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        logging.getLogger("milvus_lite").setLevel(logging.CRITICAL)
        return MilvusClient(str(path.resolve()), timeout=_CONNECT_SECONDS)
    except OSError as error:
        raise LibraryError(f"The folder {path.parent} cannot be made: {error.strerror}.") from error
    except (MilvusException, ImportError) as error:
        raise LibraryError(
            f"{path} cannot be opened ({_reason(error)}). One process can have it open at a time; for several, run: "
            f"milvus-lite server --data-dir {path} --max-workers 1, and use milvus://127.0.0.1:19530"
        ) from error


def _reason(error: Exception) -> str:
    return first_line(Exception(getattr(error, "message", "") or str(error)))
