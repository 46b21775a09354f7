"""Checkpoints: all that a run needs to go on exactly where it stopped."""

import csv
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import nn

CURVE_COLUMNS = ("step", "tokens", "seconds", "loss", "lr")


@dataclass(slots=True)
class Position:
    """Where a run stands.

    Attributes:
        epoch: Passes completed.
        batch: Batches of this pass completed.
        step: Optimizer steps made.
        tokens: Tokens read, without padding.
        seconds: Time spent training, pauses included.
        progress: Share of the training that is behind, 0 to 1; it sets the learning rate.
    """

    epoch: int = 0
    batch: int = 0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    progress: float = 0.0


def save_checkpoint(
    path: Path,
    model: nn.Module,
    average: nn.Module | None,
    optimizer: torch.optim.Optimizer,
    position: Position,
) -> None:
    """Write a checkpoint; whoever reads meanwhile, or after a crash, finds the old one or the new one, whole."""
    partial = path.with_suffix(".partial")
    state = {
        "model": model.state_dict(),
        "average": average.state_dict() if average is not None else None,
        "optimizer": optimizer.state_dict(),
        "rng": torch.get_rng_state(),
        "position": asdict(position),
    }
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load_checkpoint(
    path: Path, model: nn.Module, average: nn.Module | None, optimizer: torch.optim.Optimizer
) -> Position:
    """Bring model, average, optimizer and random numbers to the state of a checkpoint."""
    state = _read(path)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["rng"])
    if average is not None and state.get("average") is not None:
        average.load_state_dict(state["average"])
    return Position(**state["position"])


def load_result(path: Path, model: nn.Module) -> Position:
    """Give ``model`` the weights a run has come to: their moving average where it keeps one, else the last ones."""
    state = _read(path)
    weights = state["model"]
    if state.get("average") is not None:
        prefix = "module."
        weights = {
            name.removeprefix(prefix): value for name, value in state["average"].items() if name.startswith(prefix)
        }
    model.load_state_dict(weights)
    return Position(**state["position"])


def _read(path: Path) -> dict[str, Any]:
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state


class Curve:
    """The learning curve, a CSV file with the columns ``CURVE_COLUMNS``."""

    def __init__(self, path: Path, step: int) -> None:
        """Open the file; lines later than ``step``, of a run that died after its checkpoint, are dropped."""
        self._path = path
        rows: list[list[str]] = []
        if path.is_file():
            with path.open(newline="", encoding="utf-8") as file:
                rows = [row for row in list(csv.reader(file))[1:] if int(row[0]) <= step]
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([CURVE_COLUMNS, *rows])

    def add(self, position: Position, loss: float, lr: float) -> None:
        """Append a line; ``loss`` is the mean since the last one."""
        row = (position.step, position.tokens, f"{position.seconds:.1f}", f"{loss:.4f}", f"{lr:.3g}")
        with self._path.open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow(row)
