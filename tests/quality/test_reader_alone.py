"""The bundled reader alone stays as good as it was: pinned floors on samples of published sets, which only rise.

A floor is refused where data or weights are not those it was measured with, so nobody lowers it by accident.
"""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from qa.confidence import Calibration
from qa.reader import BUNDLED_FOLDER, Reader, weights_digest
from qa.squad.evaluate import answer, read_sample, report
from tests.quality.test_news_dev import WEIGHTS_SHA256

pytestmark = [pytest.mark.models, pytest.mark.quality]

SAMPLE = 2000
DATA_SHA256 = {
    "squad-1.1-dev.jsonl.xz": "73906a78dc649ff650c1e3ea79ff1879bce0d925c279714a5263654dae66da26",
    "squad-2.0-dev.jsonl.xz": "8c9fedd5787dff9c98434c95e465a854ff2a433ead3fe4d59598987ff014b8c7",
}
# `python -m qa evaluate FILE --sample 2000`, less 0.5 for the rounding of other CPUs.
FLOORS = {
    "squad-1.1-dev.jsonl.xz": {"f1": 85.8},
    "squad-2.0-dev.jsonl.xz": {"f1": 74.7, "hasans_f1": 73.8, "noans_f1": 75.8},
}
MOST_CALIBRATION_ERROR = 0.063  # measured 0.060, over the whole set 0.037


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, dict[str, Any]]:
    reader, calibration = Reader.load(), Calibration.load(BUNDLED_FOLDER)
    folder = shared / "data" / "reader"
    return {name: report(answer(reader, read_sample(folder / name, SAMPLE)), calibration) for name in FLOORS}


@pytest.mark.parametrize("name", DATA_SHA256)
def test_data_are_those_the_floors_were_measured_with(shared: Path, name: str) -> None:
    assert hashlib.sha256((shared / "data" / "reader" / name).read_bytes()).hexdigest() == DATA_SHA256[name]


def test_weights_are_those_the_floors_were_measured_with() -> None:
    assert weights_digest() == WEIGHTS_SHA256


@pytest.mark.parametrize(("name", "figure"), [(name, figure) for name in FLOORS for figure in FLOORS[name]])
def test_figures_are_at_their_floors(reports: dict[str, dict[str, Any]], name: str, figure: str) -> None:
    assert reports[name][figure] >= FLOORS[name][figure]


def test_probabilities_are_honest(reports: dict[str, dict[str, Any]]) -> None:
    assert reports["squad-2.0-dev.jsonl.xz"]["ece"] <= MOST_CALIBRATION_ERROR
