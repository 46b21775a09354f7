"""Where a model file spends its time, by ONNX Runtime's own profiler."""

import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.products import FLOAT32, INT8, Shape, operations

ATTENTION = "MultiHeadAttention"
# Times that a model is run; of each node the shortest time counts, since other work only makes it longer.
_RUNS = 30


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a graph.

    Attributes:
        operator: What it does.
        seconds: Its shortest time.
        kind: Numbers that are multiplied where it multiplies matrices, else "".
        products: Their shapes. Attention counts as two products of all heads side by side, which are as much work.
    """

    operator: str
    seconds: float
    kind: str = ""
    products: tuple[Shape, ...] = ()

    @property
    def operations(self) -> int:
        """Multiplications and additions of its products."""
        return sum(operations(shape) for shape in self.products)


def profile(file: Path, tokens: int, threads: int, batch: int = 1, runs: int = _RUNS) -> list[Node]:
    """Run a model on ``batch`` windows of ``tokens`` tokens and return its nodes.

    It is given what BERT is: token ids, a mask and token types, as far as its graph has inputs of these names.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # as the reader is run
    options.enable_profiling = True
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        feeds = _feeds(session, batch, tokens)
        for _ in range(runs):
            session.run(None, feeds)
        events = json.loads(Path(session.end_profiling()).read_text("utf-8"))
    return nodes_of(events)


def nodes_of(events: Sequence[dict[str, Any]]) -> list[Node]:
    """Return the nodes in the events of a profile."""
    times: dict[str, list[float]] = defaultdict(list)
    arguments: dict[str, dict[str, Any]] = {}
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("_kernel_time"):
            times[event["name"]].append(event["dur"] / 1e6)
            arguments[event["name"]] = event["args"]
    return [_node(arguments[name], min(seconds)) for name, seconds in times.items()]


def _node(arguments: dict[str, Any], seconds: float) -> Node:
    operator = arguments["op_name"]
    # Constants that were packed for the processor when the model was loaded are not among the inputs.
    inputs = [shape for one in arguments["input_type_shape"] for shape in one.values()]
    if operator == ATTENTION:
        windows, rows, width = inputs[0]
        return Node(operator, seconds, FLOAT32, ((rows, width, rows), (rows, rows, width)) * windows)
    if "MatMul" not in operator and operator != "Gemm":
        return Node(operator, seconds)
    (output,) = arguments["output_type_shape"][0].values()
    one_by_one = len(inputs) > 1 and len(inputs[1]) > 2 and "Quantize" not in operator
    rows, count = (output[-2], math.prod(output[:-2])) if one_by_one else (math.prod(output[:-1]), 1)
    kind = INT8 if any(word in operator for word in ("Integer", "Quantize", "QLinear")) else FLOAT32
    return Node(operator, seconds, kind, ((rows, inputs[0][-1], output[-1]),) * count)


def _feeds(session: Any, batch: int, tokens: int) -> dict[str, Any]:  # noqa: ANN401 - onnxruntime is untyped
    values = {
        "input_ids": np.random.default_rng(0).integers(1000, 20_000, (batch, tokens)),
        "attention_mask": np.ones((batch, tokens)),
        "token_type_ids": np.zeros((batch, tokens)),
    }
    kinds = {"tensor(int32)": np.int32, "tensor(int64)": np.int64}
    return {one.name: values[one.name].astype(kinds[one.type]) for one in session.get_inputs()}
