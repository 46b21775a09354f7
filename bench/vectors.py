"""What searching costs as a library grows: time, memory, recall and upkeep of the vector index by number of chunks."""

import json
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.vectors_picture import draw_costs
from bench.vectors_synthetic import Floats, Nearest, VectorModel, likeness, read_vectors
from index.catalog import Catalog, Manifest, write_manifest
from index.embed import Embedder
from index.settings import BUNDLED, load_settings
from index.vector_kinds import probes
from index.vectors import VECTORS_FILE, VectorIndex

_MB = 1e6
_RECALL_AT = 10
_LIMIT = 50  # the default number of candidates
_CHANGED = 1000
_ALLOWED = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """What was measured at one size. Times of a search are (median, 95th percentile) in milliseconds."""

    chunks: int
    lists: int
    probes: int
    recall: float
    one_ms: tuple[float, float]
    two_ms: tuple[float, float]
    filtered_ms: tuple[float, float]
    file_mb: float
    memory_mb: float
    open_s: float
    load_s: float
    train_s: float
    added_ms: float
    removed_ms: float


def run(sizes: Sequence[int], library: Path, questions: Path, out: Path, work: Path | None = None) -> str:
    """Measure with vectors made from those of a library and real questions; write ``vectors.json`` and ``vectors.svg``.

    Args:
        sizes: Numbers of chunks. What ``vectors.json`` in ``out`` holds already is not measured again.
        library: Made with the bundled embedder; tens of thousands of passages.
        questions: JSON lines with a 'question'.
        out: Folder for the two files.
        work: Folder for the libraries that are measured; None for the system's temporary one.

    Returns:
        How like real ones the vectors are, and the costs, as Markdown tables.
    """
    lines = questions.read_text("utf-8").splitlines()
    queries = Embedder.load(BUNDLED, load_settings().threads).embed([json.loads(line)["question"] for line in lines])
    real = read_vectors(library)
    costs = measure(sizes, VectorModel.fit(real), queries, out / "vectors.json", work)
    draw_costs(read_costs(out / "vectors.json"), out / "vectors.svg")
    return f"{likeness(real, queries)}\n\n{costs}"


def measure(sizes: Sequence[int], model: VectorModel, queries: Floats, results: Path, work: Path | None = None) -> str:
    """Measure each size that ``results`` does not hold yet; return all as a Markdown table.

    Args:
        sizes: Numbers of chunks.
        model: Makes the vectors.
        queries: Question vectors, shape (m, dimension), length 1.
        results: JSON file, written after each size, so that it can be gone on with.
        work: Folder for the libraries, about 0.9 kB for each chunk; None for one that is deleted afterwards.
    """
    done = read_costs(results)
    for size in sizes:
        if any(cost.chunks == size for cost in done):
            continue
        with tempfile.TemporaryDirectory(dir=work) as folder:
            done.append(measure_size(size, model, queries, Path(folder)))
        done.sort(key=lambda cost: cost.chunks)
        results.write_text(json.dumps([asdict(cost) for cost in done], indent=1) + "\n", "utf-8")
    return table([cost for cost in done if cost.chunks in sizes])


def read_costs(results: Path) -> list[Cost]:
    """Return what was measured before; nothing where there is no file."""
    if not results.is_file():
        return []
    rows = json.loads(results.read_text("utf-8"))
    return [Cost(**{key: tuple(v) if isinstance(v, list) else v for key, v in row.items()}) for row in rows]  # type: ignore[arg-type]


def measure_size(size: int, model: VectorModel, queries: Floats, folder: Path) -> Cost:
    """Fill a library in ``folder`` with made vectors and measure its vector index."""
    catalog = Catalog.create(folder)
    try:
        truth = _fill(catalog, size, model, queries)
        index = VectorIndex(folder, catalog)
        load = _seconds(lambda: index.search(queries[0], 1))
        train = _seconds(index.settle)
        index.close()
        memory, opening = _reopened(folder)
        index = VectorIndex(folder, catalog)
        cost = _searched(index, queries, truth, size)
        # Removed first, so that no size is exceeded and no training begins.
        removed = _seconds(lambda: index.search(queries[0], 1), lambda: _remove(catalog, size - _CHANGED))
        vectors = next(model.blocks(_CHANGED, seed=1))
        added = _seconds(lambda: index.search(queries[0], 1), lambda: _insert(catalog, vectors))
        index.close()
        return Cost(
            **cost,
            file_mb=(folder / VECTORS_FILE).stat().st_size / _MB,
            memory_mb=memory,
            open_s=opening,
            load_s=load,
            train_s=train,
            added_ms=added * 1e3,
            removed_ms=removed * 1e3,
        )
    finally:
        catalog.close()


def table(costs: Sequence[Cost]) -> str:
    """Return the costs as a Markdown table, one row for each size."""
    lines = [
        "| chunks | index | recall@10 | search p50 / p95 ms | two at once | filtered to 10 | memory MB | from file s | "
        "from catalog s | training s | 1,000 added ms | 1,000 removed ms |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for c in costs:
        kind = f"{c.probes} of {c.lists:,} lists" if c.lists else "exact"
        cells = [f"{c.chunks:,}", kind, f"{c.recall:.3f}", _times(c.one_ms), _times(c.two_ms), _times(c.filtered_ms)]
        cells += [f"{c.memory_mb:.0f}", f"{c.open_s:.1f}", f"{c.load_s:.1f}", f"{c.train_s:.1f}"]
        cells += [f"{c.added_ms:.0f}", f"{c.removed_ms:.0f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _times(times: tuple[float, float]) -> str:
    return f"{times[0]:.1f} / {times[1]:.1f}"


def _fill(catalog: Catalog, size: int, model: VectorModel, queries: Floats) -> list[set[int]]:
    """Fill the catalog; return the ids of the chunks nearest to each query."""
    with catalog.writing() as connection:
        write_manifest(connection, Manifest("made", "made", model.base.shape[1], 200, 40))
        connection.execute(
            "INSERT INTO article (id, title, deck, publication, authors, agency, place, section, url, source, url_key, "
            "words, added_at, text) VALUES ('made', '', '', '', '[]', '', '', '', '', '', '', 0, '', '')"
        )
    nearest = Nearest(queries, _RECALL_AT)
    for block in model.blocks(size):
        _insert(catalog, block)
        nearest.add(block)
    return [set((rows + 1).tolist()) for rows in nearest.rows]  # the first id of a catalog is 1


def _insert(catalog: Catalog, vectors: NDArray[np.float16]) -> None:
    with catalog.writing() as connection:
        connection.executemany(
            'INSERT INTO chunk (article, start, "end", vector, seal) '
            "VALUES ('made', 0, 1, ?1, seal('made', 0, 1, ?1))",
            [(vector.astype("<f2").tobytes(),) for vector in vectors],
        )


def _remove(catalog: Catalog, above: int) -> None:
    with catalog.writing() as connection:
        connection.execute("DELETE FROM chunk WHERE id > ?", (above,))


def _searched(index: VectorIndex, queries: Floats, truth: Sequence[set[int]], size: int) -> dict[str, Any]:
    found = [{i for i, _ in index.search(query, _LIMIT)[:_RECALL_AT]} for query in queries]
    allowed = np.random.default_rng(3).integers(1, size + 1, (len(queries), _ALLOWED))
    filters = iter(allowed.tolist())
    return {
        "chunks": size,
        "lists": index.lists,
        "probes": probes(index.lists),
        "recall": float(np.mean([len(f & t) / len(t) for f, t in zip(found, truth, strict=True)])),
        "one_ms": _latency(queries, 1, lambda query: index.search(query, _LIMIT)),
        "two_ms": _latency(queries, 2, lambda query: index.search(query, _LIMIT)),
        "filtered_ms": _latency(queries, 1, lambda query: index.search(query, _LIMIT, next(filters))),
    }


def _latency(queries: Floats, threads: int, search: Callable[[Floats], object]) -> tuple[float, float]:
    """Share the queries among threads that search at the same time; return median and 95th percentile in ms."""
    times: list[float] = []

    def run(part: Floats) -> None:
        times.extend(_seconds(partial(search, query)) for query in part)

    running = [threading.Thread(target=run, args=(queries[n::threads],)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    median, high = np.percentile(np.array(times) * 1e3, (50, 95))
    return float(median), float(high)


def _seconds(work: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    before()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _reopened(folder: Path) -> tuple[float, float]:
    """Return the memory (MB) and time (s) it takes to open the index from its file, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_open, folder).result()


def _open(folder: Path) -> tuple[float, float]:
    import faiss  # noqa: F401 - loaded before memory is looked at

    catalog = Catalog(folder)
    try:
        index = VectorIndex(folder, catalog)
        before = _resident_mb()
        seconds = _seconds(index.settle)
        return _resident_mb() - before, seconds
    finally:
        catalog.close()


def _resident_mb() -> float:
    """Return the memory of this process that is in use; 0 where the system does not say it this way."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    return next((int(line.split()[1]) * 1024 / _MB for line in lines if line.startswith("VmRSS:")), 0.0)
