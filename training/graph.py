"""Reader and embedder as ONNX graphs, in float32 or with weights in eight bits.

The graphs are written out here, not traced from PyTorch: some eighty nodes that ONNX Runtime runs as they are, with its
fused operators for attention and GELU.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import onnx

OPSET = 17
RUNTIME = "com.microsoft"  # the domain of ONNX Runtime's own operators
Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class _Graph:
    """Nodes and initializers in the making; every method returns the name of the value it adds."""

    weights: Mapping[str, Floats]
    int8: bool
    nodes: list[Any] = field(default_factory=list)
    initializers: list[Any] = field(default_factory=list)

    def node(self, kind: str, inputs: list[str], name: str, *, domain: str = "", **attributes: Any) -> str:  # noqa: ANN401
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, values: npt.NDArray[Any], name: str) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def dense(self, x: str, name: str, parts: list[str]) -> str:
        """One product with the weights of ``parts`` side by side, and their biases."""
        matrices = [self.weights[f"{part}.weight"].T for part in parts]
        biases = [self.weights[f"{part}.bias"] for part in parts]
        matrix, bias = np.concatenate(matrices, axis=1), np.concatenate(biases)
        bias_name = self.constant(bias.astype(np.float32), f"{name}.bias")
        if not self.int8:
            product = self.node("MatMul", [x, self.constant(matrix, f"{name}.weight")], f"{name}.product")
            return self.node("Add", [product, bias_name], name)
        eight_bits, steps = quantize(matrix, axis=0)
        inputs = [
            x,
            self.constant(eight_bits, f"{name}.weight"),
            self.constant(steps, f"{name}.scale"),
            self.constant(np.zeros(steps.shape, eight_bits.dtype), f"{name}.zero"),
            bias_name,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=RUNTIME)

    def skip_norm(self, x: str, skip: str, name: str, epsilon: float) -> str:
        """Layer norm of ``x + skip``."""
        scale = self.constant(self.weights[f"{name}.weight"], f"{name}.weight")
        shift = self.constant(self.weights[f"{name}.bias"], f"{name}.bias")
        # Two operators: the one that ONNX Runtime has for both takes seven times as long (1.32, on a CPU).
        total = self.node("Add", [x, skip], f"{name}.sum")
        return self.node("LayerNormalization", [total, scale, shift], name, axis=-1, epsilon=epsilon)


def quantize(matrix: Floats, axis: int) -> tuple[npt.NDArray[np.int8], Floats]:
    """Round to eight bits with one step per row or column: ``matrix`` is about ``values * steps``.

    Args:
        matrix: Weights; shape (rows, columns).
        axis: The axis over which one step is shared: 0 gives a step per column, 1 a step per row.

    Returns:
        Values -127 to 127 of the same shape, and the steps.
    """
    steps = np.maximum(np.abs(matrix).max(axis=axis), 1e-12).astype(np.float32) / np.float32(127)
    values = np.rint(matrix / (steps[None, :] if axis == 0 else steps[:, None]))
    return values.astype(np.int8), steps


def check_config(config: Any) -> None:  # noqa: ANN401
    """Raise ``ValueError`` unless the model is a BERT with absolute positions and GELU."""
    kind, bend = config.model_type, getattr(config, "hidden_act", None)
    positions = getattr(config, "position_embedding_type", "absolute")
    if (kind, bend, positions) != ("bert", "gelu", "absolute"):
        raise ValueError(
            f"Only a BERT with GELU and absolute positions can be exported, not {kind} with {bend} and {positions}."
        )


def span_graph(
    config: Any,  # noqa: ANN401
    weights: Mapping[str, Floats],
    *,
    int8: bool = True,
    no_answer: float = 0.0,
) -> "onnx.ModelProto":
    """Build the graph of a BERT reader.

    Inputs ``input_ids``, ``token_type_ids`` and ``attention_mask`` are int32, shape (windows, tokens); outputs
    ``start_logits`` and ``end_logits`` are float32 of that shape.

    Args:
        config: The ``BertConfig`` of the model.
        weights: Its state dict as float32 arrays.
        int8: Whether weights are stored and multiplied in eight bits; activations are rounded as they come.
        no_answer: Logits that are added for "no answer".

    Raises:
        ValueError: The model is no BERT with absolute positions and GELU.
    """
    check_config(config)
    graph = _Graph(weights, int8)
    _head(graph, _encoder(graph, config, typed=True), no_answer)
    shape = ["windows", "tokens"]
    inputs = ("input_ids", "token_type_ids", "attention_mask")
    return _model(graph, "reader", shape, inputs, {"start_logits": shape, "end_logits": shape})


def vector_graph(
    config: Any,  # noqa: ANN401
    weights: Mapping[str, Floats],
    *,
    int8: bool = True,
) -> "onnx.ModelProto":
    """Build the graph of a BERT that embeds texts as the mean of its token vectors, scaled to length 1.

    Inputs ``input_ids`` and ``attention_mask`` are int32, shape (texts, tokens); the output ``vectors`` is float32,
    shape (texts, dimension).

    Args:
        config: The ``BertConfig`` of the model.
        weights: The state dict of the ``BertModel`` as float32 arrays.
        int8: Whether weights are stored and multiplied in eight bits; activations are rounded as they come.

    Raises:
        ValueError: The model is no BERT with absolute positions and GELU.
    """
    check_config(config)
    graph = _Graph({f"bert.{name}": values for name, values in weights.items()}, int8)
    _mean(graph, _encoder(graph, config, typed=False))
    inputs = ("input_ids", "attention_mask")
    return _model(graph, "embedder", ["texts", "tokens"], inputs, {"vectors": ["texts", config.hidden_size]})


def _model(
    graph: _Graph, name: str, shape: list[str], inputs: tuple[str, ...], outputs: Mapping[str, Sequence[str | int]]
) -> "onnx.ModelProto":
    from onnx import TensorProto, checker, helper

    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            name,
            [helper.make_tensor_value_info(name, TensorProto.INT32, shape) for name in inputs],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            graph.initializers,
        ),
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(RUNTIME, 1)],
        ir_version=9,
    )
    checker.check_model(model)
    return model


def _encoder(graph: _Graph, config: Any, *, typed: bool) -> str:  # noqa: ANN401
    hidden = _embeddings(graph, config.layer_norm_eps, typed)
    for layer in range(config.num_hidden_layers):
        hidden = _layer(graph, f"bert.encoder.layer.{layer}", hidden, config)
    return hidden


def _embeddings(graph: _Graph, epsilon: float, typed: bool) -> str:
    """The sum of what stands for word, place and type of each token; untyped, all are of the first type."""
    prefix = "bert.embeddings"
    words = _rows(graph, f"{prefix}.word_embeddings", "input_ids")
    length = graph.node("Shape", ["input_ids"], "length", start=1)
    zero, one = graph.constant(np.array([0], np.int64), "zero"), graph.constant(np.array([1], np.int64), "one")
    places = graph.weights[f"{prefix}.position_embeddings.weight"]
    if not typed:
        places = places + graph.weights[f"{prefix}.token_type_embeddings.weight"][0]
    table = graph.constant(places[None], f"{prefix}.position_embeddings.weight")
    rest = graph.node("Slice", [table, zero, length, one], "positions")
    if typed:
        types = _rows(graph, f"{prefix}.token_type_embeddings", "token_type_ids", int8=False)
        rest = graph.node("Add", [types, rest], "types_and_positions")
        return graph.skip_norm(words, rest, f"{prefix}.LayerNorm", epsilon)
    # The operator adds no rows of a batch to one row of places.
    spread = graph.node("Expand", [rest, graph.node("Shape", [words], "words.shape")], "positions.spread")
    return graph.skip_norm(words, spread, f"{prefix}.LayerNorm", epsilon)


def _rows(graph: _Graph, name: str, ids: str, *, int8: bool = True) -> str:
    """The rows of an embedding table that belong to ``ids``."""
    table = graph.weights[f"{name}.weight"]
    if not (int8 and graph.int8):
        return graph.node("Gather", [graph.constant(table, f"{name}.weight"), ids], name)
    from onnx import TensorProto

    eight_bits, steps = quantize(table, axis=1)
    values = graph.node("Gather", [graph.constant(eight_bits, f"{name}.weight"), ids], f"{name}.values")
    step = graph.node("Gather", [graph.constant(steps[:, None], f"{name}.scale"), ids], f"{name}.steps")
    return graph.node("Mul", [graph.node("Cast", [values], f"{name}.cast", to=TensorProto.FLOAT), step], name)


def _layer(graph: _Graph, prefix: str, hidden: str, config: Any) -> str:  # noqa: ANN401
    parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
    packed = graph.dense(hidden, f"{prefix}.attention.self", parts)
    names = [f"{prefix}.{part}" for part in ("query", "key", "value")]
    from onnx import helper

    graph.nodes.append(helper.make_node("Split", [packed], names, name=f"{prefix}.split", axis=-1))
    context = graph.node(
        "MultiHeadAttention",
        [*names, "", "attention_mask"],
        f"{prefix}.context",
        domain=RUNTIME,
        num_heads=config.num_attention_heads,
    )
    attended = graph.dense(context, f"{prefix}.attention.output.dense", [f"{prefix}.attention.output.dense"])
    hidden = graph.skip_norm(attended, hidden, f"{prefix}.attention.output.LayerNorm", config.layer_norm_eps)
    wide = graph.dense(hidden, f"{prefix}.intermediate.dense", [f"{prefix}.intermediate.dense"])
    bent = graph.node("Gelu", [wide], f"{prefix}.gelu", domain=RUNTIME)
    narrow = graph.dense(bent, f"{prefix}.output.dense", [f"{prefix}.output.dense"])
    return graph.skip_norm(narrow, hidden, f"{prefix}.output.LayerNorm", config.layer_norm_eps)


def _mean(graph: _Graph, hidden: str) -> None:
    from onnx import TensorProto

    counted = graph.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    middle = graph.constant(np.array([1], np.int64), "middle")
    row = graph.node("Unsqueeze", [counted, middle], "mask.row")
    total = graph.node("Squeeze", [graph.node("MatMul", [row, hidden], "sum.row"), middle], "sum")
    # Length 1 makes it indifferent by how many tokens the sum is divided.
    graph.node("LpNormalization", [total], "vectors", axis=-1, p=2)


def _head(graph: _Graph, hidden: str, no_answer: float) -> None:
    from onnx import helper

    # The head stays in float32: it is tiny, and every step of its logits counts.
    product = graph.node(
        "MatMul",
        [hidden, graph.constant(graph.weights["qa_outputs.weight"].T, "qa_outputs.weight")],
        "qa_outputs.product",
    )
    both = graph.node(
        "Add", [product, graph.constant(graph.weights["qa_outputs.bias"], "qa_outputs.bias")], "qa_outputs"
    )
    if no_answer:
        # The first token stands for "no answer", by both its logits.
        table = np.zeros_like(graph.weights["bert.embeddings.position_embeddings.weight"][None, :, :2])
        table[0, 0] = no_answer / 2
        leaning = graph.node("Slice", [graph.constant(table, "no_answer"), "zero", "length", "one"], "leaning")
        both = graph.node("Add", [both, leaning], "qa_outputs.leaning")
    graph.nodes.append(helper.make_node("Split", [both], ["starts", "ends"], name="split_logits", axis=-1))
    last = graph.constant(np.array([-1], np.int64), "last")
    graph.node("Squeeze", ["starts", last], "start_logits")
    graph.node("Squeeze", ["ends", last], "end_logits")
