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
        repeat: Times each question is taken, varied anew each time.
        negatives: Drawn questions that are asked once more of a paragraph without the answer.
        changed: Drawn questions that are asked once more with a name, number or other word that makes them wrong.
        titles: Whether the file's titles may be put before the context.
        as_is: Whether questions and contexts stay as they are, since they are already what users ask and are shown.
        taught: Whether the reader learns from the teacher's view of it too; else from the labels alone.
    """

    file: str
    count: int = 0
    repeat: int = 1
    negatives: int = 0
    changed: int = 0
    titles: bool = False
    as_is: bool = False
    taught: bool = True


@dataclass(frozen=True, slots=True)
class Augment:
    """Shares of the questions, 0 to 1, that are changed to look like what users ask of news."""

    crop: float = 0.0
    title_line: float = 0.0
    no_question_mark: float = 0.0
    misspelt: float = 0.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the training itself runs.

    Attributes:
        learning_rate: The highest, reached after ``warmup_steps``.
        decay: Share of the training, at its end, in which the learning rate falls linearly to zero.
        average: Weight of the past in the moving average of the weights that is exported; 0 exports the last weights.
        batch_tokens: Tokens in a batch, padding included.
        max_tokens: Tokens in one window, question included.
        stride: Tokens two windows of one context share.
        epochs: Passes over the prepared data, unless time ends the training before.
        dropout: Share of the activations that is left out at random.
        freeze_embeddings: Whether the word embeddings stay as they are.
        teacher_share: How much the teacher's view of a window counts against the labels, 0 to 1.
        temperature: By which teacher's and reader's logits are divided before they are compared.
        bf16: Whether forward and backward run in bfloat16: under autocast, or on a GPU on a copy of the weights.
        checkpoint_minutes: Time between checkpoints.
        log_steps: Steps between lines of the learning curve.
    """

    learning_rate: float = 2e-4
    decay: float = 1.0
    average: float = 0.0
    warmup_steps: int = 100
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    batch_tokens: int = 4400
    max_tokens: int = 320
    stride: int = 96
    epochs: int = 1
    dropout: float = 0.0
    freeze_embeddings: bool = True
    teacher_share: float = 0.0
    temperature: float = 1.0
    bf16: bool = True
    checkpoint_minutes: float = 5.0
    log_steps: int = 10


@dataclass(frozen=True, slots=True)
class Config:
    """All that determines a reader, beside the weights it starts from.

    Attributes:
        held_out: Share of the articles, 0 to 1, that is kept apart to choose and calibrate by.
        teacher: How the teacher is trained, a larger reader from which this one learns; None where there is none.
    """

    seed: int
    sources: tuple[Source, ...]
    held_out: float = 0.0
    augment: Augment = Augment()
    train: Recipe = Recipe()
    teacher: Recipe | None = None


def read_config(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        ValueError: The file is no TOML, or a table or key is unknown or missing.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: {error}") from error
    unknown = set(data) - {"seed", "held_out", "source", "augment", "train", "teacher"}
    if unknown or "seed" not in data or not data.get("source"):
        raise ValueError(
            f"{path}: unknown keys {sorted(unknown)}" if unknown else f"{path}: needs 'seed' and [[source]] tables."
        )
    config = Config(
        seed=int(data["seed"]),
        sources=tuple(_table(Source, source, f"{path} [[source]]") for source in data["source"]),
        held_out=float(data.get("held_out", 0.0)),
        augment=_table(Augment, data.get("augment", {}), f"{path} [augment]"),
        train=_table(Recipe, data.get("train", {}), f"{path} [train]"),
        teacher=_table(Recipe, data["teacher"], f"{path} [teacher]") if "teacher" in data else None,
    )
    if not 0 <= config.held_out < 1:
        raise ValueError(f"{path}: held_out must be at least 0 and below 1.")
    for name, recipe in (("train", config.train), ("teacher", config.teacher)):
        if recipe is not None:
            _check(recipe, f"{path} [{name}]")
    return config


def _check(recipe: Recipe, where: str) -> None:
    if not 0 < recipe.decay <= 1:
        raise ValueError(f"{where}: decay is {recipe.decay}, but must be above 0 and at most 1.")
    if not 0 <= recipe.average < 1 or not 0 <= recipe.dropout < 1:
        raise ValueError(f"{where}: average and dropout must be at least 0 and below 1.")
    if not 0 <= recipe.teacher_share <= 1 or recipe.temperature <= 0:
        raise ValueError(f"{where}: teacher_share must be 0 to 1, temperature above 0.")


def _table(kind: type[T], values: dict[str, Any], where: str) -> T:
    known = {field.name for field in fields(kind)}
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}; known are {sorted(known)}.")
    try:
        return kind(**values)
    except TypeError as error:
        raise ValueError(f"{where}: {error}") from error
