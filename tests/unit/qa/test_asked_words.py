"""Whose words a question asks for, among those who are quoted in the passages."""

import pytest

from index.statements import statements
from qa.asked_words import AskedWords, asked_words
from qa.query import understand
from tests.unit.qa.conftest import make_article, make_hit

TRIAL = make_article(
    "“It was late,” said Ruth Castellane, a lawyer for the union. “It was early,” said Ed Liddell, a lawyer for the "
    "ferry. “It was fair,” said Judge Ada Penn."
)


def _asked(question: str, *history: str) -> AskedWords:
    return asked_words(understand(question, history), [make_hit(TRIAL)], statements)


def _speakers(words: AskedWords) -> set[str]:
    return {piece.statement.speaker for piece in words.said}


def test_the_other_one_is_not_the_one_before() -> None:
    assert _speakers(_asked("What did the other lawyer say?")) == {"Ruth Castellane", "Ed Liddell"}
    assert _speakers(_asked("And the other lawyer?", "What did Castellane say about it?")) == {"Ed Liddell"}


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What did Castellane's colleague from Maine say?", "What did Ada Penn say?"),
        ("What did the lawyer say?", "What did the lawyer say?"),
        ("What did Castellane's colleague from Ohio say?", "What did Castellane's colleague from Ohio say?"),
    ],
)
def test_somebodys_colleague_gets_a_name(question: str, named: str) -> None:
    senators = make_article(
        "Senators Ruth Castellane (R-KS) and Ada Penn (D-ME) met. "
        "“It was late,” said Castellane. “It was not,” said Penn."
    )
    words = asked_words(understand(question), [make_hit(senators)], statements)
    assert words.with_name(question) == named
