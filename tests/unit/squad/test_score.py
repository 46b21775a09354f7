"""The SQuAD metric, against values computed by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.squad.score import Judged, Scores, best_threshold, exact_match, f1, judge, normalize, scores


def test_words_are_normalized() -> None:
    assert normalize(" The  quick-brown, fox's A theme. ") == "quickbrown foxs theme"


@pytest.mark.parametrize(
    ("predicted", "gold", "em", "overlap"),
    [
        ("The Eiffel Tower", "Eiffel tower.", 1.0, 1.0),
        ("in May 1932", "1932", 0.0, 0.5),  # precision 1/3, recall 1
        ("to be to", "to to or not", 0.0, 4 / 7),  # "to" is shared twice
        ("the", "a", 1.0, 1.0),
        ("the", "tower", 0.0, 0.0),
    ],
)
def test_pairs(predicted: str, gold: str, em: float, overlap: float) -> None:
    assert exact_match(predicted, gold) == em
    assert f1(predicted, gold) == pytest.approx(overlap)


def test_the_nearest_answer_counts() -> None:
    assert judge("in 1932", -1.0, ["1932", "in 1932"]) == Judged(True, 1.0, 1.0, -1.0)
    assert judge("1932", -1.0, []) == Judged(False, 0.0, 0.0, -1.0)
    assert judge("1932", -1.0, ["the"]) == Judged(False, 0.0, 0.0, -1.0)


ITEMS = [Judged(True, 1, 1, -3), Judged(True, 0, 0.5, 1), Judged(False, 0, 0, -1), Judged(False, 0, 0, 2)]


def test_scores_at_a_threshold() -> None:
    assert scores(ITEMS, 0.0) == Scores(0.0, em=50.0, f1=50.0, hasans_em=50.0, hasans_f1=50.0, noans_f1=50.0)
    assert scores(ITEMS, -2.0) == Scores(-2.0, em=75.0, f1=75.0, hasans_em=50.0, hasans_f1=50.0, noans_f1=100.0)
    assert scores(ITEMS[:2], math.inf) == Scores(math.inf, 50.0, 75.0, 50.0, 75.0, None)


def test_an_empty_set_is_refused() -> None:
    with pytest.raises(ValueError, match="no question"):
        scores([], 0.0)


def test_the_best_threshold_by_hand() -> None:
    assert best_threshold(ITEMS) == -3
    assert best_threshold(ITEMS[2:]) == -math.inf


judged = st.builds(Judged, st.booleans(), st.just(0.0), st.sampled_from([0.0, 0.5, 1.0]), st.integers(-4, 4).map(float))


@given(st.lists(judged, min_size=1, max_size=30))
def test_no_threshold_beats_the_best(items: list[Judged]) -> None:
    best = scores(items, best_threshold(items)).f1
    assert best == max(scores(items, threshold).f1 for threshold in [-math.inf, *range(-5, 6)])
