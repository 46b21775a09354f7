"""Trained weights as a model folder."""

from pathlib import Path

import torch

from training.checkpoint import Position, load_checkpoint
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
    position = load_checkpoint(checkpoint, model)
    out.mkdir(parents=True, exist_ok=True)
    model.to(torch.float16).save_pretrained(out)
    AutoTokenizer.from_pretrained(start).save_pretrained(out)
    return position
