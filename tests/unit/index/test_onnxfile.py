"""Models for ONNX Runtime: each input alone, and what is refused."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from index.errors import ModelError
from index.onnxfile import Arrays, Session, open_tokenizer


@pytest.fixture(scope="module")
def doubling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that adds ``ids`` to itself."""
    file: Path = tmp_path_factory.mktemp("doubling") / "model.onnx"
    graph = helper.make_graph(
        [helper.make_node("Add", ["ids", "ids"], ["sums"])],
        "doubling",
        [helper.make_tensor_value_info("ids", TensorProto.INT32, ["texts", "tokens"])],
        [helper.make_tensor_value_info("sums", TensorProto.INT32, ["texts", "tokens"])],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), file)
    return file


def _inputs(count: int) -> list[Arrays]:
    return [{"ids": np.full((1, 1 + number % 7), number, dtype=np.int32)} for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 2, 100])
@pytest.mark.parametrize("threads", [0, 1, 3])
def test_results_come_in_the_order_of_the_inputs(doubling: Path, count: int, threads: int) -> None:
    found = Session(doubling, ["sums"], threads).run(_inputs(count))
    assert [(sums.shape, int(sums.max())) for (sums,) in found] == [((1, 1 + n % 7), 2 * n) for n in range(count)]


def test_several_callers_get_their_own_results(doubling: Path) -> None:
    session = Session(doubling, ["sums"], 2)
    with ThreadPoolExecutor(4) as callers:
        for found in callers.map(lambda _: session.run(_inputs(50)), range(8)):
            assert [int(sums.max()) for (sums,) in found] == [2 * n for n in range(50)]


def test_who_has_much_to_do_lets_others_in_between(doubling: Path) -> None:
    """A caller of few inputs, who comes second, is done before one of many."""
    session = Session(doubling, ["sums"], 1)
    done: list[int] = []

    def call(count: int) -> None:
        session.run(_inputs(count))
        done.append(count)

    with ThreadPoolExecutor(2) as callers:
        many = callers.submit(call, 20_000)
        callers.submit(call, 20).result()
        many.result()
    assert done == [20, 20_000]


def test_a_graph_with_other_outputs_is_refused(doubling: Path) -> None:
    with pytest.raises(ModelError, match=r"model.onnx has no output vectors; choose another model"):
        Session(doubling, ["vectors", "sums"])


def test_a_missing_or_damaged_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model.onnx is damaged"):
        Session(tmp_path / "model.onnx", ["sums"])
    with pytest.raises(ModelError, match=r"tokenizer of .* is missing or damaged"):
        open_tokenizer(tmp_path)
