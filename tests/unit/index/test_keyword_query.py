"""Words that are searched for: none of those that every question has, and nothing that is query syntax."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyword import question_words, search_query


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Garland say about fentanyl?", ["Garland", "fentanyl"]),
        ("who is mexico's president", ["mexico", "president"]),
        ("What does the US want?", ["u.s", "US", "want"]),
        ("Who are you?", ["Who", "are", "you"]),
        ('NEAR("a" b) *', ["NEAR", "b"]),
        ("?!", []),
    ],
)
def test_question(question: str, words: list[str]) -> None:
    assert question_words(question) == words


def test_search() -> None:
    assert search_query("border fen") == '"border" AND "fen"*'
    assert search_query(" - ") == ""


@given(st.text())
def test_every_search_is_valid(text: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
        query = search_query(text)
        if query and "\x00" not in query:
            connection.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
    connection.close()
