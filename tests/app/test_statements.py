"""Statements as HTML, CSV, Markdown and chart."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from tests.app.said import statement
from ui import statements, timeline


def test_the_same_words_in_several_articles_are_listed_once() -> None:
    rows = [
        statement(1, "a", "Steel again.", "A"),
        statement(2, "b", "STEEL, again", "A", publication="Quay Post"),
        statement(3, "c", "Other words", "A"),
    ]
    said = statements.once_each(rows)
    assert [[row.article_id for row in one.rows] for one in said] == [["a", "b"], ["c"]]
    assert "> “Steel again.”\n\n- Headline of a — Harbour Times" in statements.as_markdown(said, "A")


def test_csv_has_every_statement_and_no_formulas() -> None:
    row = replace(statement(1, "a", "=1+1", "@Eve", "+role"), title="-2", publication=" =cmd()", url="\thttps://x")
    table = statements.as_csv([row, statement(2, "b", 'He said "no",\nthen', "A")], "=Eve")
    assert table.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    assert tuple(head) == statements.COLUMNS
    found = dict(zip(head, first, strict=True))
    assert found["words"] == "'=1+1"
    assert (found["speaker"], found["speaker_as_named"], found["role"]) == ("'=Eve", "'@Eve", "'+role")
    assert (found["title"], found["publication"], found["url"]) == ("'-2", "' =cmd()", "'\thttps://x")
    assert (found["published"], found["characters"], found["kind"]) == ("2023-10-02", "0-4", "direct")
    assert second[head.index("words")] == 'He said "no",\nthen'


def test_markdown_is_escaped() -> None:
    row = statement(1, "a", "# **bold** <b> [x](javascript:1)", "A")
    made = statements.as_markdown([statements.Said((replace(row, url="https://x.org/<a b>"),))], "<i>*A*", "Only x.")
    assert made.startswith("# \\<i\\>\\*A\\*: statements\n\nOnly x.\n\n> “\\# \\*\\*bold\\*\\* \\<b\\> \\[x\\](")
    assert "<https://x.org/%3Ca%20b%3E>, direct quotation, characters 0–32" in made


def test_several_spans_are_marked_in_their_sentences() -> None:
    text = "Before. “One <b>,” she said, “two.” After."
    row = replace(
        statement(1, "x", "One", "A"),
        text="One <b> … two.",
        spans=((9, 16), (30, 34)),
        context=(8, 35),
        url="javascript:1",
    )
    assert statements.in_context(row, text) == (
        '<p class="or-source">“<mark>One &lt;b&gt;</mark>,” she said, “<mark>two.</mark>”</p>'
    )


@pytest.mark.parametrize(
    ("days", "unit", "first", "bars", "undated"),
    [
        ([date(2023, 10, 2), date(2023, 10, 4), date(2023, 10, 4)], "day", ("2023-10-02", 1), 3, 0),
        ([date(2023, 1, 1), date(2023, 3, 3)], "day", ("2023-01-01", 1), 62, 0),
        ([date(2023, 1, 1), date(2023, 3, 4), None], "month", ("2023-01", 1), 3, 1),
        ([date(2014, 1, 31), date(2023, 12, 1)], "month", ("2014-01", 1), 120, 0),
        ([date(2014, 1, 31), date(2024, 1, 1)], "year", ("2014", 1), 11, 0),
        ([date(2024, 1, 1)], "day", ("2024-01-01", 1), 1, 0),
    ],
)
def test_timeline(days: list[date | None], unit: str, first: tuple[str, int], bars: int, undated: int) -> None:
    shown = timeline.timeline(days)
    assert (shown.unit, shown.counts[0], len(shown.counts), shown.undated) == (unit, first, bars, undated)
    assert sum(number for _, number in shown.counts) + undated == len(days)


def test_the_chart_says_what_it_shows() -> None:
    shown = timeline.timeline([date(2023, 10, 2), date(2023, 10, 3), date(2023, 10, 3), None])
    words = "By day, from 2 October 2023 to 3 October 2023; most on 3 October 2023 (2). 1 statement without a date."
    assert timeline.described(shown) == words
    assert timeline.spec(shown, "Eve")["description"] == f"Bar chart of statements by Eve. {words}"
    assert timeline.described(timeline.timeline([None])) == "1 statement without a date."
