"""Readers of one architecture as one: the weighted mean of their weights."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

WEIGHTS = "model.safetensors"


def mix(models: Sequence[tuple[Path, float]], out: Path) -> None:
    """Write the weighted mean of readers, in float32, with the configuration and tokenizer of the last.

    The mean of a reader and of what it was trained on to keeps most of what either can do (Wortsman et al. 2022,
    arXiv:2109.01903).

    Args:
        models: Folders that ``export`` or ``restore`` wrote, and the share of each; together 1.
        out: The folder to write; files in it are replaced.

    Raises:
        FileNotFoundError: A folder holds no weights.
        ValueError: The shares do not make 1, or the weights are of different architectures.
    """
    from safetensors.numpy import load_file, save_file

    if abs(sum(share for _, share in models) - 1) > 1e-6:
        raise ValueError(f"The shares make {sum(share for _, share in models):g}; they have to make 1.")
    missing = [str(folder) for folder, _ in models if not (folder / WEIGHTS).is_file()]
    if missing:
        raise FileNotFoundError(f"{missing[0]} holds no {WEIGHTS}; name folders that 'export' or 'restore' wrote.")
    loaded = [(load_file(folder / WEIGHTS), share) for folder, share in models]
    shapes = [{name: values.shape for name, values in weights.items()} for weights, _ in loaded]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("The readers are of different architectures, so their weights have no mean.")
    mean = {name: sum(share * weights[name].astype(np.float32) for weights, share in loaded) for name in shapes[0]}
    out.mkdir(parents=True, exist_ok=True)
    for file in models[-1][0].iterdir():
        if file.name != WEIGHTS:
            shutil.copy(file, out)
    save_file({name: np.asarray(values, np.float32) for name, values in mean.items()}, out / WEIGHTS, {"format": "pt"})
