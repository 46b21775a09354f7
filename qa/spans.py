"""Decode answer spans from a reader's start and end logits."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# The rest of a number behind its first digits: "41" is not all of "41.50", nor "1" of "1,000".
_MORE_DIGITS = re.compile(r"(?:[.,]\d+)+")


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


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span with the words and numbers whole that it cuts; word pieces end within words.

    >>> whole_words("paid $41.50 to Sherr", 6, 8), whole_words("paid $41.50 to Sherr", 17, 20)
    ((6, 11), (15, 20))
    """
    if start >= end:
        return start, end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    if text[end - 1].isdigit() and (more := _MORE_DIGITS.match(text, end)):
        end = more.end()
    return start, end
