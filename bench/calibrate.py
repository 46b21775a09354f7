"""Fit the logistic models that turn a candidate's features into a probability.

Two steps. A conditional logit over all candidates of a question and "no answer" (McFadden 1974) learns what makes one
candidate better than another. Platt scaling of its scores (Platt 1999) then makes the probability of a first answer
the share of such answers that are right. Both are fitted on development questions; the report is by cross-validation.
Questions to a large archive help with the first step, since only there do several articles say the same, and asked of
the news they teach what strays look like.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.choices import Choice, Floats, conditional_logit
from bench.scoring import Question, is_right
from index.errors import ModelError
from qa.answers import Candidate
from qa.confidence import Logistic
from qa.engine import Engine
from qa.query import understand
from qa.records import AnswerKind
from qa.squad.evaluate import calibration_error

FOLDS = 10
# Weight of the squared penalty on standardised features: two hundred questions carry no more than that.
PENALTY = 0.5
# A question to the archive counts less: its answers are matched as strings, so right ones are often taken for wrong.
ARCHIVE_WEIGHT = 0.1
# Questions that were held out of the training are five times as many as those of the sets that are developed on.
HELD_OUT_WEIGHT = 0.4
# The same questions, asked of the news, are strays: nothing there answers them, whatever it looks like.
STRAY_WEIGHT = 0.1


@dataclass(frozen=True, slots=True)
class _Example:
    """One question: its candidates as rows of ``x``, which of them are right, and how much it counts."""

    question: Question
    x: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, the library they are asked of, and how much each counts where weights are fitted."""

    engine: Engine
    questions: Sequence[Question]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """The likeliest candidate of a question; one of probability 0, and not right, where nothing was found."""

    question: Question
    probability: float
    right: bool


def fit(news: Sequence[Asked], output: Path, archive: Asked | None = None) -> str:
    """Fit on development questions, write the calibration, and return a report with cross-validated figures.

    The entry of the reader alone in ``output`` stays as it is.

    Args:
        news: Fit both steps, and are reported on. The first, too, is asked the questions to the archive.
        output: The file.
        archive: Helps with the first step.

    Raises:
        ModelError: ``output`` is there and damaged.
    """
    examples, columns, scale = _examples(news, archive)
    scores = _held_out_scores(examples)
    count = sum(len(one.questions) for one in news)
    slope, shift = _platt([_first(e, s) for e, s in zip(examples[:count], scores[:count], strict=True)])
    weights = slope * _weights(examples) / scale
    write_entries(_as_calibration(columns, weights, shift), output)
    report = _report(_held_out_answers(examples[:count], scores[:count]))
    if archive is None:
        return report
    first = [_first(e, s) for e, s in zip(examples, scores, strict=True)]
    right = [one[1] for one in first[count : count + len(archive.questions)]]
    sure = [_probability(score, slope, shift) for score, _ in first[count + len(archive.questions) :]]
    answered = ", ".join(
        f"{least:.2f}: {np.mean(np.array(sure) >= least):.1%}" for least in (0.3, 0.35, 0.4, 0.45, 0.5)
    )
    return (
        f"{report}\n{len(right)} questions to the archive: {np.mean(right):.1%} right first\n"
        f"the same asked of the news, least probability: answered\n{answered}"
    )


def first_answers(news: Sequence[Asked], archive: Asked | None = None) -> list[FirstAnswer]:
    """Return the first answer to each question over news, by a calibration that was fitted without the question."""
    examples, _, _ = _examples(news, archive)
    count = sum(len(one.questions) for one in news)
    return _held_out_answers(examples[:count], _held_out_scores(examples)[:count])


def write_entries(entries: Mapping[str, object], output: Path) -> None:
    """Write entries of a calibration; others that the file holds stay as they are.

    Raises:
        ModelError: The file is there and damaged.
    """
    try:
        before = json.loads(output.read_text("utf-8")) if output.is_file() else {}
        both = before | dict(entries)
    except (ValueError, TypeError) as error:
        raise ModelError(f"{output} is damaged: {error}. Remove it, or restore it from the repository.") from error
    output.write_text(json.dumps(both, indent=2) + "\n", "utf-8")


def _examples(
    news: Sequence[Asked], archive: Asked | None
) -> tuple[list[_Example], list[tuple[AnswerKind, str]], Floats]:
    """Find the candidates of all questions; return them, their columns, and the scale of each column."""
    asked = [(one, q, one.weight) for one in news for q in one.questions]
    if archive:
        asked += [(archive, q, ARCHIVE_WEIGHT) for q in archive.questions]
        asked += [(news[0], replace(q, answers=()), STRAY_WEIGHT) for q in archive.questions]
    found = [of.engine.find(understand(q.question, q.history))[1] for of, q, _ in asked]
    columns = _columns(found)
    scale = _scale(found, columns)
    examples = [
        _Example(
            q, _matrix(some, columns) / scale, np.array([is_right(c.text, q.answers) for c in some], dtype=bool), w
        )
        for (_, q, w), some in zip(asked, found, strict=True)
    ]
    return examples, columns, scale


def _columns(found: Sequence[Sequence[Candidate]]) -> list[tuple[AnswerKind, str]]:
    """Return the columns: for each kind its bias, named "", and its features."""
    names = {candidate.kind: list(candidate.features) for some in found for candidate in some}
    return [(kind, name) for kind in AnswerKind for name in ["", *names.get(kind, [])]]


def _matrix(candidates: Sequence[Candidate], columns: Sequence[tuple[AnswerKind, str]]) -> Floats:
    rows = [
        [0.0 if c.kind is not kind else c.features[name] if name else 1.0 for kind, name in columns] for c in candidates
    ]
    return np.array(rows).reshape(len(candidates), len(columns))


def _scale(found: Sequence[Sequence[Candidate]], columns: Sequence[tuple[AnswerKind, str]]) -> Floats:
    """Return the standard deviation of each feature among the candidates of its kind; 1 where it does not vary."""
    flat = [candidate for some in found for candidate in some]
    spread = [np.std([c.features[name] for c in flat if c.kind is kind]) if name else 1.0 for kind, name in columns]
    deviations = np.array(spread)
    return np.where(deviations > 1e-9, deviations, 1.0)


def _weights(examples: Sequence[_Example]) -> Floats:
    """Return the weights that make the right candidates (or "no answer", with score 0) likeliest."""
    return conditional_logit([_choice(example) for example in examples], PENALTY)


def _choice(example: _Example) -> Choice:
    # "No answer" is a candidate whose features, and so whose score, are zero.
    x = np.vstack([example.x, np.zeros(example.x.shape[1])])
    return Choice(x, np.append(example.right, not example.right.any()), example.weight)


def _held_out_scores(examples: Sequence[_Example]) -> list[Floats]:
    """Return the scores of each question's candidates by weights that were fitted without that question."""
    scores: list[Floats] = [np.zeros(0)] * len(examples)
    for fold in range(FOLDS):
        weights = _weights([e for number, e in enumerate(examples) if number % FOLDS != fold])
        for number in range(fold, len(examples), FOLDS):
            scores[number] = examples[number].x @ weights
    return scores


def _first(example: _Example, scores: Floats) -> tuple[float, bool]:
    if not scores.size:
        return -math.inf, False
    best = int(scores.argmax())
    return float(scores[best]), bool(example.right[best])


def _platt(first: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and shift of the logistic curve from the score of a first answer to its being right."""
    from sklearn.linear_model import LogisticRegression

    found = [(score, right) for score, right in first if math.isfinite(score)]
    model = LogisticRegression().fit(np.array([[score] for score, _ in found]), [right for _, right in found])
    return float(model.coef_[0][0]), float(model.intercept_[0])


def _held_out_answers(examples: Sequence[_Example], scores: Sequence[Floats]) -> list[FirstAnswer]:
    """Return the first answers; the Platt scaling of each, too, is fitted without its question."""
    first = [_first(e, s) for e, s in zip(examples, scores, strict=True)]
    curves = [_platt([one for number, one in enumerate(first) if number % FOLDS != fold]) for fold in range(FOLDS)]
    answers = []
    for number, (score, right) in enumerate(first):
        probability = _probability(score, *curves[number % FOLDS])
        answers.append(FirstAnswer(examples[number].question, probability, right))
    return answers


def _probability(score: float, slope: float, shift: float) -> float:
    """Return how likely a first answer is right; 0 where there is none."""
    return Logistic(shift, {"score": slope}).probability({"score": score}) if math.isfinite(score) else 0.0


def _as_calibration(columns: Sequence[tuple[AnswerKind, str]], weights: Floats, shift: float) -> dict[str, object]:
    calibration: dict[str, object] = {}
    for kind in AnswerKind:
        own = {name: float(weight) for (k, name), weight in zip(columns, weights, strict=True) if k is kind}
        bias = own.pop("") + shift
        calibration[kind.value] = {"bias": round(bias, 4), "weights": {n: round(w, 4) for n, w in own.items()}}
    return calibration


def _report(answers: Sequence[FirstAnswer]) -> str:
    """Return what first answers are worth at several thresholds, and how honest their probabilities are."""
    lines = [f"{len(answers)} questions; by cross-validation:", "least probability: answered, right first, abstained"]
    for least in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        answerable = [(answer.probability >= least, answer.right) for answer in answers if answer.question.answers]
        abstained = np.mean([answer.probability < least for answer in answers if not answer.question.answers])
        answered = np.mean([given for given, _ in answerable])
        right_first = np.mean([given and right for given, right in answerable])
        lines.append(f"{least:.2f}: {answered:.1%}, {right_first:.1%}, {abstained:.1%}")
    error = calibration_error(np.array([a.probability for a in answers]), np.array([a.right for a in answers]))
    return "\n".join([*lines, f"expected calibration error of first answers: {error:.3f}"])
