"""MPNet's attention in one fused step: transformers computes it step by step, at twice the time on a GPU."""

from collections.abc import Callable
from typing import Any

import torch
from torch.nn import functional


def fuse(model: Any) -> None:  # noqa: ANN401
    """Let an MPNet attend by ``scaled_dot_product_attention``; another model stays as it is.

    The table of relative positions is shared by all layers and frozen here, since the fused step has no gradient for
    it.
    """
    if model.config.model_type != "mpnet":
        return
    encoder = model.mpnet.encoder
    encoder.compute_position_bias = _Positions(encoder.compute_position_bias)
    encoder.relative_attention_bias.weight.requires_grad_(False)
    for layer in encoder.layer:
        attention = layer.attention.attn
        attention.forward = _Fused(attention)


class _Positions:
    """The bias of relative positions, computed once for each length: it is frozen, and the same for all windows."""

    def __init__(self, compute: Callable[[torch.Tensor], torch.Tensor]) -> None:
        self._compute = compute
        self._known: dict[int, torch.Tensor] = {}

    def __call__(self, hidden: torch.Tensor) -> torch.Tensor:
        length = hidden.shape[1]
        if length not in self._known:
            self._known[length] = self._compute(hidden[:1])
        return self._known[length]


class _Fused:
    """The forward pass of one attention."""

    def __init__(self, attention: Any) -> None:  # noqa: ANN401
        self._attention = attention

    def __call__(
        self,
        hidden: torch.Tensor,
        attention_mask: torch.Tensor | None,
        position_bias: torch.Tensor,
        **_options: object,
    ) -> tuple[torch.Tensor]:
        own = self._attention
        shape = (*hidden.shape[:2], own.num_attention_heads, own.attention_head_size)
        query, key, value = (part(hidden).view(shape).transpose(1, 2) for part in (own.q, own.k, own.v))
        bias = position_bias.to(query.dtype)
        if attention_mask is not None and attention_mask.dtype == torch.bool:
            bias = bias.masked_fill(~attention_mask, torch.finfo(query.dtype).min)
        elif attention_mask is not None:  # None where nothing is padded
            bias = bias + attention_mask.to(query.dtype)
        context = functional.scaled_dot_product_attention(
            query,
            key,
            value,
            attn_mask=bias,
            dropout_p=own.dropout.p if own.training else 0.0,
        )
        return (own.o(context.transpose(1, 2).flatten(2)),)
