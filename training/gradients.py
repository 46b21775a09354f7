"""Loss and gradients of a batch."""

import copy
from typing import Any

import torch

from training.config import Recipe
from training.data import Batch
from training.loss import span_loss


class Gradients:
    """Computes a model's gradients of one batch."""

    def __init__(self, model: Any, recipe: Recipe) -> None:  # noqa: ANN401 - transformers carries no types
        self._model = model
        self._recipe = recipe

    def of(self, batch: Batch) -> torch.Tensor:
        """Set the gradients of the model's parameters; return the loss."""
        self._model.zero_grad(set_to_none=True)
        loss = span_loss(self._model, batch, self._recipe, bf16=self._recipe.bf16)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.detach()


class RoundedGradients(Gradients):
    """Computes them on a copy of the model in bfloat16, while the weights themselves stay in float32.

    So nothing is converted on the way through the layers, as autocast does at every normalisation (Micikevicius et al.
    2018, arXiv:1710.03740; bfloat16 needs no scaling of the loss).
    """

    def __init__(self, model: Any, recipe: Recipe) -> None:  # noqa: ANN401
        """Copy ``model``; frozen parameters stay frozen."""
        super().__init__(model, recipe)
        self._rounded = copy.deepcopy(model).to(torch.bfloat16)
        both = zip(model.parameters(), self._rounded.parameters(), strict=True)
        pairs = [(own, rounded) for own, rounded in both if own.requires_grad]
        self._own, self._copied = [own for own, _ in pairs], [rounded for _, rounded in pairs]
        for own in self._own:
            own.grad = torch.zeros_like(own)

    def of(self, batch: Batch) -> torch.Tensor:
        """Set the gradients of the model's parameters; return the loss."""
        with torch.no_grad():
            torch._foreach_copy_(self._copied, self._own)
        for rounded in self._copied:
            rounded.grad = None
        loss = span_loss(self._rounded, batch, self._recipe, bf16=False)
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            torch._foreach_copy_([own.grad for own in self._own], [rounded.grad for rounded in self._copied])
        return loss.detach()
