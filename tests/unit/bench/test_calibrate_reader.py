"""The fit of the reader alone, on margins whose curve is known."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from bench.calibrate_reader import fit_reader, weighted_calibration_error
from index.errors import ModelError, QuestionError
from qa.confidence import CALIBRATION_FILE, UNCALIBRATED, Calibration
from qa.squad.evaluate import calibration_error
from qa.squad.score import Judged


def _judged(count: int, bias: float, weight: float) -> list[Judged]:
    """Draw as many answerable questions as others; of margin m, 1 / (1 + exp(-bias - weight m)) are right.

    An answer is right only where the question is answerable, so half of them are: margins are drawn evenly around the
    middle of the curve, and those answers that are wrong are to unanswerable questions.
    """
    random = np.random.default_rng(3)
    margins = -bias / weight + random.uniform(-6, 6, count)
    right = random.random(count) < 1 / (1 + np.exp(-bias - weight * margins))
    return [Judged(bool(r), float(r), float(r), -float(m)) for m, r in zip(margins, right, strict=True)]


def test_a_known_curve_is_found_again(tmp_path: Path) -> None:
    report = fit_reader(_judged(20_000, -2.0, 0.5), tmp_path / CALIBRATION_FILE)
    reader = Calibration.load(tmp_path).reader
    assert reader is not None
    assert reader.bias == pytest.approx(-2.0, abs=0.15)
    assert reader.weights["margin"] == pytest.approx(0.5, abs=0.03)
    first, second = report.splitlines()
    assert first.startswith("20,000 questions; an answer is as likely right as not at a margin of ")
    assert float(first.split()[-1]) == pytest.approx(4.0, abs=0.15)
    assert float(second.split()[-1]) < 0.02


def test_how_many_unanswerable_questions_there_are_does_not_matter(tmp_path: Path) -> None:
    judged = _judged(500, -2.0, 0.5)
    fit_reader(judged, tmp_path / "one.json")
    fit_reader([*judged, *[item for item in judged if not item.answerable] * 3], tmp_path / "other.json")
    one, other = (json.loads((tmp_path / name).read_text())["reader"] for name in ("one.json", "other.json"))
    assert other["bias"] == pytest.approx(one["bias"], abs=1e-2)
    assert other["weights"]["margin"] == pytest.approx(one["weights"]["margin"], abs=1e-3)


def test_half_of_an_answer_is_right_and_less_is_wrong(tmp_path: Path) -> None:
    whole = _judged(500, 0.0, 1.0)
    # Answerable questions that are answered wrong, too.
    whole += [Judged(True, 0.0, 0.0, item.null_score_diff) for item in whole if not item.answerable][::2]
    half = [Judged(item.answerable, 0.0, 0.5 if item.f1 else 0.49, item.null_score_diff) for item in whole]
    fit_reader(half, tmp_path / "half.json")
    fit_reader(whole, tmp_path / "whole.json")
    assert (tmp_path / "half.json").read_text() == (tmp_path / "whole.json").read_text()


def test_other_entries_stay_and_a_first_file_gets_the_plain_margin(tmp_path: Path) -> None:
    judged = _judged(200, 0.0, 1.0)
    fit_reader(judged, tmp_path / CALIBRATION_FILE)
    assert Calibration.load(tmp_path).models == UNCALIBRATED
    entries = {"span": {"bias": 0.25, "weights": {}}, "statement": {"bias": 0.75, "weights": {"margin": 2.0}}}
    (tmp_path / CALIBRATION_FILE).write_text(json.dumps(entries), "utf-8")
    fit_reader(judged, tmp_path / CALIBRATION_FILE)
    written = json.loads((tmp_path / CALIBRATION_FILE).read_text("utf-8"))
    assert written.pop("reader")["weights"]["margin"] > 0
    assert written == entries


def test_questions_without_any_span_are_left_out(tmp_path: Path) -> None:
    judged = _judged(200, 0.0, 1.0)
    report = fit_reader([*judged, Judged(True, 0.0, 0.0, math.inf)], tmp_path / "one.json")
    assert report == fit_reader(judged, tmp_path / "other.json")


def test_what_cannot_be_fitted_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    output = tmp_path / CALIBRATION_FILE
    right, wrong, none = (Judged(True, 1, 1, -1.0), Judged(True, 0, 0, 0.0), Judged(False, 0, 0, 1.0))
    for judged in ([right, wrong], [wrong, none], []):
        with pytest.raises(QuestionError, match="needs questions without an answer"):
            fit_reader(judged, output)
    with pytest.raises(ModelError, match="no surer"):
        fit_reader([Judged(True, 1, 1, 1.0), Judged(False, 0, 0, -1.0)] * 5, output)
    assert not output.exists()


def test_weighted_calibration_error_by_hand() -> None:
    # Step 0.1 to 0.2: 3 x 0.15 - 1 x 0.85 = -0.4; step 0.9 to 1: 1 x -0.05. Over a weight of 5.
    probability, right = np.array([0.15, 0.15, 0.95]), np.array([False, True, True])
    assert weighted_calibration_error(probability, right, np.array([3.0, 1.0, 1.0])) == pytest.approx(0.45 / 5)


def test_equal_weights_make_the_plain_calibration_error() -> None:
    random = np.random.default_rng(5)
    probability, right = random.random(100), random.random(100) < 0.5
    plain = calibration_error(probability, right)
    assert weighted_calibration_error(probability, right, np.full(100, 2.0)) == pytest.approx(plain)
