"""The normal form of article text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import clean_line, clean_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\t\tb\u00a0c   d  \nnext", "a b c d\nnext"),
        ("zero\u200bwidth\ufeff \u202ebidi\u202c soft\u00adhyphen \x07bell", "zerowidth bidi softhyphen bell"),
        ("Cafe\u0301 Rodri\u0301guez", "Café Rodríguez"),
        ("broken \ud83d surrogate", "broken \ufffd surrogate"),
        ("a\n\n\n\nb\n \n \nc", "a\n\nb\n\nc"),
        ("  outer  \n", "outer"),
        ("para\u2029graph\u2028line", "para\n\ngraph\nline"),
        ("", ""),
    ],
)
def test_clean_text(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


def test_nothing_else_is_changed() -> None:
    text = "“It cost $1½ — or so,” he said…\n\nHawai‘i won 1 – 0; x < y & *z*"
    assert clean_text(text) == text


@given(st.text(st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once


@given(st.text(st.sampled_from(" \t\n\r\u00a0\u2000\u0301\u200be\u2029\x85\ud800"), max_size=30))
def test_cleaning_twice_changes_nothing_on_odd_characters(raw: str) -> None:
    once = clean_text(raw)
    assert clean_text(once) == once
    assert "\n\n\n" not in once
    assert "  " not in once


def test_clean_line_has_no_line_ends() -> None:
    assert clean_line(" Two\n\n lines\tof it ") == "Two lines of it"
