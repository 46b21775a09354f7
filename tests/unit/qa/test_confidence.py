"""Logistic models and the file they come from."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ModelError
from qa.answers import Candidate
from qa.confidence import CALIBRATION_FILE, UNCALIBRATED, Calibration, Logistic
from qa.records import AnswerKind
from tests.unit.qa.conftest import make_article


def _candidate(kind: AnswerKind, **features: float) -> Candidate:
    return Candidate(make_article("text"), 0, 4, kind, features)


def _write(folder: Path, content: Any) -> Path:  # noqa: ANN401 - anything JSON can hold
    path = folder / CALIBRATION_FILE
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return folder


def test_probability_by_hand() -> None:
    # 1 + 0.5 * 4 - 2 * 1.5 = 0, and the odds are even.
    model = Logistic(1.0, {"margin": 0.5, "echo": -2.0})
    assert model.probability({"margin": 4.0, "echo": 1.5}) == 0.5
    # ln 3 more makes the odds 3 : 1.
    assert model.probability({"margin": 4.0 + 2 * math.log(3), "echo": 1.5}) == pytest.approx(0.75)


def test_features_the_model_does_not_know_count_nothing() -> None:
    assert Logistic(0.0, {}).probability({"margin": 99.0}) == 0.5


def test_very_large_features_do_not_overflow() -> None:
    model = Logistic(0.0, {"margin": 1.0})
    assert model.probability({"margin": 1e6}) == pytest.approx(1.0)
    assert model.probability({"margin": -1e6}) == pytest.approx(0.0)


@given(st.floats(-20, 20), st.floats(-20, 20))
def test_a_higher_margin_is_never_less_likely(one: float, other: float) -> None:
    model = UNCALIBRATED[AnswerKind.SPAN]
    low, high = sorted((one, other))
    assert 0.0 < model.probability({"margin": low}) <= model.probability({"margin": high}) < 1.0


def test_a_reader_without_calibration_gets_its_plain_margin(tmp_path: Path) -> None:
    calibration = Calibration.load(tmp_path)
    for kind in AnswerKind:
        assert calibration.probability(_candidate(kind, margin=0.0)) == 0.5
        assert calibration.probability(_candidate(kind, margin=math.log(4))) == pytest.approx(0.8)


def test_each_kind_has_its_own_model(tmp_path: Path) -> None:
    span, statement = {"bias": 0, "weights": {"margin": 1}}, {"bias": math.log(9), "weights": {}}
    calibration = Calibration.load(_write(tmp_path, {"span": span, "statement": statement}))
    assert calibration.probability(_candidate(AnswerKind.SPAN, margin=0.0)) == 0.5
    assert calibration.probability(_candidate(AnswerKind.STATEMENT, margin=0.0)) == pytest.approx(0.9)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "1",
        {"span": {"bias": 0, "weights": {}}},
        {"span": {"bias": "much", "weights": {}}, "statement": {"bias": 0, "weights": {}}},
        {"span": {"bias": 0}, "statement": {"bias": 0, "weights": {}}},
        {"span": {"bias": 0, "weights": 3}, "statement": {"bias": 0, "weights": {}}},
    ],
)
def test_a_damaged_file_is_named(tmp_path: Path, content: Any) -> None:  # noqa: ANN401
    with pytest.raises(ModelError, match=f"{CALIBRATION_FILE} is damaged.*Restore it"):
        Calibration.load(_write(tmp_path, content))
