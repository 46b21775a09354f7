"""What a training makes small: the distance to the right answers, and to what a teacher makes of each window."""

from typing import Any

import torch
from torch.nn import functional

from training.config import Recipe
from training.data import Batch

OUTSIDE = -1e4  # a logit for padding: no probability, and no infinity to multiply it by


def logits(model: Any, batch: Batch, *, bf16: bool) -> torch.Tensor:  # noqa: ANN401
    """Logits of each token as first and as last one of the answer; shape (windows, length, 2), padding masked.

    With ``bf16`` the model runs under autocast.
    """
    # As attention takes it: with two dimensions, transformers would look whether anything is masked, and wait for that.
    inputs = {"input_ids": batch.tokens, "attention_mask": batch.mask[:, None, None, :]}
    if getattr(model.config, "type_vocab_size", 0) > 1:
        inputs["token_type_ids"] = batch.types
    with torch.autocast(batch.tokens.device.type, dtype=torch.bfloat16, enabled=bf16):
        output = model(**inputs)
    both = torch.stack([output.start_logits, output.end_logits], dim=-1).float()
    return both.masked_fill(~batch.mask[:, :, None], OUTSIDE)


def span_loss(model: Any, batch: Batch, recipe: Recipe, *, bf16: bool = False) -> torch.Tensor:  # noqa: ANN401
    """Mean cross-entropy of first and last answer token, ``recipe.teacher_share`` of it against the teacher's view.

    The teacher's share is the divergence between the two distributions at ``recipe.temperature``, times its square
    (Hinton et al. 2015). Windows that are not taught count by their labels alone.
    """
    scores = logits(model, batch, bf16=bf16)
    targets = torch.stack([batch.starts, batch.ends], dim=-1)
    loss = functional.cross_entropy(scores, targets, reduction="none").mean(dim=1)
    if not recipe.teacher_share or batch.teacher is None:
        return loss.mean()
    theirs = batch.teacher.float().nan_to_num().masked_fill(scores == OUTSIDE, OUTSIDE)
    apart = functional.kl_div(
        functional.log_softmax(scores / recipe.temperature, dim=1),
        functional.log_softmax(theirs / recipe.temperature, dim=1),
        reduction="none",
        log_target=True,
    )
    distance = apart.sum(dim=1).mean(dim=1) * recipe.temperature**2
    return torch.lerp(loss, distance, recipe.teacher_share * batch.taught.float()).mean()
