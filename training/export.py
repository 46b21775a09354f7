"""Trained weights as a model folder."""

from pathlib import Path

import torch

from index.onnxfile import ONNX_FILE
from training.checkpoint import Position, load_result
from training.graph import check_config, span_graph
from training.train import load_model


def export(checkpoint: Path, start: Path, out: Path) -> Position:
    """Write the model of a checkpoint in transformers format: float16 safetensors, configuration and tokenizer.

    Args:
        checkpoint: A file that training wrote.
        start: The folder that training started from; it gives architecture and tokenizer.
        out: The folder to write; files in it are replaced.

    Returns:
        Where the training stood.
    """
    from transformers import AutoTokenizer

    model = load_model(start)
    position = load_result(checkpoint, model)
    out.mkdir(parents=True, exist_ok=True)
    model.to(torch.float16).save_pretrained(out)
    AutoTokenizer.from_pretrained(start).save_pretrained(out)
    return position


def mix(one: Path, other: Path, share: float, out: Path) -> None:
    """Write a reader whose weights lie between those of two: ``share`` of ``one``, the rest of ``other``.

    Where one was trained on from the other, the weights between often do better than either (Wortsman et al. 2022).

    Args:
        one: Folder of a reader in transformers format; configuration and tokenizer are its.
        other: Folder of a reader of the same shape.
        share: What counts of ``one``, 0 to 1.
        out: The folder to write, in float16; files in it are replaced.

    Raises:
        ValueError: The readers have different shapes, or the share is out of range.
    """
    from transformers import AutoTokenizer

    if not 0 <= share <= 1:
        raise ValueError(f"The share is {share}; it must be between 0 and 1.")
    model, rest = load_model(one), load_model(other).state_dict()
    weights = model.state_dict()
    if any(name not in rest or rest[name].shape != values.shape for name, values in weights.items()):
        raise ValueError(f"{one} and {other} have different shapes, so their weights cannot be mixed.")
    model.load_state_dict({name: torch.lerp(rest[name], values, share) for name, values in weights.items()})
    out.mkdir(parents=True, exist_ok=True)
    model.to(torch.float16).save_pretrained(out)
    AutoTokenizer.from_pretrained(one).save_pretrained(out)


def quantize(model: Path, out: Path, *, int8: bool = True, no_answer: float = 0.0) -> int:
    """Write a reader in transformers format as one for ONNX Runtime: graph with weights, configuration and tokenizer.

    Args:
        model: The folder of a BERT reader.
        out: The folder to write; files in it are replaced.
        int8: Whether weights are rounded to eight bits; else they stay float32, to compare.
        no_answer: Logits to add for "no answer", so that the margin at which it is preferred is where it should be.

    Returns:
        Size of the model file in bytes.

    Raises:
        FileNotFoundError: ``model`` holds no model.
        ValueError: It is no BERT.
    """
    from transformers import AutoConfig, AutoTokenizer

    if not (model / "config.json").is_file():
        raise FileNotFoundError(f"{model} holds no model; name a folder that 'export' wrote.")
    check_config(AutoConfig.from_pretrained(model))
    reader = load_model(model)
    weights = {name: values.float().numpy() for name, values in reader.state_dict().items()}
    out.mkdir(parents=True, exist_ok=True)
    data = span_graph(reader.config, weights, int8=int8, no_answer=no_answer).SerializeToString()
    (out / ONNX_FILE).write_bytes(data)
    reader.config.save_pretrained(out)
    tokenizer = AutoTokenizer.from_pretrained(model)
    # The graph has no more positions, and nothing but the tokenizer tells the reader.
    tokenizer.model_max_length = min(tokenizer.model_max_length, reader.config.max_position_embeddings)
    tokenizer.save_pretrained(out)
    return len(data)
