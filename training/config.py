"""The configuration of one released reader, read from a TOML file."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T", "Source", "Augment", "Recipe")


@dataclass(frozen=True, slots=True)
class Source:
    """One training file and what is taken from it.

    Attributes:
        file: Its name in the data folder.
        count: Questions drawn at random; 0 takes all.
        negatives: Drawn questions that are asked once more of a paragraph without the answer.
        titles: Whether the file's titles may be put before the context.
    """

    file: str
    count: int = 0
    negatives: int = 0
    titles: bool = False


@dataclass(frozen=True, slots=True)
class Augment:
    """Shares of the questions, 0 to 1, that are changed to look like what users ask of news."""

    title_line: float = 0.0
    no_question_mark: float = 0.0
    misspelt: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the training itself runs.

    Attributes:
        learning_rate: The highest, reached after ``warmup_steps``; it falls linearly to zero.
        batch_tokens: Tokens in a batch, padding included.
        max_tokens: Tokens in one window, question included.
        stride: Tokens two windows of one context share.
        epochs: Passes over the prepared data, unless time ends the training before.
        freeze_embeddings: Whether the word embeddings stay as they are.
        bf16: Whether forward and backward run under bfloat16 autocast.
        checkpoint_minutes: Time between checkpoints.
        log_steps: Steps between lines of the learning curve.
    """

    learning_rate: float = 2e-4
    warmup_steps: int = 100
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    batch_tokens: int = 4400
    max_tokens: int = 320
    stride: int = 96
    epochs: int = 1
    freeze_embeddings: bool = True
    bf16: bool = True
    checkpoint_minutes: float = 5.0
    log_steps: int = 10


@dataclass(frozen=True, slots=True)
class Config:
    """All that determines a reader, beside the weights it starts from."""

    seed: int
    sources: tuple[Source, ...]
    augment: Augment = Augment()
    train: Recipe = Recipe()


def read_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        ValueError: The file is no TOML, or a table or key is unknown or missing.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    unknown = set(data) - {"seed", "source", "augment", "train"}
    if unknown or "seed" not in data or not data.get("source"):
        raise ValueError(
            f"{path}: unknown keys {sorted(unknown)}" if unknown else f"{path}: needs 'seed' and [[source]] tables."
        )
    return Config(
        seed=int(data["seed"]),
        sources=tuple(_table(Source, source, f"{path} [[source]]") for source in data["source"]),
        augment=_table(Augment, data.get("augment", {}), f"{path} [augment]"),
        train=_table(Recipe, data.get("train", {}), f"{path} [train]"),
    )


def _table(kind: type[T], values: dict[str, Any], where: str) -> T:
    known = {field.name for field in fields(kind)}
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(known)}.")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from error
