"""Prepared features, and batches of them in an order that depends on seed and epoch only."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

MULTIPLE = 16  # of which lengths are, padding included: little is padded, and a GPU meets few shapes


@dataclass(frozen=True, slots=True)
class Features:
    """Windows of tokens with their answers.

    Attributes:
        tokens: Token ids of all windows, one after the other; shape (sum of lengths,).
        ends: Where each window ends in ``tokens``; shape (n,).
        labels: First context token, first and last answer token of each window; shape (n, 3). An answer at (0, 0)
            means there is none.
        taught: Whether a teacher's view of the window counts too; shape (n,).
        pad: The token that fills a window up.
        teacher: What a teacher gives each token as first and as last one of the answer, logits; shape (sum of
            lengths, 2). None where none was asked.
    """

    tokens: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int32]
    taught: npt.NDArray[np.bool_]
    pad: int = 0
    teacher: npt.NDArray[np.float16] | None = None

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """Tokens in each window; shape (n,)."""
        return np.diff(self.ends, prepend=np.int64(0))


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows padded to one length, on the device that computes.

    Attributes:
        tokens: Token ids; shape (windows, length).
        types: 0 in the question, 1 in the context, 0 in padding; same shape.
        mask: Whether there is a token, not padding; same shape.
        starts: First token of the answer; shape (windows,).
        ends: Last token of the answer; shape (windows,).
        taught: Whether the teacher's view counts too; shape (windows,).
        teacher: Logits of the teacher; shape (windows, length, 2). None where there is none.
    """

    tokens: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    taught: torch.Tensor
    teacher: torch.Tensor | None = None


def save_features(features: Features, path: Path) -> None:
    """Write features as an ``.npz`` file."""
    np.savez(path, tokens=features.tokens, ends=features.ends, labels=features.labels, taught=features.taught)


def load_features(path: Path) -> Features:
    """Read what ``save_features`` wrote.

    Raises:
        FileNotFoundError: The data has not been prepared.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing; run 'python -m training prepare' first.")
    with np.load(path, allow_pickle=False) as arrays:
        return Features(arrays["tokens"], arrays["ends"], arrays["labels"], arrays["taught"])


def padded(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Lengths with padding, multiples of ``MULTIPLE``; same shape."""
    return -(-lengths // MULTIPLE) * MULTIPLE


def batch_order(
    lengths: npt.NDArray[np.int64], *, batch_tokens: int, seed: int, epoch: int
) -> list[npt.NDArray[np.int64]]:
    """Deal windows of one padded length into batches of at most ``batch_tokens`` tokens, padding included.

    Every window comes once; one that is longer than ``batch_tokens`` comes alone. The order is random, and the same
    for the same seed and epoch, so that a run can go on from a position.

    Returns:
        The indices of the windows of each batch.
    """
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(lengths))
    sizes = padded(lengths)[order]
    batches: list[npt.NDArray[np.int64]] = []
    for size in np.unique(sizes):
        alike = order[sizes == size]
        batches += np.split(alike, np.arange(max(1, batch_tokens // size), len(alike), max(1, batch_tokens // size)))
    return [batches[place] for place in rng.permutation(len(batches))]


class Loader:
    """Batches of features that lie on the device as a whole, since a GPU would wait for those made elsewhere."""

    def __init__(self, features: Features, device: torch.device) -> None:
        """Copy the features to ``device``: 4 bytes a token, and 4 more where a teacher scored them."""
        self.lengths = features.lengths
        self._pad = features.pad
        self._tokens = torch.from_numpy(features.tokens).to(device)
        self._begins = torch.from_numpy(features.ends - features.lengths).to(device)
        self._sizes = torch.from_numpy(features.lengths).to(device)
        self._labels = torch.from_numpy(features.labels).to(device, torch.int64)
        self._taught = torch.from_numpy(features.taught).to(device)
        self._teacher = None if features.teacher is None else torch.from_numpy(features.teacher).to(device)

    def batch(self, indices: npt.NDArray[np.int64]) -> Batch:
        """The windows at ``indices``, padded to the length of the longest."""
        at = torch.from_numpy(indices).to(self._tokens.device)
        sizes, labels = self._sizes[at, None], self._labels[at]
        places = torch.arange(int(padded(self.lengths[indices]).max()), device=at.device)[None, :]
        inside = places < sizes
        # Padding looks a token up, too, but what it finds is not taken.
        found = (self._begins[at, None] + places) * inside
        return Batch(
            tokens=torch.where(inside, self._tokens[found], self._pad).long(),
            types=(inside & (places >= labels[:, :1])).long(),
            mask=inside,
            starts=labels[:, 1],
            ends=labels[:, 2],
            taught=self._taught[at],
            teacher=None if self._teacher is None else self._teacher[found],
        )
