"""What is asked over HTTP is answered as the commands answer it."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from qa import __main__ as command
from qa.api.replies import BatchFailure, BatchReply, Check, Reply
from qa.api.requests import MOST_IN_BATCH
from qa.check_quote import check_quote
from qa.check_quote_command import check_json
from qa.engine import Engine
from tests.unit.api.conftest import SHUT, GatedReader, Serve
from tests.unit.qa.test_contract import ANSWER, SAID

SAID_OF = "What did Okafor say about the bridge?"
CHEESE = "What did Okafor say about cheese?"
LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def as_command(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:  # noqa: ANN401
    """Run ``python -m qa`` with the engine of the app, and return the JSON lines that it prints."""

    class Opened:
        open = staticmethod(lambda _settings: engine)

    monkeypatch.setattr(command, "Engine", Opened)

    def run(*arguments: str) -> list[dict[str, Any]]:
        assert command.main(list(arguments)) == 0
        return [_untimed(json.loads(line)) for line in capsys.readouterr().out.splitlines()]

    return run


def _untimed(reply: dict[str, Any]) -> dict[str, Any]:
    return reply | {"timings_ms": sorted(reply["timings_ms"])}


def _lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("body", "arguments"),
    [
        ({"question": SHUT}, [SHUT]),
        ({"question": SAID_OF, "filters": None, "history": None}, [SAID_OF]),
        (
            {"question": CHEESE, "filters": {"publications": ["Quay Post"]}},
            [CHEESE, "--publication", "Quay Post"],
        ),
        ({"question": "And Bell?", "history": [SAID_OF], "top": 1}, ["And Bell?", "--history", SAID_OF, "--top", "1"]),
        (
            {"question": "What do repairs cost?", "filters": {"publications": ["Quay Post"], "since": "2023-10-06"}},
            ["What do repairs cost?", "--publication", "Quay Post", "--since", "2023-10-06"],
        ),
        ({"question": "What happened in October 2022?"}, ["What happened in October 2022?"]),
        (
            {"question": "What happened in October 2022?", "dates": False, "prefer_recent": True},
            ["What happened in October 2022?", "--no-dates", "--recent"],
        ),
    ],
)
def test_ask_replies_as_the_command(client: TestClient, as_command: Any, body: Any, arguments: list[str]) -> None:  # noqa: ANN401
    got = client.post("/v1/ask", json=body)
    assert got.status_code == 200, got.text
    assert [_untimed(got.json())] == as_command("ask", *arguments, "--json")


def test_there_are_answers_and_statements_to_compare(client: TestClient) -> None:
    shut = client.post("/v1/ask", json={"question": SHUT}).json()
    assert (shut["status"], shut["answers"][0]["text"]) == ("answered", "on Monday")
    cheese = client.post("/v1/ask", json={"question": CHEESE, "filters": {"publications": ["Quay Post"]}}).json()
    assert (cheese["status"], cheese["instead"]["speaker"]) == ("no_answer", "Ruth Okafor")


def test_batch_replies_as_the_command(client: TestClient, as_command: Any, tmp_path: Any) -> None:  # noqa: ANN401
    lines = [
        {"id": "q1", "question": SHUT},
        {"question": "And Bell?", "history": [SAID_OF]},
        {"id": 7, "question": "Who waited?", "filters": {"authors": ["Lee"]}, "prefer_recent": True},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    (tmp_path / "q.jsonl").write_text(text, "utf-8")
    expected = as_command("batch", str(tmp_path / "q.jsonl"))
    assert [line.get("id") for line in expected] == ["q1", None, "7"]
    for got in (client.post("/v1/batch", json=lines), client.post("/v1/batch", content=f"\n{text}\n\n", headers=LINES)):
        assert got.headers["content-type"] == "application/x-ndjson"
        assert [_untimed(line) for line in _lines(got.text)] == expected


def test_a_question_of_a_batch_that_fails_is_told_in_its_line(client: TestClient) -> None:
    got = client.post("/v1/batch", json=[{"id": "bad", "question": "?!"}, {"question": SHUT}])
    bad, good = _lines(got.text)
    assert (got.status_code, good["status"]) == (200, "answered")
    assert (bad["id"], bad["question"], bad["problem"]["status"]) == ("bad", "?!", 400)
    assert bad["problem"]["detail"].startswith("There is no question.")
    assert BatchFailure.model_validate(bad).model_dump(exclude={"problem": {"errors"}}) == bad


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("", 422, "A batch has 1 to 100 questions; this has 0."),
        ("[]", 422, "0"),
        (json.dumps([{"question": "Why?"}] * (MOST_IN_BATCH + 1)), 422, "this has 101. Divide it."),
        ('[{"question": "Why?", "top": 0}]', 422, "body.0.top: Input should be greater than or equal to 1"),
        ('[{"question": "Why?", "topp": 1}]', 422, "body.0.topp: Extra inputs are not permitted"),
        ('{"question": "Why?"}', 422, "body: Input should be a valid array"),
        ("[nothing", 422, "Invalid JSON"),
        ('[{"question": "\\ud800"}]', 422, "Invalid JSON"),
    ],
)
def test_a_batch_that_is_none_is_refused_as_a_whole(client: TestClient, body: str, status: int, told: str) -> None:
    got = client.post(
        "/v1/batch", content=body or " ", headers=LINES if not body else {"Content-Type": "application/json"}
    )
    assert got.status_code == status
    assert told in got.json()["detail"]


@pytest.mark.parametrize("route", ["/v1/ask", "/v1/check-quote"])
def test_json_that_is_not_called_so_is_told_how_to_be_called(client: TestClient, route: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}  # what curl says of what it is not told the type of
    got = client.post(route, content=json.dumps({"question": SHUT, "quotation": SHUT}), headers=form)
    assert (got.status_code, "Content-Type: application/json" in got.json()["detail"]) == (415, True)
    assert client.post(route, content="[]", headers={"Content-Type": "application/json"}).status_code == 422
    assert "415" in client.get("/openapi.json").json()["paths"][route]["post"]["responses"]


def test_a_batch_of_another_type_is_refused(client: TestClient) -> None:
    got = client.post("/v1/batch", content="Why?", headers={"Content-Type": "text/plain"})
    assert (got.status_code, "application/x-ndjson" in got.json()["detail"]) == (415, True)


def test_a_batch_counts_as_many_requests(serve: Serve) -> None:
    client = serve(api_per_minute=3)
    assert client.post("/v1/batch", json=[{"question": SHUT}] * 3).status_code == 200
    assert client.post("/v1/ask", json={"question": SHUT}).status_code == 429


def test_the_client_need_not_wait_for_the_end_of_a_batch(engine: Engine, reader: GatedReader) -> None:
    """The first line is there while the second question is still being read."""
    import asyncio

    from qa.api.questions import _replies
    from qa.api.requests import BatchQuestion
    from qa.api.served import Served

    async def first_line() -> str:
        here = Served(engine, engine.settings)
        lines = _replies(here, [BatchQuestion(question=SHUT)] * 2, "r1")
        first = await anext(lines)
        reader.gate.clear()
        second = asyncio.ensure_future(anext(lines))
        await asyncio.sleep(0.05)
        assert not second.done()
        reader.gate.set()
        assert json.loads(await second)["status"] == "answered"
        here.close()
        return first

    assert json.loads(asyncio.run(first_line()))["status"] == "answered"


@pytest.mark.parametrize(
    "asked",
    [
        {"quotation": "We waited too long"},
        {"quotation": "We waited far too long", "speaker": "Okafor"},
        {"quotation": "We waited too long", "speaker": "Leo Bell"},
        {"quotation": "Nobody ever said any of this at all"},
    ],
)
def test_a_check_is_that_of_the_command(engine: Engine, client: TestClient, asked: dict[str, str]) -> None:
    got = client.post("/v1/check-quote", json=asked)
    assert got.status_code == 200, got.text
    assert got.json() == check_json(check_quote(engine.library, asked["quotation"], asked.get("speaker", "")))


def test_quotations_without_words_and_with_filters(client: TestClient) -> None:
    assert client.post("/v1/check-quote", json={"quotation": "…"}).json()["detail"].startswith("There is no quotation")
    only = {"quotation": "We waited too long", "filters": {"publications": ["Coast Courier"]}}
    assert client.post("/v1/check-quote", json=only).json()["searched"]["articles"] == 1


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, "body.question"),
        ({"question": ""}, "body.question"),
        ({"question": "x" * 1001}, "body.question"),
        ({"question": 3}, "body.question"),
        ({"question": "Why?", "top": 21}, "body.top"),
        ({"question": "Why?", "top": "3"}, "body.top"),
        ({"question": "Why?", "top": 2.5}, "body.top"),
        ({"question": "Why?", "dates": "no"}, "body.dates"),
        ({"question": "Why?", "history": ["x"] * 21}, "body.history"),
        ({"question": "Why?", "history": ["x" * 1001]}, "body.history.0"),
        ({"question": "Why?", "filters": {"since": "20231005"}}, "body.filters.since"),
        ({"question": "Why?", "filters": {"since": "2023-02-30"}}, "body.filters.since"),
        ({"question": "Why?", "filters": {"since": 7}}, "body.filters.since"),
        ({"question": "Why?", "filters": {"author": ["Lee"]}}, "body.filters.author"),
        ({"question": "\ud800"}, "body.question"),
    ],
)
def test_what_cannot_be_asked_is_told_place_by_place(client: TestClient, body: Any, where: str) -> None:  # noqa: ANN401
    got = client.post("/v1/ask", content=json.dumps(body), headers={"Content-Type": "application/json"})
    assert (got.status_code, got.headers["content-type"]) == (422, "application/problem+json")
    problem = got.json()
    assert [wrong["where"] for wrong in problem["errors"]] == [where]
    assert problem["detail"].startswith(f"{where}: ")
    assert problem["errors"][0]["what"] in problem["detail"]


def test_a_number_without_a_fraction_is_whole(client: TestClient) -> None:
    assert client.post("/v1/ask", json={"question": SHUT, "top": 1.0}).status_code == 200
    (line,) = _lines(client.post("/v1/batch", json=[{"question": SHUT, "id": 7.0}]).text)
    assert line["id"] == "7"


def test_the_models_hold_all_of_the_contract(client: TestClient) -> None:
    """What a reply can hold comes through the models whole: no key is left out, none is added."""
    from dataclasses import replace

    from index.records import LibraryStats
    from index.statement_store import SpeakerName
    from qa.contract import reply_json
    from qa.records import Disagreement, Instead, Passage, Period, Query, Status
    from qa.records import Reply as Said

    day = SAID.published
    assert day
    others = (SpeakerName("Ann Lee", "", 3, 2, day, None),)
    reply = Said(
        query=Query("Why?", "Why?", period=Period("last week", day, None, day)), status=Status.ANSWERED, reason="",
        answers=(replace(ANSWER),), passages=(Passage("a1", "Border", "AP", None, "", "Fencing.", 0, 8, 0.03),),
        searched=LibraryStats(0, 0, (), None, None), timings_ms={"total": 1.0}, statements=(SAID,),
        instead=Instead("No.", "Ruth", "trams", 4, (SAID,), others), disagreement=Disagreement((ANSWER, ANSWER)),
    )  # fmt: skip
    for found in (reply_json(reply), _untimed(client.post("/v1/ask", json={"question": SAID_OF}).json())):
        found["timings_ms"] = {}
        assert Reply.model_validate(found).model_dump(mode="json", by_alias=True) == found
        assert (
            BatchReply.model_validate({"id": "1"} | found).model_dump(mode="json", by_alias=True) == {"id": "1"} | found
        )
    check = client.post("/v1/check-quote", json={"quotation": "We waited too long", "speaker": "Leo Bell"}).json()
    assert check["theirs"] or check["places"]
    assert Check.model_validate(check).model_dump(mode="json", by_alias=True) == check
