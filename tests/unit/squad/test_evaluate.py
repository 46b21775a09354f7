"""Figures of a reader whose answers are known."""

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.confidence import UNCALIBRATED, Calibration, Logistic
from qa.reader import Context, Found
from qa.squad.evaluate import CHUNK, answer, calibration_error, difference, probabilities, read_sample, report
from qa.squad.examples import Example, Gold
from qa.squad.score import Judged

PLAIN = Calibration(UNCALIBRATED)
CONTEXT = "The harbor opened on Monday in heavy rain."


class FirstWord:
    """Finds the first and, with a lower margin, the last word of every context."""

    def find(
        self, questions: Sequence[str], contexts: Sequence[Context], max_answer_tokens: int, spans_per_window: int
    ) -> list[Found]:
        """Return the two spans of each context, the worse one first."""
        assert len(questions) == len(contexts)
        assert (max_answer_tokens, spans_per_window) == (30, 1)
        found = []
        for place, context in enumerate(contexts):
            if context.text:
                found.append(Found(place, 0, context.text.index(" "), 3.0, 1.0))
                found.append(Found(place, context.text.rindex(" ") + 1, len(context.text), 3.0, 2.0))
        return found[::-1]


def example(number: int, context: str, gold: str) -> Example:
    golds = (Gold(gold, context.index(gold)),) if gold else ()
    return Example(str(number), "What?", context, golds)


def judged(answerable: bool, f1: float, margin: float, em: float = 0.0) -> Judged:
    return Judged(answerable=answerable, em=em, f1=f1, null_score_diff=-margin)


def test_the_span_with_the_highest_margin_is_judged() -> None:
    some = answer(FirstWord(), [example(0, "Harbor opens", "Harbor"), example(1, "Harbor opens", "opens")])
    assert [item.em for item in some] == [1.0, 0.0]
    assert [item.null_score_diff for item in some] == [-2.0, -2.0]


def test_a_context_without_words_counts_as_refused() -> None:
    (item,) = answer(FirstWord(), [Example("0", "What?", "", ())])
    assert item == Judged(answerable=False, em=0.0, f1=0.0, null_score_diff=math.inf)


def test_answers_keep_the_order_of_the_questions_over_many_chunks() -> None:
    examples = [example(n, f"word{n} rest", f"word{n}" if n % 2 else "rest") for n in range(CHUNK + 3)]
    heard: list[int] = []
    assert [item.em for item in answer(FirstWord(), examples, heard.append)] == [n % 2 for n in range(CHUNK + 3)]
    assert heard == [CHUNK, 3]


def test_no_answer_is_given_where_the_reader_prefers_none() -> None:
    items = [judged(True, 1.0, 3.0, 1.0), judged(True, 0.5, -1.0), judged(False, 0.0, -1.0), judged(False, 0.0, 3.0)]
    figures = report(items, PLAIN)
    assert (figures["threshold"], figures["f1"], figures["hasans_f1"], figures["noans_f1"]) == (0.0, 50.0, 50.0, 50.0)
    assert figures["best"]["f1"] == 50.0
    assert figures["ece"] is None
    fitted = report(items, Calibration(UNCALIBRATED, Logistic(-1.0, {"margin": 1.0})))
    # Margin 3 is likely by 0.881, margin -1 by 0.119; each is right once of twice.
    assert fitted["ece"] == pytest.approx(0.3808, abs=1e-4)


def test_a_set_without_unanswerable_questions_gets_an_answer_to_each() -> None:
    result = report([judged(True, 1.0, -9.0, 1.0), judged(True, 0.5, 1.0)], PLAIN)
    assert (result["threshold"], result["em"], result["f1"], result["noans_f1"]) == (None, 50.0, 75.0, None)
    assert result["intervals"]["noans_f1"] is None
    assert "best" not in result


def test_intervals_hold_the_mean_and_narrow_with_more_questions() -> None:
    few = report([judged(True, n % 2, 1.0) for n in range(20)], PLAIN)["intervals"]["f1"]
    many = report([judged(True, n % 2, 1.0) for n in range(2000)], PLAIN)["intervals"]["f1"]
    assert few[0] < many[0] < 50.0 < many[1] < few[1]
    # The standard error of a share of one half among 2,000 is 1.118 points.
    assert many[1] - many[0] == pytest.approx(2 * 1.96 * 1.118, abs=0.3)


def test_the_difference_of_two_readers_is_paired() -> None:
    theirs = [judged(True, float(n % 2), 1.0) for n in range(100)]
    ours = [judged(True, 1.0 if n < 10 else float(n % 2), 1.0) for n in range(100)]
    gap = difference(ours, theirs, (0.0, 0.0))
    assert gap["f1"] == 5.0
    assert 0.0 < gap["interval"][0] < 5.0 < gap["interval"][1] < 12.0
    assert difference(ours, ours, (0.0, 0.0)) == {"f1": 0.0, "interval": [0.0, 0.0]}


def test_each_reader_answers_from_its_own_threshold() -> None:
    items = [judged(True, 1.0, 1.0)]
    assert difference(items, items, (0.0, -2.0))["f1"] == 100.0


def test_calibration_error_by_hand() -> None:
    # Steps of a tenth: |0.05 - 0| of one quarter, |0.15 - 0.5| of two quarters, |0.95 - 1| of one quarter.
    probability = np.array([0.05, 0.15, 0.15, 0.95])
    right = np.array([False, True, False, True])
    assert calibration_error(probability, right) == pytest.approx(0.05 / 4 + 0.35 * 2 / 4 + 0.05 / 4)


def test_calibration_error_in_one_step_is_the_gap_of_the_means() -> None:
    assert calibration_error(np.array([0.1, 0.9]), np.array([False, False]), bins=1) == pytest.approx(0.5)


def test_certainty_belongs_to_the_last_step() -> None:
    # 0.95 and 1 are one step: |0.975 - 0.5|.
    assert calibration_error(np.array([0.95, 1.0]), np.array([True, False])) == pytest.approx(0.475)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_calibration_error_is_a_share_and_nought_for_an_oracle(first: list[tuple[float, bool]]) -> None:
    probability, right = np.array([p for p, _ in first]), np.array([r for _, r in first])
    assert -1e-9 <= calibration_error(probability, right) <= 1 + 1e-9
    assert calibration_error(right.astype(float), right) == 0.0


def test_probabilities_rise_with_the_margin_and_right_needs_half_the_words() -> None:
    items = [judged(True, 0.5, 2.0), judged(True, 0.49, 0.0), judged(False, 0.0, -2.0)]
    probability, right = probabilities(items, PLAIN)
    assert probability == pytest.approx([0.8808, 0.5, 0.1192], abs=1e-4)
    assert right.tolist() == [True, False, False]


def test_a_sample_is_drawn_by_its_seed(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    row = '{{"id": {}, "question": "What?", "context": "Rain.", "answers": []}}\n'
    path.write_text("".join(row.format(n) for n in range(20)), "utf-8")
    ids = [[e.id for e in read_sample(path, 5, seed)] for seed in (0, 0, 1)]
    assert ids[0] == ids[1] != ids[2]
    assert len(set(ids[0])) == 5
    assert len(read_sample(path)) == len(read_sample(path, 99)) == 20
