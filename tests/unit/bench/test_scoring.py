"""Scores computed by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.scoring import RIGHT_F1, Question, Row, is_right, read_questions, score, table, token_f1


@pytest.mark.parametrize(
    ("answer", "gold", "expected"),
    [
        ("17 miles", "17 miles", 1.0),
        ("17", "17 miles", 2 / 3),  # precision 1, recall 1/2
        ("the 17 miles", "17 miles", 1.0),  # articles do not count
        ("Mexico City", "Mexico", 2 / 3),
        ("in Mexico City today", "Mexico City", 4 / 6),  # 2 of 4 and 2 of 2: 2 * 2 / (4 + 2)
        ("no no no", "no", 0.5),  # one "no" is shared: 2 * 1 / (3 + 1)
        ("López Obrador", "lopez obrador", 1.0),
        ("18 miles", "17 kilometers", 0.0),
        ("", "17 miles", 0.0),
        ("17 miles", "", 0.0),
        ("", "", 0.0),
        ("the", "a", 0.0),
    ],
)
def test_token_f1(answer: str, gold: str, expected: float) -> None:
    assert token_f1(answer, gold) == pytest.approx(expected)


_WORDS = st.lists(st.sampled_from(["17", "miles", "the", "Mexico", "no"]), max_size=6).map(" ".join)


@given(_WORDS, _WORDS)
def test_token_f1_is_symmetric_and_between_zero_and_one(one: str, other: str) -> None:
    assert token_f1(one, other) == token_f1(other, one)
    assert 0.0 <= token_f1(one, other) <= 1.0


def test_right_is_half_the_words_of_any_of_the_right_answers() -> None:
    assert RIGHT_F1 == 0.5
    assert is_right("no no no", ["yes", "no"])  # exactly 0.5
    assert not is_right("no no no no", ["yes", "no"])  # 2 / 5
    assert not is_right("no", [])


def _question(id: str, type: str, answers: tuple[str, ...] = (), article: str | None = None) -> Question:
    return Question(id, f"{id}?", type, article, answers, ())


def _answer(text: str, article_id: str = "x", *also_in: str) -> dict[str, Any]:
    return {"text": text, "article_id": article_id, "also_in": [{"article_id": other} for other in also_in]}


def _reply(*answers: dict[str, Any]) -> dict[str, Any]:
    return {"answers": list(answers)}


QUESTIONS = [
    _question("q1", "fact", ("17 miles",), "a"),
    _question("q2", "fact", ("Mexico City", "Mexico"), "b"),
    _question("q3", "fact", ("Garland",), "c"),
    _question("q4", "none"),
    _question("q5", "none"),
    _question("q6", "fact", ("Tuesday",), "a"),
]
REPLIES = [
    _reply(_answer("17 miles", "lib-a")),  # right first, right source
    _reply(_answer("Texas", "other", "lib-b"), _answer("Mexico", "other")),  # right second; the source is in also_in
    _reply(_answer("no"), _answer("no"), _answer("no"), _answer("Garland", "lib-c")),  # only the fourth is right
    _reply(),  # abstained
    _reply(_answer("17 miles", "lib-a")),  # should have abstained
    _reply(),  # should have answered
]
ARTICLES = {"a": "lib-a", "b": "lib-b", "c": "lib-c"}


def test_scores_by_type_and_for_all() -> None:
    # Of four answerable questions: one right first, two right among three, two cite the source, three are answered.
    fact, none, everything = score(QUESTIONS, REPLIES, ARTICLES)
    assert fact == Row("fact", 4, first=0.25, among_three=0.5, source=0.5, answered=0.75, abstained=None)
    assert none == Row("none", 2, first=None, among_three=None, source=None, answered=None, abstained=0.5)
    assert everything == Row("all", 6, first=0.25, among_three=0.5, source=0.5, answered=0.75, abstained=0.5)


def test_an_article_that_is_not_in_the_library_is_never_cited() -> None:
    (row, _) = score(QUESTIONS[:1], REPLIES[:1], {})
    assert (row.first, row.source) == (1.0, 0.0)


def test_as_many_replies_as_questions() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score(QUESTIONS, REPLIES[:-1], ARTICLES)


def test_no_questions_score_nothing() -> None:
    assert score([], [], {}) == [Row("all", 0, None, None, None, None, None)]


def test_table() -> None:
    lines = table(score(QUESTIONS, REPLIES, ARTICLES)).splitlines()
    assert len(lines) == 5
    assert lines[2] == "| fact | 4 | 25.0% | 50.0% | 50.0% | 75.0% | – |"
    assert lines[3] == "| none | 2 | – | – | – | – | 50.0% |"
    assert all(line.count("|") == 8 for line in lines)


def test_read_questions(tmp_path: Path) -> None:
    path = tmp_path / "questions.json"
    entry = {"id": "q1", "question": "Wer?", "type": "fact", "article": "a", "answers": ["José"], "history": ["Was?"]}
    path.write_text(json.dumps([entry, {**entry, "id": "q2", "article": None, "answers": [], "history": []}]), "utf-8")
    assert read_questions(path) == [
        Question("q1", "Wer?", "fact", "a", ("José",), ("Was?",)),
        Question("q2", "Wer?", "fact", None, (), ()),
    ]
