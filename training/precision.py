"""Forward and backward on a copy of the weights in bfloat16."""

import copy
from typing import Any

import torch


class Copy:
    """A copy of a model in bfloat16 that computes gradients, while the optimizer moves the weights in float32.

    So nothing is converted on the way through the layers, as autocast does at every normalisation (Micikevicius et al.
    2018, arXiv:1710.03740, with bfloat16 for float16, which needs no scaling of the loss).
    """

    def __init__(self, model: Any) -> None:  # noqa: ANN401 - transformers carries no types
        """Copy ``model``; its frozen parameters stay frozen."""
        self.model = copy.deepcopy(model).to(torch.bfloat16)
        pairs = zip(model.parameters(), self.model.parameters(), strict=True)
        self._pairs = [(own, copied) for own, copied in pairs if own.requires_grad]

    def take_weights(self) -> None:
        """Round the weights as they are now."""
        with torch.no_grad():
            torch._foreach_copy_([copied for _, copied in self._pairs], [own for own, _ in self._pairs])

    def give_gradients(self) -> None:
        """Hand the gradients to the model that was copied, in float32."""
        for own, copied in self._pairs:
            own.grad = None if copied.grad is None else copied.grad.float()
            copied.grad = None
