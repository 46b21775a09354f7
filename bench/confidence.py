"""How honest probabilities are: held against how often answers are right, and used to choose what to answer."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.squad.evaluate import calibration_error

BINS = 10

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the questions of a set.

    Attributes:
        name: Of the set, as it stands in titles.
        probability: How likely each first answer was said to be right; shape (questions,). 0 where none was found.
        right: Whether it was; shape (questions,).
    """

    name: str
    probability: Floats
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions of one step of probability: their mean probability and the share right; None without questions."""

    questions: int
    probability: float | None
    right: float | None


def reliability(outcomes: Outcomes, bins: int = BINS) -> list[Bin]:
    """Return the questions in ``bins`` equal steps of probability (DeGroot and Fienberg 1983)."""
    place = np.minimum((outcomes.probability * bins).astype(int), bins - 1)
    members = [place == number for number in range(bins)]
    return [
        Bin(int(one.sum()), float(outcomes.probability[one].mean()), float(outcomes.right[one].mean()))
        if one.any()
        else Bin(0, None, None)
        for one in members
    ]


def risk_coverage(outcomes: Outcomes) -> tuple[Floats, Floats]:
    """Return the risk-coverage curve (El-Yaniv and Wiener 2010).

    Answers of equal probability go in together, so that their order does not matter: each brings the mean of them.

    Returns:
        Coverage, the share of all questions that are answered, for one answer and more up to all that were found; and
        risk, the share of those answers that are wrong. Both have shape (answers found,).
    """
    order = np.argsort(-outcomes.probability, kind="stable")
    order = order[outcomes.probability[order] > 0]
    probability, wrong = outcomes.probability[order], np.cumsum(~outcomes.right[order])
    answered = np.arange(1, order.size + 1)
    last_of_equals = np.append(probability[1:] < probability[:-1], True)[: order.size]
    ends = np.append(0, answered[last_of_equals])
    errors = np.interp(answered, ends, np.append(0, wrong[last_of_equals]))
    return answered / outcomes.probability.size, errors / answered


def best_order(outcomes: Outcomes) -> Outcomes:
    """Return the outcomes of probabilities that put all right answers before all wrong ones."""
    return Outcomes(outcomes.name, np.where(outcomes.probability > 0, (1 + outcomes.right) / 2, 0.0), outcomes.right)


def area(risk: Floats, questions: int) -> float:
    """Return the area under a risk-coverage curve, 0 to 1 and best low; what is never answered adds nothing."""
    return float(risk.sum() / questions)


def draw(outcomes: Outcomes, slug: str, folder: Path) -> str:
    """Draw both pictures, ``reliability-SLUG.svg`` and ``risk-coverage-SLUG.svg``, and return a line of figures."""
    from bench.pictures import draw_reliability, draw_risk_coverage

    questions = outcomes.probability.size
    error = calibration_error(outcomes.probability, outcomes.right, BINS)
    coverage, risk = risk_coverage(outcomes)
    under = area(risk, questions)
    folder.mkdir(parents=True, exist_ok=True)
    title = f"{outcomes.name}: expected calibration error {error:.3f}"
    draw_reliability(reliability(outcomes), title, folder / f"reliability-{slug}.svg")
    _, best = risk_coverage(best_order(outcomes))
    title = f"{outcomes.name}: area under risk-coverage {under:.3f}"
    draw_risk_coverage(coverage, risk, best, title, folder / f"risk-coverage-{slug}.svg")
    return f"{outcomes.name}: {questions:,} questions, ECE {error:.3f}, area under risk-coverage {under:.3f}"
