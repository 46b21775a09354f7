"""Fit the logistic models that turn a candidate's features into a probability."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.scoring import Question, is_right
from qa.answers import Candidate
from qa.engine import Engine
from qa.query import understand
from qa.records import AnswerKind

FOLDS = 10
# Ridge strength of the fit on standardised features: a few hundred questions carry no more.
INVERSE_PENALTY = 1.0


def fit(engine: Engine, questions: Sequence[Question], output: Path) -> str:
    """Fit on development questions, write the calibration, and return a report with cross-validated figures.

    Each candidate of each question is one example, right or wrong by its words; folds never divide a question.
    """
    examples = [
        (number, c, is_right(c.text, q.answers)) for number, q in enumerate(questions) for c in _found(engine, q)
    ]
    calibration, lines = {}, [f"{len(questions)} questions, {len(examples)} candidates"]
    held_out: list[tuple[int, Candidate, bool, float]] = []
    for kind in AnswerKind:
        part = [example for example in examples if example[1].kind is kind]
        names = list(part[0][1].features)
        x = np.array([[c.features[name] for name in names] for _, c, _ in part])
        y = np.array([right for _, _, right in part])
        groups = np.array([number for number, _, _ in part])
        bias, weights = _logistic(x, y)
        calibration[kind.value] = {"bias": bias, "weights": dict(zip(names, weights, strict=True))}
        probabilities = _cross_validated(x, y, groups)
        held_out += [(*example, float(p)) for example, p in zip(part, probabilities, strict=True)]
        lines.append(f"{kind.value}: {len(part)} candidates, {y.mean():.1%} right, {calibration[kind.value]}")
    output.write_text(json.dumps(calibration, indent=2) + "\n", "utf-8")
    return "\n".join([*lines, *_report(held_out, questions)])


def _found(engine: Engine, question: Question) -> list[Candidate]:
    query = understand(question.question, question.history)
    return engine.find(query)[1]


def _logistic(x: NDArray[np.float64], y: NDArray[np.bool_]) -> tuple[float, list[float]]:
    """Return bias and weights of a logistic regression, in the units of the features as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(C=INVERSE_PENALTY, max_iter=1000).fit((x - mean) / scale, y)
    weights = model.coef_[0] / scale
    return round(float(model.intercept_[0] - weights @ mean), 4), [round(float(w), 4) for w in weights]


def _cross_validated(x: NDArray[np.float64], y: NDArray[np.bool_], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each example the probability a model gives that has not seen its question."""
    probabilities = np.zeros(len(y))
    for fold in range(FOLDS):
        test = groups % FOLDS == fold
        if not test.any():
            continue
        bias, weights = _logistic(x[~test], y[~test])
        probabilities[test] = 1 / (1 + np.exp(-(bias + x[test] @ np.array(weights))))
    return probabilities


def _report(held_out: Sequence[tuple[int, Candidate, bool, float]], questions: Sequence[Question]) -> list[str]:
    """Return what the first answers would be worth at several thresholds."""
    first: dict[int, tuple[float, bool]] = {}
    for number, _, right, probability in held_out:
        if number not in first or probability > first[number][0]:
            first[number] = (probability, right)
    lines = ["least probability: answered of the answerable, right first of the answerable, abstained"]
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        given = [(q, first[n]) for n, q in enumerate(questions) if n in first]
        answerable = [(p >= least, right) for q, (p, right) in given if q.answers]
        abstained = [p < least for q, (p, _) in given if not q.answers]
        answered = np.mean([shown for shown, _ in answerable])
        right_first = np.mean([shown and right for shown, right in answerable])
        lines.append(f"{least:.2f}: {answered:.1%}, {right_first:.1%}, {np.mean(abstained):.1%}")
    return [*lines, _calibration_error(list(first.values()))]


def _calibration_error(first: Sequence[tuple[float, bool]], bins: int = 10) -> str:
    """Return the expected calibration error (Guo et al. 2017, section 2) of the first answers."""
    probability = np.array([p for p, _ in first])
    right = np.array([r for _, r in first])
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [abs(probability[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place)]
    return f"expected calibration error of first answers, held out: {sum(gaps):.3f}"
