"""Measuring the vector index on made-up vectors."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench import vectors as module
from bench.vectors import Cost, measure, read_costs, table
from bench.vectors_picture import draw_costs
from bench.vectors_synthetic import BLOCK, Floats, Nearest, VectorModel, likeness, read_vectors
from index.errors import LibraryError
from tests.unit.index.vector_fakes import add, clustered, make_catalog

COST = Cost(
    chunks=200_000,
    lists=1788,
    probes=170,
    recall=0.9876,
    one_ms=(1.44, 5.35),
    two_ms=(1.7, 11.1),
    filtered_ms=(1.0, 2.0),
    file_mb=81.0,
    memory_mb=84.9,
    open_s=0.14,
    load_s=2.0,
    train_s=21.0,
    added_ms=66.4,
    removed_ms=8.5,
)


@pytest.fixture(scope="module")
def model() -> VectorModel:
    return VectorModel.fit(clustered(500))


def test_made_vectors_are_unit_and_few_are_the_first_of_many(model: VectorModel) -> None:
    many = np.concatenate(list(model.blocks(BLOCK + 100)))
    assert many.shape == (BLOCK + 100, 32)
    assert np.linalg.norm(many.astype(np.float32), axis=1) == pytest.approx(np.ones(len(many)), abs=2e-3)
    assert np.array_equal(np.concatenate(list(model.blocks(700))), many[:700])
    assert not np.array_equal(next(model.blocks(700, seed=1)), many[:700])


def test_made_vectors_lie_around_real_ones(model: VectorModel) -> None:
    made = next(model.blocks(300)).astype(np.float32)
    nearest = (made @ model.base.T).max(axis=1)
    assert float(np.median(nearest)) > 0.9
    assert float(nearest.max()) < 1.001
    assert len(np.unique(made, axis=0)) == 300


def test_the_nearest_over_blocks_are_those_over_all() -> None:
    vectors, queries = clustered(1000).astype(np.float16), clustered(7, seed=1)
    nearest = Nearest(queries, 10)
    for first in range(0, 1000, 3):
        nearest.add(vectors[first : first + 3])
    scores = queries @ vectors.astype(np.float32).T
    for rows, row in zip(nearest.rows, scores, strict=True):
        assert set(rows.tolist()) == set(np.argsort(-row)[:10].tolist())


def test_vectors_of_a_library_are_read(tmp_path: Path) -> None:
    vectors: Floats = clustered(5)
    catalog = make_catalog(tmp_path)
    with pytest.raises(LibraryError, match="is empty"):
        read_vectors(tmp_path)
    add(catalog, vectors)
    assert np.allclose(read_vectors(tmp_path), vectors, atol=1e-3)
    with pytest.raises(LibraryError, match="no library"):
        read_vectors(tmp_path / "none")


def test_likeness_has_a_row_for_real_and_for_made_vectors() -> None:
    lines = likeness(clustered(400), clustered(20, seed=1)).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["400 real", "400 made from a quarter of them"]


def test_sizes_are_measured_once(tmp_path: Path, model: VectorModel, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "vectors.json"
    lines = measure([300], model, clustered(6, seed=1), results, tmp_path).splitlines()
    assert lines[2].startswith("| 300 | exact | 1.000 |")
    [cost] = read_costs(results)
    assert cost.chunks == 300
    assert cost.recall == 1.0
    assert 0 < cost.one_ms[0] <= cost.one_ms[1]
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.json"]
    monkeypatch.setattr(module, "measure_size", lambda size, *_: replace(COST, chunks=size))
    lines = measure([100_000, 300], model, clustered(6, seed=1), results, tmp_path).splitlines()
    assert len(lines) == 4
    assert read_costs(results) == [cost, replace(COST, chunks=100_000)]
    assert json.loads(results.read_text())[1]["one_ms"] == [1.44, 5.35]


def test_the_table() -> None:
    assert table([COST]).splitlines()[2] == (
        "| 200,000 | 170 of 1,788 lists | 0.988 | 1.4 / 5.3 | 1.7 / 11.1 | 1.0 / 2.0 | 85 | 0.1 | 2.0 | 21.0 | 66 | 8 |"
    )


def test_the_picture_is_the_same_for_the_same_figures(tmp_path: Path) -> None:
    costs = [replace(COST, chunks=10_000, lists=0, recall=1.0), COST]
    for name in ("one.svg", "two.svg"):
        draw_costs(costs, tmp_path / name)
    data = (tmp_path / "one.svg").read_text("utf-8")
    assert data == (tmp_path / "two.svg").read_text("utf-8")
    assert "memory of the index (MB)" in data
