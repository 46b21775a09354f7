"""A conversation as Markdown and JSON."""

import json
from dataclasses import replace
from datetime import date

from index.records import Filters
from index.statement_store import SpeakerName
from qa.records import Answer, AnswerKind, Disagreement, Instead, Query, Reply, Status
from tests.app import world
from tests.app.fakes import citation
from tests.app.said import statement
from ui import transcript
from ui.conversation import Turn

HELD = world.engine().library.stats()
STEEL = "We waited too long, and now the steel decides for us"
AT = f"{world.BRIDGE.text.index(STEEL)}–{world.BRIDGE.text.index(STEEL) + len(STEEL)}"
SAID = [
    statement(1, "other", "Older words", "Ruth Okafor", "Mayor", published=date(2023, 9, 1)),
    statement(2, "bridge", STEEL, "Ruth Okafor", "Mayor"),
]


def _span(words: str) -> Answer:
    return Answer(words, 0.5, AnswerKind.SPAN, "", citation(world.BRIDGE, words))


STATEMENT = Answer(STEEL, 0.5, AnswerKind.STATEMENT, "Ruth Okafor", citation(world.BRIDGE, STEEL), (), "Mayor")


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


def _told(reply: Reply) -> str:
    return transcript.as_markdown([transcript.Exchange("Q?", reply)])


def _reply(*answers: Answer, **more: object) -> Reply:
    status = Status.ANSWERED if answers else Status.NO_ANSWER
    reply = Reply(Query("Q?", "Q?"), status, "" if answers else "Not about trams.", answers, (), HELD)
    return replace(reply, **more)  # type: ignore[arg-type]


def test_markdown_lists_all_statements_with_their_sources() -> None:
    text = _told(_reply(STATEMENT, statements=tuple(SAID)))
    assert "\n\nRuth Okafor, Mayor, 50\u00a0%\u00a0likely\n\n" in text
    assert "\n\nAll 2 statements, oldest first:\n\n" in text
    first, second = (
        text.index("- Ruth Okafor, Mayor\\: “Older words”"),
        text.index(f"- Ruth Okafor, Mayor\\: “{STEEL}”"),
    )
    assert first < second
    assert f"\n  Headline of bridge — Harbour Times, 2 October 2023, direct quotation, characters {AT}" in text
    assert "All" not in _told(_reply(STATEMENT, statements=tuple(SAID[:1])))


def test_markdown_tells_what_was_offered_instead() -> None:
    lee = SpeakerName("Ann *Lee*", "Driver", 3, 2, None, None)
    offer = Instead("Not about trams.", "Ruth Okafor", "trams", 2, tuple(SAID), (lee,))
    text = _told(_reply(instead=offer))
    assert "No article here answers that.\n\nNot about trams." in text
    assert "\n\nWhat Ruth Okafor said:\n\n- Ruth Okafor, Mayor\\: “Older words”" in text
    assert "\n\nWho spoke about trams:\n\n- Ann \\*Lee\\*, Driver\\: 3 statements in 2 articles\n" in text


def test_markdown_tells_that_sources_disagree() -> None:
    sides = (_span("16 October"), _span("$41 million"))
    text = _told(_reply(*sides, _span("nine weeks"), disagreement=Disagreement(sides)))
    words = [
        "None of them is shown as the right one.",
        "> 16 October",
        "> \\$41 million",
        "Other answers:",
        "> nine weeks",
    ]
    assert [text.count(one) for one in words] == [1] * 5
    assert sorted(words, key=text.index) == words
    assert "different answers" not in _told(_reply(*sides))


def test_json_tells_statements_offers_and_disagreements() -> None:
    sides = (_span("16 October"), _span("$41 million"))
    offer = Instead("Not about trams.", "Ruth Okafor", "trams", 2, tuple(SAID[:1]))
    replies = [
        _reply(STATEMENT, statements=tuple(SAID)),
        _reply(instead=offer),
        _reply(*sides, disagreement=Disagreement(sides)),
    ]
    said, offered, differing = json.loads(transcript.as_json([transcript.Exchange("Q?", one) for one in replies]))
    assert [row["text"] for row in said["statements"]] == ["Older words", STEEL]
    assert (said["answers"][0]["role"], said["instead"]) == ("Mayor", None)
    assert offered["instead"]["statements"][0]["text"] == "Older words"
    assert [one["text"] for one in differing["disagreement"]["answers"]] == ["16 October", "$41 million"]


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
