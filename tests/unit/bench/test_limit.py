"""Matrix products, and where a model spends its time."""

from pathlib import Path
from typing import Any

import pytest

from bench.limit import Call, Measured, Part, encoder_operations, parts, report
from bench.node_times import Node, nodes_of, profile
from bench.products import BFLOAT16, FLOAT32, INT8, Rate, best_rates, limits, operations, shortest

SMALL = (32, 64, 48)


def _event(name: str, operator: str, micros: int, inputs: list[dict[str, Any]], output: list[int]) -> dict[str, Any]:
    arguments = {"op_name": operator, "input_type_shape": inputs, "output_type_shape": [{"float": output}]}
    return {"cat": "Node", "name": f"{name}_kernel_time", "dur": micros, "args": arguments}


def test_operations_of_a_product_and_of_an_encoder() -> None:
    assert operations((2, 3, 4)) == 48
    config = {"hidden_size": 2, "intermediate_size": 8, "num_hidden_layers": 3}
    # A layer has 4 products of 5 × 2 × 2, one of 5 × 2 × 8 and one of 5 × 8 × 2; attention has 5 × 2 × 5 and 5 × 5 × 2.
    assert encoder_operations(config, 5) == 3 * (4 * 40 + 160 + 160 + 100 + 100)


def test_the_shortest_call_counts() -> None:
    calls: list[int] = []
    assert 0 <= shortest(lambda: calls.append(1), 0.0) < 0.01
    assert len(calls) > 10


def test_every_kind_has_a_rate_and_the_best_shape_is_the_limit() -> None:
    rates = best_rates(SMALL, 1, 0.0)
    assert set(rates) == {INT8, FLOAT32, BFLOAT16}
    assert all(rate.gops > 0 and rate.shape == SMALL and rate.library for rate in rates.values())
    assert limits(1, 0.0, (SMALL, (16, 16, 16))).keys() == rates.keys()


def test_products_are_read_from_a_profile() -> None:
    packed = [{"float": [1, 5, 8]}, {"float": [6]}]
    heads = [{"float": [1, 2, 5, 4]}, {"float": [1, 2, 4, 5]}]
    attention = [{"float": [2, 5, 8]}] * 3
    nodes = nodes_of(
        [
            {"cat": "Session", "name": "model_run", "dur": 999},
            _event("dense", "DynamicQuantizeMatMul", 70, packed, [1, 5, 6]),
            _event("dense", "DynamicQuantizeMatMul", 50, packed, [1, 5, 6]),
            _event("out", "MatMul", 10, packed[:1], [1, 5, 2]),
            _event("scores", "MatMul", 20, heads, [1, 2, 5, 5]),
            _event("context", "MultiHeadAttention", 30, attention, [2, 5, 8]),
            _event("gelu", "Gelu", 5, packed[:1], [1, 5, 8]),
        ]
    )
    assert [(node.operator, round(1e6 * node.seconds), node.kind, node.products) for node in nodes] == [
        ("DynamicQuantizeMatMul", 50, INT8, ((5, 8, 6),)),
        ("MatMul", 10, FLOAT32, ((5, 8, 2),)),
        ("MatMul", 20, FLOAT32, ((5, 4, 5), (5, 4, 5))),
        ("MultiHeadAttention", 30, FLOAT32, ((5, 8, 5), (5, 5, 8)) * 2),
        ("Gelu", 5, "", ()),
    ]
    assert nodes[2].operations == 2 * 2 * 5 * 4 * 5


def test_parts_are_products_first_then_the_rest_by_time() -> None:
    nodes = [
        Node("Gelu", 2e-3),
        Node("Split", 3e-3),
        Node("DynamicQuantizeMatMul", 1e-3, INT8, (SMALL,)),
        Node("DynamicQuantizeMatMul", 1e-3, INT8, (SMALL,)),
        Node("MultiHeadAttention", 1e-3, FLOAT32, (SMALL,)),
    ]
    found = parts(nodes, 1, 0.0)
    assert [part.name for part in found] == ["products with weights", "MultiHeadAttention", "Split", "Gelu"]
    assert found[0].seconds == pytest.approx(2e-3)
    assert found[0].operations == 2 * operations(SMALL)
    assert found[0].best > 0
    assert found[1].best == 0


def test_tables_tell_shares_of_the_limit() -> None:
    rates = {kind: Rate(kind, SMALL, gops, "library") for kind, gops in ((INT8, 1000), (FLOAT32, 200), (BFLOAT16, 500))}
    some = [
        Part("products with weights", INT8, 0.004, 2 * 10**9, 800.0),
        Part("MultiHeadAttention", FLOAT32, 0.002, 10**8),
        Part("Gelu", "", 0.002, 0),
    ]
    told = report(Measured(5, rates, [Call("reader", 0.1, 10**10)], {"model.onnx": some}))
    assert "| int8 | 1,000 | library | 32 × 64 × 48 |" in told
    assert "| reader | 100.0 | 100 | 10% | 20% | 50% |" in told
    assert "| products with weights, int8 | 4.00 | 50% | 500 | 800 | 50% |" in told
    assert "| MultiHeadAttention, float32 | 2.00 | 25% | 50 | – | 25% |" in told
    assert "| Gelu | 2.00 | 25% | – | – | – |" in told
    assert "| all; its products at the limit: 2.50 ms | 8.00 | 100% | – | – | 31% |" in told


@pytest.mark.models
def test_the_bundled_reader_spends_most_of_its_products_in_eight_bits() -> None:
    nodes = profile(Path("models/reader/model.onnx"), 64, 1, runs=2)
    eight = [node for node in nodes if node.kind == INT8]
    assert sum(node.operations for node in eight) > 0.9 * sum(node.operations for node in nodes)
