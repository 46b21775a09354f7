"""Fit how likely answers of the reader alone are right: a logistic curve over its margin (Platt 1999)."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.calibrate import write_entries
from index.errors import ModelError, QuestionError
from qa.confidence import UNCALIBRATED, Calibration, Logistic
from qa.squad.evaluate import probabilities
from qa.squad.score import Judged

# Inverse weight of the penalty: thousands of questions fix the two numbers of the curve without one.
WEAK = 1e6

Floats = NDArray[np.float64]


def fit_reader(judged: Sequence[Judged], output: Path) -> str:
    """Fit the curve, write it beside what ``output`` holds, and return a report of two lines.

    The answerable questions weigh half and the unanswerable ones half, however many there are of each.

    Raises:
        QuestionError: No question is without an answer, or no answer is right, so there is nothing to tell apart.
        ModelError: ``output`` is damaged, or the reader is no surer of right answers than of wrong ones.
    """
    known = [item for item in judged if math.isfinite(item.null_score_diff)]
    answerable = np.array([item.answerable for item in known], dtype=bool)
    _, right = probabilities(known, Calibration(UNCALIBRATED))
    if answerable.all() or not right.any():
        raise QuestionError("The fit needs questions without an answer, and some that the reader answers right.")
    weight = np.where(answerable, 0.5 / answerable.sum(), 0.5 / (~answerable).sum()) * len(known)
    reader = _curve(np.array([-item.null_score_diff for item in known]), right, weight)
    if reader.weights["margin"] <= 0:
        raise ModelError("The reader is no surer of right answers than of wrong ones, so it cannot be calibrated.")
    kinds = {} if output.is_file() else {kind.value: asdict(entry) for kind, entry in UNCALIBRATED.items()}
    write_entries(kinds | {"reader": asdict(reader)}, output)
    calibration = Calibration(UNCALIBRATED, reader)
    error = weighted_calibration_error(*probabilities(known, calibration), weight)
    even = -reader.bias / reader.weights["margin"]
    return (
        f"{len(known):,} questions; an answer is as likely right as not at a margin of {even:.2f}\n"
        f"expected calibration error, answerable and unanswerable questions weighing half each: {error:.3f}"
    )


def _curve(margins: Floats, right: NDArray[np.bool_], weight: Floats) -> Logistic:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=WEAK).fit(margins.reshape(-1, 1), right, sample_weight=weight)
    return Logistic(round(float(model.intercept_[0]), 4), {"margin": round(float(model.coef_[0][0]), 4)})


def weighted_calibration_error(probability: Floats, right: NDArray[np.bool_], weight: Floats, bins: int = 10) -> float:
    """Return the expected calibration error where each question stands for ``weight`` of them."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = np.bincount(place, weight * (probability - right))
    return float(np.abs(gaps).sum() / weight.sum())
