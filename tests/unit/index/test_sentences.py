"""Sentences of news prose."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. Then it snowed.", ["It rained.", "Then it snowed."]),
        ("Sen. Mark Kelly met Dr. Ann J. Lee. They spoke.", ["Sen. Mark Kelly met Dr. Ann J. Lee.", "They spoke."]),
        ("The U.S. Senate voted at 5 p.m. Tuesday.", ["The U.S. Senate voted at 5 p.m. Tuesday."]),
        ("He left the U.S. The vote came at 5 p.m. She was late.",
         ["He left the U.S.", "The vote came at 5 p.m.", "She was late."]),
        ("On Jan. 6 it fell 3.5 percent to $1.2 million. No. 2 was out.",
         ["On Jan. 6 it fell 3.5 percent to $1.2 million.", "No. 2 was out."]),
        ("“We won.” She smiled. “Why?” Smith asked. “Because!”",
         ["“We won.”", "She smiled.", "“Why?” Smith asked.", "“Because!”"]),
        ('"It is over," he said. "Go home."', ['"It is over," he said.', '"Go home."']),
        ("He said “it is done.”She left.", ["He said “it is done.”", "She left."]),
        ("It was late... and dark. Wait… Now.", ["It was late... and dark.", "Wait…", "Now."]),
        ("A heading\n\nA text without stop", ["A heading", "A text without stop"]),
        ("1. The committee meets. 2. It votes.", ["1. The committee meets.", "2. It votes."]),
        ("They live in Boston, Mass. Police came.", ["They live in Boston, Mass. Police came."]),
        ("Was it the plan? Yes! It was.", ["Was it the plan?", "Yes!", "It was."]),
        ("St. Louis beat Acme Inc. in Aug. 2021. Fans cheered.",
         ["St. Louis beat Acme Inc. in Aug. 2021.", "Fans cheered."]),
        ("Rep. Earl L. “Buddy” Carter spoke.", ["Rep. Earl L. “Buddy” Carter spoke."]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_rules(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet=st.sampled_from('Aa .!?…"”“’)\n1US.MrJ')) | st.text())
def test_nothing_but_space_is_left_out(text: str) -> None:
    spans = sentence_spans(text)
    covered = {i for start, end in spans for i in range(start, end)}
    assert all(i in covered or text[i].isspace() for i in range(len(text)))
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("piece", [".", "Mr. X", "1. ", ".”", "U.S. A ", "\n", "\n ", " "])
def test_time_is_linear(piece: str) -> None:
    begun = time.process_time()
    sentence_spans(piece * 60_000)
    assert time.process_time() - begun < 5.0  # quadratic would take minutes
