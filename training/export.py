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
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    # The graph has no more positions, and nothing but the tokenizer tells the reader.
    tokenizer.model_max_length = min(tokenizer.model_max_length, reader.config.max_position_embeddings)
    tokenizer.save_pretrained(out)
    return len(data)
