"""The training loop."""

import json
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.attention import fuse
from training.checkpoint import Curve, Position, load_checkpoint, save_checkpoint
from training.config import Config, Recipe
from training.data import Batch, Features, Loader, batch_order, load_features
from training.gradients import Gradients, RoundedGradients
from training.schedule import Budget, learning_rate
from training.score import load_scores
from training.vocabulary import translate

logger = logging.getLogger(__name__)

CHECKPOINT = "checkpoint.pt"


@dataclass(slots=True)
class StopRequest:
    """Whether the run was asked to stop; set by SIGTERM and SIGINT."""

    asked: bool = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Turn SIGTERM and SIGINT into a request, until the block ends."""

        def ask(_signal: int, _frame: FrameType | None) -> None:
            self.asked = True

        before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


@dataclass(slots=True)
class Run:
    """One training, from its first step or from its checkpoint on."""

    model: Any
    average: AveragedModel | None
    optimizer: torch.optim.Optimizer
    features: Features
    config: Config
    recipe: Recipe
    folder: Path
    loader: Loader
    gradients: Gradients
    budget: Budget | None
    position: Position
    stop: StopRequest = field(default_factory=StopRequest)

    def advance(self, steps: int | None = None) -> bool:
        """Train until the end, a stop request, or ``steps`` more steps; a checkpoint is written in each case.

        Returns:
            Whether the training is complete.
        """
        recipe = self.recipe
        curve = Curve(self.folder / "curve.csv", self.position.step)
        last = None if steps is None else self.position.step + steps
        losses: list[torch.Tensor] = []
        saved = tick = time.time()
        for indices in self._batches():
            if self.stop.asked or self.position.step == last or self._progress() >= 1.0:
                break
            lr = self._step(self.loader.batch(indices), losses)
            now = time.time()
            self._count(indices, now - tick)
            tick = now
            if self.position.step % recipe.log_steps == 0:
                curve.add(self.position, torch.stack(losses).mean().item(), lr)
                losses.clear()
            if now - saved > recipe.checkpoint_minutes * 60:
                self._save()
                saved = now
        self._save()
        return self._progress() >= 1.0

    def _batches(self) -> Iterator[npt.NDArray[np.int64]]:
        lengths, recipe = self.loader.lengths, self.recipe
        while self.position.epoch < recipe.epochs:
            order = batch_order(
                lengths, batch_tokens=recipe.batch_tokens, seed=self.config.seed, epoch=self.position.epoch
            )
            yield from order[self.position.batch :]
            if self.position.batch < len(order):
                return
            self.position.epoch += 1
            self.position.batch = 0

    def _step(self, batch: Batch, losses: list[torch.Tensor]) -> float:
        recipe = self.recipe
        self.position.progress = self._progress()
        lr = learning_rate(
            self.position.progress,
            self.position.step,
            peak=recipe.learning_rate,
            warmup_steps=recipe.warmup_steps,
            decay=recipe.decay,
        )
        for group in self.optimizer.param_groups:
            group["lr"] = lr
        loss = self.gradients.of(batch)
        nn.utils.clip_grad_norm_(self.model.parameters(), recipe.clip_norm)
        self.optimizer.step()
        if self.average is not None:
            self.average.update_parameters(self.model)
        losses.append(loss)  # looked at later: a GPU would be waited for
        return lr

    def _count(self, indices: npt.NDArray[np.int64], seconds: float) -> None:
        self.position.batch += 1
        self.position.step += 1
        self.position.tokens += int(self.loader.lengths[indices].sum())
        self.position.seconds += seconds

    def _progress(self) -> float:
        by_work = self.position.tokens / (len(self.features.tokens) * self.recipe.epochs)
        by_time = self.budget.progress(time.time()) if self.budget else 0.0
        return min(1.0, max(by_work, by_time, self.position.progress))

    def _save(self) -> None:
        save_checkpoint(self.folder / CHECKPOINT, self.model, self.average, self.optimizer, self.position)
        logger.info("checkpoint at step %d, %d tokens", self.position.step, self.position.tokens)


def start_run(config: Config, recipe: Recipe, start: Path, prepared: Path, folder: Path, device: str) -> Run:
    """Set a run up: from the checkpoint in ``folder`` where there is one, else from the weights in ``start``.

    Raises:
        FileNotFoundError: The data is not prepared, or not scored by a teacher although the recipe learns from one.
        ValueError: The prepared data belongs to another configuration, or to other word pieces.
    """
    features = _features(config, recipe, start, prepared)
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    target = torch.device(device)
    model = load_model(start, recipe.dropout).to(target)
    fuse(model)
    optimizer = make_optimizer(model, recipe)
    average = None
    if recipe.average:
        average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(recipe.average))  # type: ignore[no-untyped-call]
    position = Position()
    if (folder / CHECKPOINT).is_file():
        position = load_checkpoint(folder / CHECKPOINT, model, average, optimizer)
        logger.info("resuming at step %d, %d tokens", position.step, position.tokens)
    model.train()
    on_gpu = target.type == "cuda"
    gradients = RoundedGradients(model, recipe) if on_gpu and recipe.bf16 else Gradients(model, recipe)
    loader = Loader(features, target)
    return Run(model, average, optimizer, features, config, recipe, folder, loader, gradients, None, position)


def _features(config: Config, recipe: Recipe, start: Path, prepared: Path) -> Features:
    from transformers import AutoTokenizer

    features = load_features(prepared / "features.npz")
    record = json.loads((prepared / "prepared.json").read_text(encoding="utf-8"))
    if record["config"]["seed"] != config.seed or record["config"]["train"]["max_tokens"] != config.train.max_tokens:
        raise ValueError(f"{prepared} was prepared with another configuration; run 'python -m training prepare'.")
    features = translate(features, AutoTokenizer.from_pretrained(prepared), AutoTokenizer.from_pretrained(start))
    return replace(features, teacher=load_scores(prepared, features)) if recipe.teacher_share else features


def load_model(start: Path, dropout: float = 0.0) -> Any:  # noqa: ANN401 - transformers carries no types
    """A span-prediction model in float32, its head new where ``start`` is a bare encoder."""
    from transformers import AutoModelForQuestionAnswering

    return AutoModelForQuestionAnswering.from_pretrained(
        start,
        dtype=torch.float32,
        use_safetensors=True,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )


def make_optimizer(model: Any, recipe: Recipe) -> torch.optim.Optimizer:  # noqa: ANN401
    """AdamW; biases and layer norms do not decay, and frozen word embeddings are left out."""
    if recipe.freeze_embeddings:
        model.get_input_embeddings().weight.requires_grad_(False)
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for p in trained if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in trained if p.ndim <= 1], "weight_decay": 0.0},
    ]
    on_gpu = any(parameter.is_cuda for parameter in trained)
    return torch.optim.AdamW(groups, lr=recipe.learning_rate, fused=on_gpu)
