"""A catalog that holds made-up vectors and nothing else worth reading."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, Manifest, write_manifest
from index.vector_kinds import Plan

DIMENSION = 32
SMALL = Plan(exact_up_to=1000, samples_per_list=20)  # so that a thousand vectors are a large library

Floats = NDArray[np.float32]

_LOG = """
CREATE TABLE IF NOT EXISTS chunk_gone (position INTEGER PRIMARY KEY AUTOINCREMENT, chunk INTEGER NOT NULL);
CREATE TRIGGER IF NOT EXISTS chunk_gone AFTER DELETE ON chunk BEGIN
    INSERT INTO chunk_gone (chunk) VALUES (old.id);
END;
"""
_NO_LOG = "DROP TRIGGER IF EXISTS chunk_gone; DROP TABLE IF EXISTS chunk_gone;"


def make_catalog(folder: Path, log: bool = True, digest: str = "one", dimension: int = DIMENSION) -> Catalog:
    """Make a catalog; with ``log`` it keeps a log of the chunks that went, as new libraries do."""
    catalog = Catalog.create(folder)
    with catalog.reading() as connection:
        connection.executescript(_LOG if log else _NO_LOG)
    set_embedder(catalog, digest, dimension)
    return catalog


def set_embedder(catalog: Catalog, digest: str, dimension: int = DIMENSION) -> None:
    with catalog.writing() as connection:
        write_manifest(connection, Manifest("fake", digest, dimension, 40, 10))


def clustered(count: int, seed: int = 0, clusters: int = 40, dimension: int = DIMENSION) -> Floats:
    """Return unit vectors around a few centres, shape (count, dimension), in float16 precision."""
    centres = np.random.default_rng(99).standard_normal((clusters, dimension))
    random = np.random.default_rng(seed)
    vectors = centres[random.integers(0, clusters, count)] + 0.7 * random.standard_normal((count, dimension))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    rounded: Floats = unit.astype(np.float16).astype(np.float32)
    return rounded


def add(catalog: Catalog, vectors: Floats) -> list[int]:
    """Add one chunk for each vector; return their ids."""
    with catalog.writing() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO article (id, title, deck, publication, authors, agency, place, section, url, source,"
            " url_key, words, added_at, text) VALUES ('a', '', '', '', '[]', '', '', '', '', '', '', 0, '', '')"
        )
        before = connection.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'chunk'").fetchone()
        connection.executemany(
            "INSERT INTO chunk (article, start, \"end\", vector, seal) VALUES ('a', 0, 1, ?1, seal('a', 0, 1, ?1))",
            [(vector.astype("<f2").tobytes(),) for vector in vectors],
        )
    return list(range(before[0] + 1, before[0] + 1 + len(vectors)))


def remove(catalog: Catalog, ids: Sequence[int]) -> None:
    with catalog.writing() as connection:
        connection.execute(f"DELETE FROM chunk WHERE id IN ({','.join(map(str, ids))})")  # noqa: S608


def nearest(vectors: Floats, query: Floats, limit: int) -> list[int]:
    """Return the rows nearest to ``query``, by comparing with each."""
    return [int(row) for row in np.argsort(-(vectors @ query), kind="stable")[:limit]]
