"""Measure a model folder on a set of questions."""

import math
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training.examples import read_examples
from training.predict import Predictor
from training.score import best_threshold, judge, scores


def evaluate(model: Path, file: Path, *, sample: int = 0, seed: int = 0) -> dict[str, Any]:
    """Score a model on a file, or on ``sample`` of its questions drawn with ``seed``.

    Returns:
        ``em``, ``f1``, ``hasans_em``, ``hasans_f1`` and ``noans_f1`` in percent at ``threshold`` 0, or with an answer
        to every question where all are answerable; under ``best`` the same at the threshold with the highest F1,
        which was chosen on the very set and says what the reader could reach.
    """
    examples = list(read_examples(file))
    if sample and sample < len(examples):
        examples = random.Random(seed).sample(examples, sample)  # noqa: S311 - sampling, not secrecy
    judged = [
        judge(prediction.text, prediction.null_score_diff, [gold.text for gold in example.answers])
        for prediction, example in zip(Predictor(model).predict(examples), examples, strict=True)
    ]
    result: dict[str, Any] = {"model": model.name, "file": file.name, "questions": len(judged)}
    if all(item.answerable for item in judged):
        return result | _finite(asdict(scores(judged, math.inf)))
    result |= _finite(asdict(scores(judged, 0.0)))
    return result | {"best": _finite(asdict(scores(judged, best_threshold(judged))))}


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and math.isinf(value) else value for key, value in values.items()}
