"""Decoding spans."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.predict import MAX_ANSWER_TOKENS, best_span

logits = st.lists(st.integers(-9, 9), min_size=3, max_size=50)


@given(st.data(), logits)
def test_the_best_span_of_all(data: st.DataObject, first: list[int]) -> None:
    last = data.draw(st.lists(st.integers(-9, 9), min_size=len(first), max_size=len(first)))
    begin, count = 2, len(first) - 2
    score, start, end = best_span(np.array(first, np.float32), np.array(last, np.float32), begin, count)
    legal = [(s, e) for s, e in product(range(count), repeat=2) if s <= e < s + MAX_ANSWER_TOKENS]
    assert (start, end) in legal
    assert score == max(first[begin + s] + last[begin + e] for s, e in legal)
    assert score == first[begin + start] + last[begin + end]


def test_question_and_padding_are_never_an_answer() -> None:
    high = np.array([9.0, 9.0, 1.0, 0.0, 9.0], np.float32)
    assert best_span(high, high, begin=2, count=2) == pytest.approx((2.0, 0, 0))
