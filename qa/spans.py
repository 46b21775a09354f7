"""Decode answer spans from a reader's start and end logits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """Tokens ``first`` to ``last`` (both included) and the sum of their start and end logit."""

    first: int
    last: int
    logit: float


def decode_spans(
    start_logits: NDArray[np.float32],
    end_logits: NDArray[np.float32],
    answerable: NDArray[np.bool_],
    max_tokens: int,
    count: int,
) -> list[TokenSpan]:
    """Return the best spans that do not overlap, best first.

    Start and end are taken jointly: every pair with ``first <= last``, at most ``max_tokens`` long, whose tokens
    at both ends are ``answerable``, is scored by the sum of its two logits (Devlin et al. 2019, BERT, section 4.2).

    Args:
        start_logits: Shape (tokens,).
        end_logits: Shape (tokens,).
        answerable: Shape (tokens,): False for question, title, special and padding tokens.
        max_tokens: Longest span.
        count: How many spans at most.
    """
    positions = np.flatnonzero(answerable)
    if positions.size == 0:
        return []
    starts, ends = start_logits[positions], end_logits[positions]
    scores = starts[:, None] + ends[None, :]
    length = positions[None, :] - positions[:, None]
    scores = np.where((length >= 0) & (length < max_tokens), scores, -np.inf)
    spans: list[TokenSpan] = []
    taken = np.zeros(positions.size, dtype=bool)
    while len(spans) < count:
        row, column = np.unravel_index(int(np.argmax(scores)), scores.shape)
        if not np.isfinite(scores[row, column]):
            break
        spans.append(TokenSpan(int(positions[row]), int(positions[column]), float(scores[row, column])))
        taken[row : column + 1] = True
        # A span overlaps one already taken if it starts or ends inside it, or reaches over it.
        covered = np.concatenate(([0], np.cumsum(taken)))
        index = np.arange(positions.size)
        touched = covered[index[None, :] + 1] - covered[index[:, None]] > 0
        scores = np.where(touched, -np.inf, scores)
    return spans
