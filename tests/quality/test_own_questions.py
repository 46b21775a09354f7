"""Answers to the project's own questions stay as good as they were: pinned floors that only rise.

One set was developed on; the other is kept apart, and nothing is chosen by it.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.labelled import read_labels
from bench.news import ask_all, fill
from bench.own_questions import APART, DEVELOPED, QUESTIONS, write_set
from bench.scoring import Row, read_questions, score
from qa.engine import Engine

pytestmark = [pytest.mark.models, pytest.mark.quality]

QUESTIONS_SHA256 = "7ed3c40ccbbd9a442e4d25c0fa504bb99058fa2df4071908b9160bc496bd47af"
# Measured with the bundled models, less one question for the rounding of other CPUs: `python -m bench questions DIR`,
# then `python -m bench answers --data DIR`.
FLOORS: dict[str, dict[str, dict[str, float]]] = {
    DEVELOPED: {
        "statement": {"first": 173 / 212, "among_three": 193 / 212},
        "followup": {"first": 55 / 77},
        "all": {
            "first": 344 / 416,
            "among_three": 371 / 416,
            "source": 390 / 416,
            "answered": 395 / 416,
            "abstained": 53 / 84,
        },
    },
    APART: {
        "statement": {"first": 54 / 64, "among_three": 58 / 64},
        "followup": {"first": 12 / 22},
        "all": {
            "first": 100 / 121,
            "among_three": 108 / 121,
            "source": 110 / 121,
            "answered": 111 / 121,
            "abstained": 29 / 38,
        },
    },
}


@pytest.fixture(scope="module")
def rows(
    open_engine: Callable[[str], Engine], shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, Row]]:
    found = {}
    for name in FLOORS:
        folder = tmp_path_factory.mktemp(name)
        write_set([row for row in read_labels([QUESTIONS]) if row["set"] == name], shared / "data", folder)
        engine = open_engine(name)
        articles = fill(engine.library, folder / "articles.json")
        questions = read_questions(folder / "questions.json")
        found[name] = {row.type: row for row in score(questions, ask_all(engine, questions), articles)}
    return found


def test_questions_are_those_the_floors_were_measured_with() -> None:
    assert hashlib.sha256(QUESTIONS.read_bytes()).hexdigest() == QUESTIONS_SHA256


@pytest.mark.parametrize(
    ("name", "kind", "figure"),
    [(name, kind, figure) for name, of in FLOORS.items() for kind in of for figure in of[kind]],
)
def test_figure_does_not_fall(rows: dict[str, dict[str, Row]], name: str, kind: str, figure: str) -> None:
    assert getattr(rows[name][kind], figure) >= FLOORS[name][kind][figure]
