"""How a question was understood, on the page: its words and its dates can be changed."""

import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from index.records import Filters, LibraryStats
from qa.records import Period, Query, Reply, Status
from tests.app.conftest import shown_html
from ui import escape, periods, transcript
from ui.conversation import Turn

WEEK = Period("last week", date(2023, 5, 1), date(2023, 5, 8), date(2023, 5, 10))


def _page() -> None:
    import streamlit as st

    from ui import conversation, understood

    [turn, *_] = conversation.turns()
    understood.show(turn, st.session_state["reply"], 0)


def _shown(turn: Turn, query: Query) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=20)
    page.session_state["conversation"] = [turn]
    page.session_state["reply"] = Reply(query, Status.NO_ANSWER, "", (), (), LibraryStats(0, 0, (), None, None))
    return page.run()


def _turns(page: AppTest) -> list[Turn]:
    asked: list[Turn] = page.session_state["conversation"]
    return asked


def test_a_question_understood_as_typed_shows_nothing() -> None:
    page = _shown(Turn("Who won?"), Query("Who won?", "Who won?"))
    assert not page.exception
    assert shown_html(page) == ""
    assert not page.button


def test_the_understood_question_can_be_edited_and_is_then_asked_as_it_is() -> None:
    turn = Turn("And Corvane?", Filters(("Quay Post",)), prefer_recent=True)
    page = _shown(turn, Query("And Corvane?", "What did Corvane say about *trams*?"))
    assert "Understood as: What did Corvane say about *trams*?" in shown_html(page)
    field = page.text_area(key="edited-0")
    assert field.value == "What did Corvane say about *trams*?"
    field.set_value(" What did Corvane say\n about ferries? ")
    [ask] = [button for button in page.button if button.label == "Ask this"]
    page = ask.click().run()
    assert _turns(page)[1] == Turn(
        "What did Corvane say about ferries?", Filters(("Quay Post",)), as_typed=True, prefer_recent=True
    )


def test_an_emptied_question_is_not_asked() -> None:
    page = _shown(Turn("And Corvane?"), Query("And Corvane?", "What did Corvane say?"))
    page.text_area(key="edited-0").set_value("  \n ")
    [ask] = [button for button in page.button if button.label == "Ask this"]
    assert len(_turns(ask.click().run())) == 1


def test_a_question_can_be_asked_as_typed() -> None:
    page = _shown(Turn("And Corvane?"), Query("And Corvane?", "What did Corvane say?"))
    page = page.button(key="as-typed-0").click().run()
    assert _turns(page)[1] == Turn("And Corvane?", as_typed=True)


def test_the_days_read_from_a_question_are_a_chip_that_can_be_removed() -> None:
    question = "What did Holt say last week?"
    turn = Turn(question, Filters(("Quay Post",)))
    page = _shown(turn, Query(question, question, Filters(("Quay Post",), WEEK.since, WEEK.until), period=WEEK))
    chip = page.button(key="period-0")
    assert escape.markdown_undone(chip.label) == "Published 1–8 May 2023 (last week)"
    assert "Only in Quay Post." in shown_html(page)  # the user's own filter, without the days of the chip
    page = chip.click().run()
    assert _turns(page)[1] == Turn(question, Filters(("Quay Post",)), read_dates=False)


@pytest.mark.parametrize(
    ("period", "line"),
    [
        (WEEK, "Published 1–8 May 2023 (last week)"),
        (Period("since 3 May", date(2023, 5, 3), None), "Published from 3 May 2023 (since 3 May)"),
        (Period("before 3 May", None, date(2023, 5, 2)), "Published until 2 May 2023 (before 3 May)"),
    ],
)
def test_the_line_of_a_chip(period: Period, line: str) -> None:
    assert periods.line(period) == line


def test_a_chip_says_from_when_its_days_are_counted() -> None:
    assert "Counted from 10 May 2023." in periods.explained(WEEK)
    assert "Counted" not in periods.explained(Period("in 2022", date(2022, 1, 1), date(2022, 12, 31)))


def test_a_downloaded_conversation_tells_the_days_and_where_they_come_from() -> None:
    question = "What did Holt say last week?"
    query = Query(question, question, Filters((), WEEK.since, WEEK.until), period=WEEK)
    reply = Reply(query, Status.NO_ANSWER, "", (), (), LibraryStats(0, 0, (), None, None))
    said = [transcript.Exchange(question, reply)]
    shown = escape.markdown_undone(transcript.as_markdown(said))
    assert "Days read from the question: last week (counted from 10 May 2023)." in shown
    [exchange] = json.loads(transcript.as_json(said))
    assert exchange["period"] == {
        "words": "last week", "since": "2023-05-01", "until": "2023-05-08", "counted_from": "2023-05-10",
    }  # fmt: skip
