"""The questions of docs/samples.md, asked of the sample articles."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.scoring import is_right
from index.sources import Limits, read_paths
from qa.engine import Engine

pytestmark = [pytest.mark.models, pytest.mark.quality]

ROOT = Path(__file__).resolve().parents[2]
NO_ANSWER = "(no answer)"
# Of 28 different questions 26 are; one less for the rounding of other CPUs. Only ever raised.
LEAST_RIGHT = 25


@pytest.fixture(scope="module")
def engine(open_engine: Callable[[str], Engine]) -> Engine:
    engine = open_engine("samples")
    assert all(result.status == "added" for result in engine.library.add(read_paths([ROOT / "samples"], Limits())))
    return engine


def questions() -> dict[str, list[str]]:
    """Each question of the page with its right answers."""
    text = (ROOT / "docs" / "samples.md").read_text("utf-8")
    rows = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    start = next(i for i, row in enumerate(rows) if row[0].strip() == "Question") + 2
    asked: dict[str, list[str]] = {}
    for question, answer, *_ in rows[start:]:
        asked.setdefault(question.strip(), []).append(answer.strip())
    return asked


def test_the_sample_questions_are_answered(engine: Engine) -> None:
    right, wrong, previous = 0, [], ""
    for question, golds in questions().items():
        alone, _, after = question.partition(" (after")
        reply = engine.ask(alone, [previous] if after else [])
        previous = alone
        given = [answer.text for answer in reply.answers]
        good = given == [] if golds == [NO_ANSWER] else any(is_right(text, golds) for text in given)
        right += good
        if not good:
            wrong.append((question, golds, given))
    assert right >= LEAST_RIGHT, wrong
