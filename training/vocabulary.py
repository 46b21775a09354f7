"""Windows made with one tokenizer, for a model that numbers the same word pieces otherwise."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from training.data import Features

SPECIAL = ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token")


def translate(features: Features, tokenizer: Any, other: Any) -> Features:  # noqa: ANN401
    """Number the tokens of ``tokenizer`` as ``other`` does; the windows keep their lengths and labels.

    BERT and MPNet, for one, share their word pieces, but count them from different numbers.

    Raises:
        ValueError: More than one in a hundred word pieces is unknown to ``other``.
    """
    if tokenizer.get_vocab() == other.get_vocab():
        return replace(features, pad=other.pad_token_id)
    table = _table(tokenizer, other)
    return replace(features, tokens=table[features.tokens], pad=other.pad_token_id)


def _table(tokenizer: Any, other: Any) -> npt.NDArray[np.int32]:  # noqa: ANN401
    mine: Mapping[str, int] = tokenizer.get_vocab()
    theirs: Mapping[str, int] = other.get_vocab()
    special = {getattr(tokenizer, name): getattr(other, name) for name in SPECIAL}
    table = np.full(max(mine.values()) + 1, other.unk_token_id, dtype=np.int32)
    known = 0
    for piece, number in mine.items():
        piece = special.get(piece, piece)
        if piece in theirs:
            known += 1
            table[number] = theirs[piece]
    if known < 0.99 * len(mine):
        raise ValueError(
            f"The model knows {known:,} of the {len(mine):,} word pieces of the prepared data; choose another."
        )
    return table
