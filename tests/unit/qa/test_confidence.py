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
from qa.candidates import FEATURES
from qa.confidence import CALIBRATION_FILE, UNCALIBRATED, Calibration, Logistic
from qa.reader import BUNDLED_FOLDER
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
    model = Logistic(1.0, {"margin": 0.5, "coverage": -2.0})
    assert model.probability({"margin": 4.0, "coverage": 1.5}) == 0.5
    # ln 3 more makes the odds 3 : 1.
    assert model.probability({"margin": 4.0 + 2 * math.log(3), "coverage": 1.5}) == pytest.approx(0.75)


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


@pytest.mark.parametrize("weight", ["much", None, []])
def test_a_weight_that_is_no_number_is_damage(tmp_path: Path, weight: Any) -> None:  # noqa: ANN401
    model = {"bias": 0, "weights": {"margin": weight}}
    with pytest.raises(ModelError, match=f"{CALIBRATION_FILE} is damaged"):
        Calibration.load(_write(tmp_path, {"span": model, "statement": model}))


def test_a_feature_that_no_candidate_of_the_kind_has_is_refused(tmp_path: Path) -> None:
    # "fits" is a feature of spans, not of statements.
    content = {
        "span": {"bias": 0, "weights": {"margin": 1, "fits": 1, "echo": 1}},
        "statement": {"bias": 0, "weights": {"fits": 1}},
    }
    with pytest.raises(ModelError, match=r"\(span: echo, statement: fits\).*fit it again"):
        Calibration.load(_write(tmp_path, content))


@pytest.mark.parametrize("kind", AnswerKind)
def test_each_feature_of_a_kind_may_be_weighed(tmp_path: Path, kind: AnswerKind) -> None:
    content: dict[str, Any] = {k: {"bias": 0, "weights": {}} for k in AnswerKind}
    content[kind]["weights"] = dict.fromkeys(FEATURES[kind], 1)
    loaded = Calibration.load(_write(tmp_path, content))
    assert loaded.probability(_candidate(kind, **dict.fromkeys(FEATURES[kind], 0.0))) == 0.5


def test_the_bundled_reader_has_a_calibration_that_fits_this_version() -> None:
    assert (BUNDLED_FOLDER / CALIBRATION_FILE).is_file()
    models = Calibration.load(BUNDLED_FOLDER).models
    # The higher the margin and the less it is behind the best, the likelier.
    assert all(model.weights["margin"] - model.weights["behind"] > 0 for model in models.values())
