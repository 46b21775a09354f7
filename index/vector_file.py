"""The file of a vector index: a cache that is believed only where the catalog vouches for it."""

import hashlib
import json
import logging
import os
from pathlib import Path
from typing import Any

from index.catalog import Catalog, Manifest, read_meta, write_meta
from index.vector_follow import FollowedIndex
from index.vector_log import cut_log

logger = logging.getLogger(__name__)

_DIGEST_KEY = "vectors_sha256"
_STATE_KEY = "vectors_state"  # JSON: how far the file follows, and the digest of the file that this is true of


class VectorFile:
    """Reads and writes the cache. The digest of the file and how far it follows are in the catalog."""

    def __init__(self, path: Path, catalog: Catalog) -> None:
        self._path = path
        self._catalog = catalog

    def load(self, manifest: Manifest) -> FollowedIndex | None:
        """Return what the file holds; None where it is missing, damaged, or of other vectors."""
        import faiss

        with self._catalog.reading() as connection:
            meta = read_meta(connection)
        digest = meta.get(_DIGEST_KEY, "")
        state = json.loads(meta.get(_STATE_KEY, "{}"))
        if state.get("sha256") != digest:
            state = {}  # an earlier version of the program wrote the file
        if state and state["embedder"] != manifest.digest:
            return None
        try:
            with self._path.open("rb") as file:
                # The digest is checked first: FAISS may crash on a damaged file.
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    logger.info("%s is damaged or old; it is made again from the catalog.", self._path)
                    return None
                file.seek(0)
                reader: Any = faiss.PyCallbackIOReader  # type: ignore[attr-defined]
                index: Any = faiss.read_index(reader(file.read))
        except (OSError, RuntimeError) as error:  # RuntimeError: FAISS does not know the kind of index
            logger.info("%s cannot be read (%s); it is made again from the catalog.", self._path, error)
            return None
        if index.d != manifest.dimension:
            return None
        held = FollowedIndex(index, manifest, state.get("last", 0), state.get("position"))
        if not held.last and held.count:
            held.last = int(held.ids().max())
        return held

    def save(self, held: FollowedIndex) -> None:
        """Write ``held``; nobody may change it meanwhile.

        Raises:
            LibraryError: The catalog cannot be written.
            OSError: The file cannot be written.
        """
        import faiss

        temporary = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        digest = hashlib.sha256()
        try:
            with temporary.open("wb") as file:

                def write(data: bytes) -> int:
                    digest.update(data)
                    return file.write(data)

                writer: Any = faiss.PyCallbackIOWriter  # type: ignore[attr-defined]
                faiss.write_index(held.index, writer(write))
            # Within the transaction, so that of two processes the file and the digest are from the same one.
            with self._catalog.writing(new_generation=False) as connection:
                temporary.replace(self._path)
                sha256 = digest.hexdigest()
                state = {"sha256": sha256, "last": held.last, "position": held.position}
                write_meta(connection, _DIGEST_KEY, sha256)
                write_meta(connection, _STATE_KEY, json.dumps(state | {"embedder": held.manifest.digest}))
                if held.position is not None:
                    cut_log(connection, held.position)
        finally:
            temporary.unlink(missing_ok=True)
        held.unsaved = 0
