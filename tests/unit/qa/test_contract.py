"""The JSON of a reply: exactly these keys, of these types."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from index.records import Filters, LibraryStats
from index.statement_store import SpeakerName
from qa.contract import filters_from_json, filters_json, reply_json
from qa.records import Answer, AnswerKind, Citation, Disagreement, Instead, Passage, Period, Query, Reply, Status
from tests.unit.qa.rows import row

DAY = date(2023, 10, 5)
PASSAGE = Passage("a1", "Border", "AP", DAY, "https://example.org/a1", "Fencing of 17 miles.", 0, 20, 0.0327868852)


def _citation(article_id: str = "a1", published: date | None = DAY) -> Citation:
    return Citation(article_id, "Border", "AP", ("Ann Lee",), published, "", 11, 19, "Fencing of 17 miles.", 0)


def _reply(*answers: Answer, reason: str = "", searched: LibraryStats | None = None) -> Reply:
    return Reply(
        query=Query("how many?", "How many miles?"),
        status=Status.ANSWERED if answers else Status.NO_ANSWER,
        reason=reason,
        answers=answers,
        passages=(PASSAGE,),
        searched=searched or LibraryStats(2, 5, ("AP", "Times"), DAY, date(2023, 10, 7)),
        timings_ms={"query": 0.04, "retrieve": 1.26, "total": 12.0},
        held=9,
    )


ANSWER = Answer("17 miles", 0.123456, AnswerKind.SPAN, "", _citation(), (_citation("b2", None),))
REPLY = {
    "question": str, "interpreted_as": str, "status": str, "reason": str, "answers": list, "passages": list,
    "filters": dict, "prefer_recent": bool, "searched": dict, "timings_ms": dict, "statements": list,
    "instead": type(None), "disagreement": type(None), "period": type(None),
}  # fmt: skip
CITATION = {
    "article_id": str, "title": str, "publication": str, "authors": list, "published": str, "url": str, "start": int,
    "end": int, "paragraph": str, "paragraph_start": int,
}  # fmt: skip


def _types(value: dict[str, Any]) -> dict[str, type]:
    return {key: type(item) for key, item in value.items()}


def _through_json(reply: Reply, question_id: str | None = None) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(json.dumps(reply_json(reply, question_id), allow_nan=False))
    assert result == reply_json(reply, question_id)
    return result


def test_an_answered_reply() -> None:
    result = _through_json(_reply(ANSWER))
    assert _types(result) == REPLY
    (answer,) = result["answers"]
    assert _types(answer) == {
        "text": str, "probability": float, "kind": str, "speaker": str, "role": str, "sources": int, "also_in": list,
        **CITATION,
    }  # fmt: skip
    (other,) = answer["also_in"]
    assert _types(other) == {**CITATION, "published": type(None), "copy": bool}
    assert (result["status"], result["reason"]) == ("answered", "")
    assert (result["question"], result["interpreted_as"]) == ("how many?", "How many miles?")


def test_values_of_an_answer() -> None:
    answer = _through_json(_reply(ANSWER))["answers"][0]
    assert answer["text"] == "17 miles" == answer["paragraph"][answer["start"] : answer["end"]]
    assert answer["probability"] == 0.1235
    assert answer["published"] == "2023-10-05"
    assert (answer["kind"], answer["authors"]) == ("span", ["Ann Lee"])
    assert answer["also_in"][0]["article_id"] == "b2"
    assert answer["also_in"][0]["published"] is None


def test_a_statement_says_who_spoke() -> None:
    said = Answer("yes", 0.9, AnswerKind.STATEMENT, "Ruth Castellane", _citation(), role="Mayor")
    answer = _through_json(_reply(said))["answers"][0]
    assert (answer["kind"], answer["speaker"], answer["also_in"]) == ("statement", "Ruth Castellane", [])
    assert answer["role"] == "Mayor"


SAID = row(1, "Ruth Castellane", "It is shut … for good", DAY, role="Mayor", spans=((3, 13), (20, 28)))


def test_all_statements_of_the_speaker() -> None:
    (said,) = _through_json(replace(_reply(ANSWER), statements=(SAID,)))["statements"]
    assert said == {
        "article_id": "a1", "title": "Title of a1", "publication": "Harbour Times", "published": "2023-10-05",
        "url": "https://example.org/a1", "kind": "direct", "text": "It is shut … for good",
        "spans": [[3, 13], [20, 28]], "speaker_text": "Castellane", "speaker": "Ruth Castellane", "role": "Mayor",
        "cue": "said", "context": [0, 41],
    }  # fmt: skip


def test_what_is_offered_instead() -> None:
    others = (SpeakerName("Ann Lee", "", 3, 2, DAY, None),)
    instead = Instead("She is not quoted.", "Ruth Castellane", "trams", 4, (SAID,), others)
    found = _through_json(replace(_reply(reason="She is not quoted."), instead=instead))
    offered = found["instead"]
    assert {key: type(value) for key, value in found.items()} == {**REPLY, "instead": dict}
    assert (offered["speaker"], offered["topic"], offered["articles"]) == ("Ruth Castellane", "trams", 4)
    assert [said["text"] for said in offered["statements"]] == ["It is shut … for good"]
    assert offered["speakers"] == [{"speaker": "Ann Lee", "role": "", "statements": 3, "articles": 2}]
    assert set(offered) == {"speaker", "topic", "articles", "statements", "speakers"}


def test_the_days_that_a_question_asks_for() -> None:
    query = Query("Last week?", "Last week?", period=Period("last week", DAY, None, date(2023, 10, 12)))
    assert _through_json(replace(_reply(ANSWER), query=query))["period"] == {
        "words": "last week", "since": "2023-10-05", "until": None, "counted_from": "2023-10-12",
    }  # fmt: skip


def test_a_disagreement_has_whole_answers() -> None:
    other = replace(ANSWER, text="20 miles")
    found = _through_json(replace(_reply(ANSWER, other), disagreement=Disagreement((ANSWER, other))))
    assert found["disagreement"] == {"answers": found["answers"]}
    assert [answer["text"] for answer in found["disagreement"]["answers"]] == ["17 miles", "20 miles"]


def test_a_reply_without_an_answer_has_the_same_keys() -> None:
    result = _through_json(_reply(reason="No article here answers that."))
    assert _types(result) == REPLY
    assert (result["status"], result["answers"]) == ("no_answer", [])
    assert result["reason"] == "No article here answers that."


def test_passages() -> None:
    (passage,) = _through_json(_reply())["passages"]
    assert passage == {
        "article_id": "a1",
        "title": "Border",
        "publication": "AP",
        "published": "2023-10-05",
        "url": "https://example.org/a1",
        "text": "Fencing of 17 miles.",
        "start": 0,
        "end": 20,
        "retrieval_score": 0.032787,
    }


def test_what_was_searched() -> None:
    assert _through_json(_reply())["searched"] == {
        "articles": 2,
        "of": 9,
        "passages": 5,
        "publications": ["AP", "Times"],
        "first": "2023-10-05",
        "last": "2023-10-07",
    }


def test_what_was_asked_for_beside_the_question() -> None:
    filters = Filters(("AP",), DAY, None, ("Lee", "Bo Ek"), ("World",))
    result = _through_json(replace(_reply(), query=Query("Who?", "Who?", filters, prefer_recent=True)))
    assert result["prefer_recent"] is True
    assert result["filters"] == {
        "publications": ["AP"],
        "authors": ["Lee", "Bo Ek"],
        "sections": ["World"],
        "since": "2023-10-05",
        "until": None,
    }


@pytest.mark.parametrize("filters", [Filters(), Filters(("AP", ""), DAY, date(2024, 1, 1), ("Lee",), ("World",))])
def test_filters_come_back_from_their_json(filters: Filters) -> None:
    assert filters_from_json(json.loads(json.dumps(filters_json(filters)))) == filters


def test_filters_that_are_left_out_are_as_before() -> None:
    before = Filters(("AP",), DAY)
    assert filters_from_json(None, before) == filters_from_json({}, before) == before
    assert filters_from_json({"since": None}, before) == Filters(("AP",))
    with pytest.raises(ValueError, match="'filters' has author; it may have publications, authors"):
        filters_from_json({"author": ["Lee"]})


def test_an_empty_library_was_searched() -> None:
    searched = _through_json(_reply(searched=LibraryStats(0, 0, (), None, None)))["searched"]
    assert searched == {"articles": 0, "of": 9, "passages": 0, "publications": [], "first": None, "last": None}


def test_timings_have_a_tenth_of_a_millisecond() -> None:
    assert _through_json(_reply())["timings_ms"] == {"query": 0.0, "retrieve": 1.3, "total": 12.0}


@pytest.mark.parametrize("question_id", ["q1", ""])
def test_the_id_of_a_batch_line_comes_first(question_id: str) -> None:
    result = _through_json(_reply(), question_id)
    assert next(iter(result)) == "id"
    assert result["id"] == question_id
    assert _types(result) == {"id": str, **REPLY}


def test_without_an_id_there_is_none() -> None:
    assert "id" not in reply_json(_reply())
