"""The bundled reader as weights that training can go on from: the graph of ``graph.py`` read back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.onnxfile import ONNX_FILE

Floats = npt.NDArray[np.float32]

PARTS = ("query", "key", "value")


def restore(model: Path, out: Path) -> None:
    """Write a reader for ONNX Runtime as one in transformers format, in float32.

    What rounding to eight bits took stays lost; the logits that were added for "no answer" are left out, and are given
    again when the reader is quantized again.

    Args:
        model: The folder that ``quantize`` wrote.
        out: The folder to write; files in it are replaced.

    Raises:
        FileNotFoundError: ``model`` holds no such model.
    """
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForQuestionAnswering

    if not (model / ONNX_FILE).is_file():
        raise FileNotFoundError(f"{model} holds no {ONNX_FILE}; name a folder that 'quantize' wrote.")
    reader = BertForQuestionAnswering(BertConfig.from_pretrained(model))
    weights = span_weights(_initializers(model / ONNX_FILE))
    reader.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in weights.items()})
    out.mkdir(parents=True, exist_ok=True)
    reader.save_pretrained(out)
    AutoTokenizer.from_pretrained(model).save_pretrained(out)


def span_weights(values: Mapping[str, npt.NDArray[Any]]) -> dict[str, Floats]:
    """The state dict of ``BertForQuestionAnswering`` from the initializers of ``graph.span_graph``, by name."""
    weights: dict[str, Floats] = {}
    for name, value in values.items():
        stem, _, kind = name.rpartition(".")
        if kind not in ("weight", "bias"):
            continue
        exact = _exact(value, values.get(f"{stem}.scale") if kind == "weight" else None)
        if stem.endswith("position_embeddings"):
            weights[name] = exact[0]
        elif exact.ndim == 1 or "embeddings" in stem:
            weights |= _parts(stem, kind, exact)
        else:
            weights |= _parts(stem, kind, exact.T)
    return weights


def _parts(stem: str, kind: str, rows: Floats) -> dict[str, Floats]:
    """The attention's three products stand in the graph as one."""
    parts = [f"{stem}.{part}" for part in PARTS] if stem.endswith("attention.self") else [stem]
    return {f"{part}.{kind}": values for part, values in zip(parts, np.split(rows, len(parts)), strict=True)}


def _exact(values: npt.NDArray[Any], steps: Floats | None) -> Floats:
    """Values times their steps, where they were rounded."""
    return values.astype(np.float32) if steps is None else values.astype(np.float32) * steps


def _initializers(path: Path) -> dict[str, npt.NDArray[Any]]:
    import onnx
    from onnx import numpy_helper

    return {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(path).graph.initializer}
