"""Dates beside the weekdays that an answer's sentences name."""

from dataclasses import replace
from datetime import date

from index.records import ParagraphKind
from qa.records import Answer, AnswerKind
from tests.app import world
from tests.app.fakes import article, citation
from tests.app.said import statement
from ui import render, statements, transcript, weekdays

# Published on Thursday, 12 October 2023.
STRIKE = article(
    "strike",
    "Strike",
    [
        ("On Tuesday it rained.", ParagraphKind.CAPTION),
        "The drivers voted on Thursday. The vote on Monday failed. The trams will stop on Friday, she said yesterday.",
    ],
    published=date(2023, 10, 12),
)
FRIDAY = "trams will stop on Friday"


def test_the_days_of_the_sentence_are_told_and_of_no_other() -> None:
    assert weekdays.of_answer(citation(STRIKE, "The drivers")) == "Thursday = 12 October 2023"
    assert weekdays.of_answer(citation(STRIKE, "The vote")) == "Monday = 9 October 2023"
    both = "Friday = 13 October 2023 · yesterday = 11 October 2023"
    assert weekdays.of_answer(citation(STRIKE, FRIDAY)) == both


def test_without_a_weekday_or_a_date_nothing_is_told() -> None:
    assert weekdays.of_answer(citation(world.BRIDGE, "$41 million")) == ""
    assert weekdays.of_answer(replace(citation(STRIKE, "Thursday"), published=None)) == ""


def test_the_dates_stand_beside_the_answer_and_say_what_they_are_counted_from() -> None:
    found = Answer("Thursday", 0.5, AnswerKind.SPAN, "", citation(STRIKE, "Thursday"))
    counted = "Counted from the day of publication, 12 October 2023."
    assert f'<span title="{counted}">Thursday = 12 October 2023</span></p>' in render.answer(found, [1], 1, 1)
    undated = replace(found, citation=replace(found.citation, published=None))
    assert "Counted" not in render.answer(undated, [1], 1, 1)


def test_the_dates_stand_beside_a_statement() -> None:
    start = STRIKE.text.index(FRIDAY)
    sentence = STRIKE.text.index("The trams"), len(STRIKE.text)
    row = replace(
        statement(1, "strike", FRIDAY, "Ann Lee", published=date(2023, 10, 12)),
        spans=((start, start + len(FRIDAY)),),
        context=sentence,
    )
    shown = statements.words(row, STRIKE.text)
    assert ">Friday = 13 October 2023 · yesterday = 11 October 2023</span>" in shown
    assert "Thursday" not in shown
    assert "Counted" not in statements.words(replace(row, published=None), STRIKE.text)


def test_the_dates_are_in_the_downloaded_conversation() -> None:
    found = Answer("Thursday", 0.5, AnswerKind.SPAN, "", citation(STRIKE, "Thursday"))
    reply = world.engine().ask(world.WHEN)
    text = transcript.as_markdown([transcript.Exchange("When?", replace(reply, answers=(found,)))])
    assert "likely, Thursday = 12 October 2023\n" in text
