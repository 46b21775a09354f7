"""Gradients computed on a copy of the weights in bfloat16."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from training.config import Recipe
from training.data import Batch, Features, Loader
from training.gradients import Gradients, RoundedGradients
from training.train import load_model


def batches() -> list[Batch]:
    """Five batches of one shape, of random words."""
    rng = np.random.default_rng(4)
    lengths = rng.integers(10, 17, 20)
    features = Features(
        tokens=rng.integers(5, 60, lengths.sum()).astype(np.int32),
        ends=np.cumsum(lengths),
        labels=np.tile(np.array([[4, 6, 7]], np.int32), (20, 1)),
        taught=np.ones(20, bool),
        teacher=rng.normal(size=(lengths.sum(), 2)).astype(np.float16),
    )
    loader = Loader(features, torch.device("cpu"))
    return [loader.batch(np.arange(begin, begin + 4)) for begin in range(0, 20, 4)]


def flat(model: Any) -> torch.Tensor:  # noqa: ANN401
    """All gradients of a model, one after the other."""
    return torch.cat([p.grad.flatten() for p in model.parameters() if p.grad is not None])


def test_the_gradients_are_those_of_the_weights_up_to_rounding(tiny_model: Path) -> None:
    recipe = Recipe(teacher_share=0.5, bf16=False)
    exact, rounded = load_model(tiny_model), load_model(tiny_model)
    for model in (exact, rounded):
        model.get_input_embeddings().weight.requires_grad_(False)
    before = [parameter.clone() for parameter in rounded.parameters()]
    one, other = Gradients(exact, recipe), RoundedGradients(rounded, recipe)
    for batch in batches():
        assert other.of(batch).item() == pytest.approx(one.of(batch).item(), rel=0.02)
        assert torch.nn.functional.cosine_similarity(flat(rounded), flat(exact), dim=0) > 0.99
    assert all(torch.equal(now, then) for now, then in zip(rounded.parameters(), before, strict=True))


def test_the_copy_follows_the_weights(tiny_model: Path) -> None:
    model = load_model(tiny_model)
    rounded = RoundedGradients(model, Recipe())
    batch = batches()[0]
    first = rounded.of(batch)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter -= 0.1 * parameter.grad
    assert rounded.of(batch) < first
