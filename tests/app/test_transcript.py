"""A conversation as Markdown and JSON."""

import json

from index.records import Filters
from tests.app import world
from ui import transcript
from ui.conversation import Turn


def _said(*questions: str) -> list[transcript.Exchange]:
    engine = world.engine()
    history: list[str] = []
    said = []
    for question in questions:
        said.append(transcript.Exchange(question, engine.ask(question, history, Filters(("Harbour Times",)))))
        history.append(question)
    return said


def test_markdown_cites_every_source() -> None:
    text = transcript.as_markdown(_said(world.WHEN, world.COST))
    assert "## When does the bridge close?" in text
    assert "> \\$41 million" in text
    assert "Understood as: How much does the work on the Harbour Bridge cost?" in text
    assert "Only in Harbour Times." in text
    assert "Searched 1 of 3 articles from 1 publication, 2 October 2023." in text
    assert (
        "- \\[1\\] Harbour bridge to close for nine weeks — Harbour Times, Ann Lee, 2 October 2023, "
        "<https://example.org/a>, characters" in text
    )
    assert "- \\[2\\] Ferry runs later while the bridge is shut — Quay Post, 22 October 2023, characters" in text


def test_markdown_keeps_hostile_text_as_text() -> None:
    text = transcript.as_markdown(_said(world.PAID))
    assert "<script>" not in text.replace("\\<", "")
    assert "[x](" not in text
    assert "**stars**" not in text


def test_no_answer_and_errors_are_kept() -> None:
    said = [*_said(world.UNKNOWN), transcript.Exchange("Why?", None, "The question is too short.")]
    text = transcript.as_markdown(said)
    assert "No article here answers that." in text
    assert "No passage says it." in text
    assert "The question is too short." in text


def test_json_holds_offsets_that_give_the_words() -> None:
    [exchange] = json.loads(transcript.as_json(_said(world.COST)))
    [found] = exchange["answers"]
    assert found["text"] == "$41 million"
    assert found["probability"] == 0.78
    assert [cited["article_id"] for cited in found["citations"]] == ["bridge", "ferry"]
    cited = found["citations"][0]
    assert world.BRIDGE.text[cited["start"] : cited["end"]] == "$41 million"
    assert cited["published"] == "2023-10-02"
    assert exchange["filters"]["publications"] == ["Harbour Times"]
    assert exchange["prefer_recent"] is False
    assert (exchange["searched"]["articles"], exchange["searched"]["of"]) == (1, 3)


def test_a_question_without_reply_yet_is_left_out() -> None:
    assert transcript.exchanges([Turn("When?")]) == []
    assert transcript.exchanges([Turn("When?", error="No.")]) == [transcript.Exchange("When?", None, "No.")]
