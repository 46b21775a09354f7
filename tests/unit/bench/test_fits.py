"""The two fits behind the calibration, by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from bench.calibrate import FOLDS, _Example, _held_out_scores, _platt, _weights
from bench.scoring import Question

QUESTION = Question("q", "How long is the fence?", "fact", None, (), ())


def test_scores_of_a_question_come_from_the_others() -> None:
    # With as many questions as folds each is left out once. The first is the only one that is not right.
    examples = [_Example(QUESTION, np.array([[1.0]]), np.array([number > 0])) for number in range(FOLDS)]
    scores = _held_out_scores(examples)
    assert scores[0] == pytest.approx(_weights(examples[1:]))
    assert scores[1] == pytest.approx(_weights([examples[0], *examples[2:]]))
    assert scores[0][0] > scores[1][0]


def _logit(*examples: tuple[Sequence[Sequence[float]], Sequence[bool]]) -> Sequence[float]:
    return list(_weights([_Example(QUESTION, np.array(x), np.array(right)) for x, right in examples]))


def test_weights_by_hand() -> None:
    # One candidate with x = 1 against "no answer": the loss w^2 / 2 - ln(1 / (1 + e^-w)) is least where
    # w = 1 / (1 + e^w), which 0.4010581 solves.
    (weight,) = _logit(([[1.0]], [True]))
    assert weight == pytest.approx(0.4010581, abs=1e-4)


def test_where_nothing_is_right_the_weight_is_as_far_below_nought() -> None:
    (weight,) = _logit(([[1.0]], [False]))
    assert weight == pytest.approx(-0.4010581, abs=1e-4)


def test_several_right_candidates_are_right_together() -> None:
    # Either of two equal candidates will do, so they differ from "no answer" only by their number:
    # the likelihood of both is 2 e^w / (2 e^w + 1), so w = 1 / (2 e^w + 1), which 0.2752 solves.
    (weight,) = _logit(([[1.0], [1.0]], [True, True]))
    assert weight == pytest.approx(0.2752, abs=1e-4)


def test_more_questions_outweigh_the_penalty() -> None:
    few = _logit(([[1.0], [-1.0]], [True, False]))
    many = _logit(*[([[1.0], [-1.0]], [True, False])] * 20)
    assert many[0] > few[0] > 0


def test_a_question_that_counts_three_times_is_as_three_questions() -> None:
    one = _Example(QUESTION, np.array([[1.0], [-1.0]]), np.array([True, False]))
    thrice = _Example(QUESTION, one.x, one.right, weight=3.0)
    assert _weights([thrice]) == pytest.approx(_weights([one] * 3), abs=1e-4)


def test_platt_scaling_has_a_positive_slope_and_even_odds_in_the_middle() -> None:
    first = [(-3.0, False), (-2.0, False), (-1.0, True), (1.0, False), (2.0, True), (3.0, True)]
    slope, shift = _platt(first)
    assert slope > 0
    assert shift == pytest.approx(0.0, abs=1e-3)  # right and wrong lie symmetrically around 0


def test_platt_scaling_shifts_scores_that_are_too_high() -> None:
    first = [(score + 5.0, right) for score, right in [(-1.0, False), (0.5, False), (-0.5, True), (1.0, True)]]
    slope, shift = _platt(first)
    assert -shift / slope == pytest.approx(5.0, abs=1e-3)


def test_platt_scaling_leaves_out_where_nothing_was_found() -> None:
    first = [(-1.0, False), (0.5, False), (-0.5, True), (1.0, True)]
    assert _platt([*first, (-math.inf, False)]) == _platt(first)
