"""What a teacher makes of the prepared windows, for a smaller reader to learn from."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from training.attention import fuse
from training.data import Features, Loader, batch_order
from training.loss import logits

logger = logging.getLogger(__name__)

SCORES = "teacher.npy"
BATCH_TOKENS = {"cpu": 8192, "cuda": 131072}
REPORT = 50  # batches between two lines of the log


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often the teacher's best span is the labelled one, first and last token, 0 to 1.

    Attributes:
        answered: Of the windows that hold the answer.
        refused: Of those without.
    """

    answered: float
    refused: float


def score(model: Any, features: Features, prepared: Path, device: str) -> Agreement:  # noqa: ANN401
    """Write the model's logits for every token of the taught windows to ``SCORES`` in ``prepared``.

    The file has the shape (tokens, 2), first and last, in float16, and NaN in windows that are not taught. A run that
    was stopped goes on with the windows it had not come to; a file that is to be made anew has to be removed first.

    Args:
        model: A reader of transformers.
        features: The prepared windows, in the model's own vocabulary.
        prepared: The folder they are from.
        device: Where to compute, "cpu" or "cuda".
    """
    fuse(model)
    target = torch.device(device)
    model = model.to(target, torch.bfloat16).eval()
    loader = Loader(features, target)
    scores = _open(prepared / SCORES, len(features.tokens))
    begins = features.ends - features.lengths
    batches = batch_order(features.lengths, batch_tokens=BATCH_TOKENS[target.type], seed=0, epoch=0)
    for number, indices in enumerate(batches):
        if len(wanted := indices[features.taught[indices] & np.isnan(scores[begins[indices], 0])]):
            _score_batch(model, features, loader, wanted, scores)
        if number % REPORT == 0:
            logger.info("batch %d of %d", number, len(batches))
    scores.flush()
    return _agreement(scores, features)


def _score_batch(
    model: Any,  # noqa: ANN401
    features: Features,
    loader: Loader,
    indices: npt.NDArray[np.int64],
    scores: npt.NDArray[np.float16],
) -> None:
    with torch.inference_mode():
        values = logits(model, loader.batch(indices), bf16=False).half().cpu().numpy()
    for row, (end, length) in enumerate(zip(features.ends[indices], features.lengths[indices], strict=True)):
        scores[end - length : end] = values[row, :length]


def _open(path: Path, tokens: int) -> "np.memmap[Any, np.dtype[np.float16]]":
    if path.is_file():
        return np.lib.format.open_memmap(path, mode="r+")
    scores = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=(tokens, 2))
    scores[:] = np.nan
    return scores


def _agreement(scores: npt.NDArray[np.float16], features: Features) -> Agreement:
    begins = features.ends - features.lengths
    best = np.array([scores[begin:end].argmax(axis=0) for begin, end in zip(begins, features.ends, strict=True)])
    right = (best == features.labels[:, 1:]).all(axis=1)[features.taught]
    answerable = features.labels[features.taught, 1] > 0
    return Agreement(answered=float(right[answerable].mean()), refused=float(right[~answerable].mean()))


def load_scores(prepared: Path, features: Features) -> npt.NDArray[np.float16]:
    """Read what ``score`` wrote, whole.

    Raises:
        FileNotFoundError: No teacher has scored the windows.
        ValueError: The scores are of other windows, or not complete.
    """
    path = prepared / SCORES
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; run 'python -m training score {prepared} TEACHER' first.")
    scores: npt.NDArray[np.float16] = np.load(path)
    taught = np.repeat(features.taught, features.lengths)
    if scores.shape != (len(features.tokens), 2) or np.isnan(scores[taught]).any():
        raise ValueError(f"{path} does not cover the prepared windows; run 'python -m training score' again.")
    return scores
