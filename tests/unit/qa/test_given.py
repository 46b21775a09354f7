"""What answered the question before is left out of a follow-up's answers, where it answers that one better."""

import pytest

from qa.answers import Candidate
from qa.given import without_given
from qa.records import AnswerKind, Hit, Span
from tests.unit.qa.conftest import make_article, make_hit

TEXT = "In all 52% of the women and 41% of the men like it."


def _candidate(hit: Hit, words: str, margin: float, kind: AnswerKind = AnswerKind.SPAN) -> Candidate:
    start = TEXT.index(words)
    return Candidate(hit.article, start, start + len(words), kind, {"margin": margin})


def _earlier(hit: Hit, words: str, margin: float) -> Span:
    start = TEXT.index(words)
    return Span(hit, start, start + len(words), margin, 0.0)


@pytest.fixture
def hit() -> Hit:
    return make_hit(make_article(TEXT))


def test_the_answer_before_is_left_out(hit: Hit) -> None:
    found = [_candidate(hit, "52%", 2.0), _candidate(hit, "41%", 1.0)]
    kept = without_given(found, [_earlier(hit, "52% of the women", 3.0), _earlier(hit, "41%", 0.5)])
    assert [one.text for one in kept] == ["41%"]


def test_what_answers_the_follow_up_better_stays(hit: Hit) -> None:
    found = [_candidate(hit, "52%", 4.0)]
    assert without_given(found, [_earlier(hit, "52%", 3.0)]) == found


def test_a_statement_stays(hit: Hit) -> None:
    found = [_candidate(hit, "52%", 2.0, AnswerKind.STATEMENT)]
    assert without_given(found, [_earlier(hit, "52%", 3.0)]) == found


@pytest.mark.parametrize("margin", [0.0, -1.0])
def test_nothing_is_left_out_where_the_question_before_has_no_answer(hit: Hit, margin: float) -> None:
    found = [_candidate(hit, "52%", -2.0)]
    assert without_given(found, [_earlier(hit, "52%", margin)]) == found
    assert without_given(found, []) == found


@pytest.mark.parametrize("margin", [3.0, -1.0])
def test_where_both_are_asked_at_once_the_answer_before_never_answers(hit: Hit, margin: float) -> None:
    found = [
        _candidate(hit, "52%", 4.0),
        _candidate(hit, "41%", 1.0),
        _candidate(hit, "52%", 4.0, AnswerKind.STATEMENT),
    ]
    kept = without_given(found, [_earlier(hit, "52%", margin), _earlier(hit, "41%", margin - 1)], both=True)
    assert kept == found[1:]
