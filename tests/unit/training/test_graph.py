"""The graph: the logits of transformers, and what eight bits cost."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from training.graph import quantize, span_graph, vector_graph

Arrays = tuple[npt.NDArray[Any], ...]
# Tokens of each row; what is behind them is padding.
LENGTHS = np.array([20, 12, 5])
MASK = (np.arange(20)[None] < LENGTHS[:, None]).astype(np.int32)


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> Any:  # noqa: ANN401 - transformers carries no types
    """The tiny model with weights large enough that every bias and every norm shows in the logits."""
    import torch

    from training.train import load_model

    loaded = load_model(tiny_model).eval()
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in loaded.parameters():
            parameter.add_(torch.randn_like(parameter) * 0.2)
    return loaded


@pytest.fixture(scope="module")
def inputs(model: Any) -> dict[str, npt.NDArray[np.int32]]:  # noqa: ANN401
    tokens = np.random.default_rng(0).integers(0, model.config.vocab_size, MASK.shape).astype(np.int32)
    types = np.where(np.arange(20) < 4, 0, MASK).astype(np.int32)
    return {"input_ids": tokens, "attention_mask": MASK, "token_type_ids": types}


def weights_of(model: Any) -> dict[str, npt.NDArray[np.float32]]:  # noqa: ANN401
    return {name: values.numpy() for name, values in model.state_dict().items()}


def largest_gap(model: Any, inputs: dict[str, npt.NDArray[np.int32]], *, int8: bool) -> tuple[float, float]:  # noqa: ANN401
    """The largest difference of a logit from that of transformers, padding left out; and the range of the latter."""
    import onnxruntime
    import torch

    data = span_graph(model.config, weights_of(model), int8=int8).SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    ours = np.stack(session.run(["start_logits", "end_logits"], inputs))
    with torch.inference_mode():
        output = model(**{name: torch.from_numpy(values) for name, values in inputs.items()})
    theirs = np.stack([output.start_logits.numpy(), output.end_logits.numpy()])
    assert ours.shape == theirs.shape
    kept = MASK == 1
    return float(np.abs(ours - theirs)[:, kept].max()), float(np.ptp(theirs[:, kept]))


def test_float32_gives_the_logits_of_transformers(model: Any, inputs: dict[str, npt.NDArray[np.int32]]) -> None:  # noqa: ANN401
    gap, spread = largest_gap(model, inputs, int8=False)
    assert spread > 1
    assert gap < 1e-4


def test_what_is_added_for_no_answer_moves_the_first_token_only(
    model: Any,  # noqa: ANN401
    inputs: dict[str, npt.NDArray[np.int32]],
) -> None:
    import onnxruntime

    logits = []
    for no_answer in (0.0, 3.0):
        data = span_graph(model.config, weights_of(model), int8=False, no_answer=no_answer).SerializeToString()
        session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
        logits.append(np.stack(session.run(["start_logits", "end_logits"], inputs)))
    moved = logits[1] - logits[0]
    assert np.allclose(moved[:, :, 0], 1.5, atol=1e-5)
    assert not moved[:, :, 1:].any()


def test_int8_is_near(model: Any, inputs: dict[str, npt.NDArray[np.int32]]) -> None:  # noqa: ANN401
    gap, spread = largest_gap(model, inputs, int8=True)
    # Measured: 0.033 of 3.07, one part in a hundred.
    assert 0 < gap < 0.03 * spread


@pytest.mark.parametrize(("int8", "largest"), [(False, 1e-5), (True, 0.012)])
def test_a_vector_is_the_mean_over_the_tokens_of_a_text_scaled_to_length_1(
    model: Any,  # noqa: ANN401
    inputs: dict[str, npt.NDArray[np.int32]],
    int8: bool,
    largest: float,
) -> None:
    import onnxruntime
    import torch

    encoder = model.bert
    data = vector_graph(model.config, weights_of(encoder), int8=int8).SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    given = {name: inputs[name] for name in ("input_ids", "attention_mask")}
    (ours,) = session.run(["vectors"], given)
    with torch.inference_mode():
        hidden = encoder(**{name: torch.from_numpy(values) for name, values in given.items()}).last_hidden_state.numpy()
    means = np.stack([row[:length].mean(axis=0) for row, length in zip(hidden, LENGTHS, strict=True)])
    theirs = means / np.linalg.norm(means, axis=1, keepdims=True)
    assert ours.shape == (3, 32)
    assert (theirs @ theirs.T).min() < 0.9
    # Measured: 6e-8, and 0.004 with eight bits.
    assert np.abs(ours - theirs).max() < largest


def test_eight_bits_take_under_a_third_and_word_embeddings_have_them() -> None:
    import onnx
    from transformers import BertConfig, BertForQuestionAnswering

    config = BertConfig(
        vocab_size=8000,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    weights = weights_of(BertForQuestionAnswering(config))
    large, small = (span_graph(config, weights, int8=int8) for int8 in (False, True))
    assert small.ByteSize() < large.ByteSize() / 3
    name = "bert.embeddings.word_embeddings.weight"
    kinds = [
        {one.name: one.data_type for one in graph.graph.initializer if one.name == name} for graph in (large, small)
    ]
    assert kinds == [{name: onnx.TensorProto.FLOAT}, {name: onnx.TensorProto.INT8}]


def test_quantize_by_hand() -> None:
    matrix = np.array([[127, -1], [64, 0.5]], dtype=np.float32)
    values, steps = quantize(matrix, axis=0)
    assert values.dtype == np.int8
    assert values.tolist() == [[127, -127], [64, 64]]
    assert steps.tolist() == pytest.approx([1, 1 / 127])
    values, steps = quantize(matrix, axis=1)
    assert values.tolist() == [[127, -1], [127, 1]]
    assert steps.tolist() == pytest.approx([1, 64 / 127])


MATRICES = hnp.arrays(
    np.float32, hnp.array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.floats(-1000, 1000, width=32)
)


@given(MATRICES, st.sampled_from([0, 1]))
def test_quantize_errs_by_half_a_step_at_most(matrix: npt.NDArray[np.float32], axis: int) -> None:
    values, steps = quantize(matrix, axis)
    assert steps.shape == (matrix.shape[1 - axis],)
    assert np.abs(values.astype(int)).max() <= 127
    wide = np.expand_dims(steps.astype(np.float64), axis)
    # One part in a million for the division in float32.
    assert np.all(np.abs(values * wide - matrix) <= wide * (0.5 + 127e-6))


def test_other_models_are_refused() -> None:
    from transformers import BertConfig, DistilBertConfig

    for config, message in [
        (DistilBertConfig(), "not distilbert"),
        (BertConfig(hidden_act="relu"), "not bert with relu"),
        (BertConfig(position_embedding_type="relative_key"), "relative_key"),
    ]:
        with pytest.raises(ValueError, match=message):
            span_graph(config, {})
