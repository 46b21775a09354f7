"""Span decoding, against hand-computed values and against brute force."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.spans import TokenSpan, decode_spans


def _decode(starts: list[float], ends: list[float], mask: str, max_tokens: int, count: int) -> list[TokenSpan]:
    """Decode; ``mask`` has "x" where a token may begin or end an answer."""
    answerable = np.array([mark == "x" for mark in mask], dtype=bool)
    return decode_spans(np.array(starts, np.float32), np.array(ends, np.float32), answerable, max_tokens, count)


def test_the_best_pair_wins_not_the_best_start_and_the_best_end() -> None:
    # Best start is token 2 (5), best end token 0 (5); apart they would make an impossible span.
    # Possible: (0,0)=1+5=6, (0,1)=1+0=1, (0,2)=1+2=3, (1,1)=0, (1,2)=2, (2,2)=5+2=7.
    assert _decode([1, 0, 5], [5, 0, 2], "xxx", 3, 1) == [TokenSpan(2, 2, 7.0)]


def test_spans_are_best_first_and_do_not_overlap() -> None:
    # (1,2)=4+4=8 first; every other span over tokens 1 or 2 is then gone: (3,3)=3+0=3, (0,0)=1+1=2 are left.
    spans = _decode([1, 4, 0, 3], [1, 0, 4, 0], "xxxx", 4, 5)
    assert spans == [TokenSpan(1, 2, 8.0), TokenSpan(3, 3, 3.0), TokenSpan(0, 0, 2.0)]


def test_a_span_that_would_reach_over_a_taken_one_is_left_out() -> None:
    # (1,1)=20 is taken. (0,2)=5+5=10 would reach over it, so the ends are taken alone: (0,0)=5-1=4, (2,2)=-1+5=4.
    spans = _decode([5, 10, -1], [-1, 10, 5], "xxx", 3, 3)
    assert spans[0] == TokenSpan(1, 1, 20.0)
    assert sorted(spans[1:], key=lambda s: s.first) == [TokenSpan(0, 0, 4.0), TokenSpan(2, 2, 4.0)]


def test_no_span_is_longer_than_allowed() -> None:
    # The whole, (0,3)=9+9=18, has four tokens; with three allowed (1,3)=2+9=11 beats (0,2)=9+1=10.
    assert _decode([9, 2, 0, 0], [0, 0, 1, 9], "xxxx", 4, 1) == [TokenSpan(0, 3, 18.0)]
    assert _decode([9, 2, 0, 0], [0, 0, 1, 9], "xxxx", 3, 1) == [TokenSpan(1, 3, 11.0)]


def test_a_length_of_one_gives_single_tokens() -> None:
    assert _decode([3, 0], [0, 3], "xx", 1, 2) == [TokenSpan(0, 0, 3.0), TokenSpan(1, 1, 3.0)]


def test_masked_tokens_are_neither_start_nor_end_whatever_their_logits() -> None:
    assert _decode([99, 1, 2, 99], [99, 3, 1, 99], "-xx-", 4, 1) == [TokenSpan(1, 1, 4.0)]


def test_masked_tokens_in_the_middle_count_towards_the_length() -> None:
    # Tokens 0 and 3 are three apart: four tokens long.
    assert _decode([5, 0, 0, 0], [0, 0, 0, 5], "x--x", 4, 1) == [TokenSpan(0, 3, 10.0)]
    assert _decode([5, 0, 0, 0], [0, 0, 0, 5], "x--x", 3, 1) == [TokenSpan(0, 0, 5.0)]


def test_nothing_answerable_gives_nothing() -> None:
    assert _decode([1, 2], [1, 2], "--", 3, 3) == []
    assert _decode([], [], "", 3, 3) == []


def test_none_wanted_gives_none() -> None:
    assert _decode([1, 2], [1, 2], "xx", 3, 0) == []


def test_all_negative_logits_still_give_spans() -> None:
    assert _decode([-5, -9], [-9, -2], "xx", 2, 1) == [TokenSpan(0, 1, -7.0)]


@st.composite
def _logits(draw: st.DrawFn) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Whole numbers, so that sums are exact and ties happen."""
    size = draw(st.integers(0, 9))
    numbers = st.lists(st.integers(-20, 20), min_size=size, max_size=size)
    flags = st.lists(st.booleans(), min_size=size, max_size=size)
    return (
        np.array(draw(numbers), np.float32),
        np.array(draw(numbers), np.float32),
        np.array(draw(flags), dtype=bool),
    )


@given(_logits(), st.integers(1, 9), st.integers(0, 5))
def test_each_span_scores_what_brute_force_finds_among_the_free_ones(
    logits: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]], max_tokens: int, count: int
) -> None:
    starts, ends, answerable = logits
    allowed = [
        (first, last)
        for first in range(len(starts))
        for last in range(first, min(first + max_tokens, len(starts)))
        if answerable[first] and answerable[last]
    ]
    spans = decode_spans(starts, ends, answerable, max_tokens, count)
    taken: list[TokenSpan] = []
    for span in spans:
        free = [(f, e) for f, e in allowed if all(e < other.first or f > other.last for other in taken)]
        assert (span.first, span.last) in free
        assert span.logit == starts[span.first] + ends[span.last]
        assert span.logit == max(starts[f] + ends[e] for f, e in free)
        taken.append(span)
    left = [(f, e) for f, e in allowed if all(e < other.first or f > other.last for other in taken)]
    assert len(spans) == count or not left
