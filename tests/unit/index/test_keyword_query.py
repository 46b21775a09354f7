"""Keyword queries are safe and leave out what every question has."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.keyword import keyword_query, search_query


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("What did Garland say about fentanyl?", '"Garland" OR "fentanyl"'),
        ("who is mexico's president", '"mexico" OR "president"'),
        ("What does the US want?", '"u.s" OR "US" OR "want"'),
        ("Who are you?", '"Who" OR "are" OR "you"'),
        ('NEAR("a" b) *', '"NEAR" OR "b"'),
        ("?!", ""),
    ],
)
def test_question(question: str, query: str) -> None:
    assert keyword_query(question) == query


def test_search() -> None:
    assert search_query("border fen") == '"border" AND "fen"*'
    assert search_query(" - ") == ""


@given(st.text())
def test_every_query_is_valid(text: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (text)")
        for query in (keyword_query(text), search_query(text)):
            if query and "\x00" not in query:
                connection.execute("SELECT * FROM t WHERE t MATCH ?", (query,)).fetchall()
    connection.close()
