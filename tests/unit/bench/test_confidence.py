"""Reliability and risk-coverage, by hand."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.confidence import BINS, Bin, Outcomes, area, best_order, draw, reliability, risk_coverage
from qa.squad.evaluate import calibration_error

ANSWERS = st.lists(st.tuples(st.sampled_from([0.05, 0.3, 0.5, 1.0]), st.booleans()), min_size=1, max_size=20)


def _outcomes(answers: Sequence[tuple[float, bool]]) -> Outcomes:
    return Outcomes("Set", np.array([p for p, _ in answers]), np.array([right for _, right in answers], dtype=bool))


def test_reliability_by_hand() -> None:
    bins = reliability(_outcomes([(0.2, False), (0.3, True), (0.9, True), (1.0, True)]), bins=4)
    assert bins[0] == Bin(1, 0.2, 0.0)
    assert bins[1] == Bin(1, 0.3, 1.0)
    assert bins[2] == Bin(0, None, None)
    # Certainty belongs to the last step.
    assert bins[3] == Bin(2, 0.95, 1.0)


@given(ANSWERS)
def test_the_gaps_of_the_bars_are_the_calibration_error(answers: list[tuple[float, bool]]) -> None:
    outcomes = _outcomes(answers)
    gaps = [
        one.questions / len(answers) * abs(one.probability - one.right)
        for one in reliability(outcomes)
        if one.probability is not None and one.right is not None
    ]
    assert sum(gaps) == pytest.approx(calibration_error(outcomes.probability, outcomes.right, BINS))


def test_risk_coverage_by_hand() -> None:
    # Most certain first: right, wrong, right, wrong.
    coverage, risk = risk_coverage(_outcomes([(0.1, False), (0.9, True), (0.5, True), (0.7, False)]))
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area(risk, 4) == pytest.approx((1 / 2 + 1 / 3 + 1 / 2) / 4)


def test_what_was_not_found_is_never_answered_but_counts() -> None:
    coverage, risk = risk_coverage(_outcomes([(0.0, False), (0.9, True), (0.0, False), (0.7, False)]))
    assert coverage.tolist() == [0.25, 0.5]
    assert risk.tolist() == [0.0, 0.5]
    assert area(risk, 4) == pytest.approx(0.125)


def test_answers_of_equal_probability_each_bring_the_mean_of_them() -> None:
    # One of the two equals is wrong: half an error each.
    _, risk = risk_coverage(_outcomes([(0.9, True), (0.5, False), (0.5, True)]))
    assert risk == pytest.approx([0, 0.5 / 2, 1 / 3])


def test_where_nothing_was_found_there_is_no_curve() -> None:
    coverage, risk = risk_coverage(_outcomes([(0.0, False)]))
    assert coverage.size == risk.size == 0
    assert area(risk, 1) == 0.0


@given(ANSWERS)
def test_the_order_of_the_questions_does_not_matter_and_the_best_order_is_best(
    answers: list[tuple[float, bool]],
) -> None:
    _, risk = risk_coverage(_outcomes(answers))
    _, turned = risk_coverage(_outcomes(answers[::-1]))
    _, best = risk_coverage(best_order(_outcomes(answers)))
    assert turned == pytest.approx(risk)
    assert (best <= risk + 1e-9).all()
    assert risk[-1] == pytest.approx(sum(not right for _, right in answers) / len(answers))


def test_the_best_order_leaves_out_what_was_not_found() -> None:
    coverage, risk = risk_coverage(best_order(_outcomes([(0.0, False), (0.2, True), (0.9, False), (0.3, True)])))
    assert coverage.tolist() == [0.25, 0.5, 0.75]
    assert risk == pytest.approx([0, 0, 1 / 3])


def test_both_pictures_are_drawn_and_the_figures_told(tmp_path: Path) -> None:
    line = draw(_outcomes([(0.1, False), (0.9, True), (0.5, True), (0.7, False)]), "set", tmp_path / "docs")
    # Gaps of the four steps: 0.1, 0.1, 0.5, 0.7; the area as above.
    assert line == "Set: 4 questions, ECE 0.350, area under risk-coverage 0.333"
    reliable, risky = ((tmp_path / "docs" / f"{name}-set.svg").read_text() for name in ("reliability", "risk-coverage"))
    assert "Set: expected calibration error 0.350" in reliable
    assert "Set: area under risk-coverage 0.333" in risky
