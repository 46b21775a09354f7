"""POST: ask, a batch of questions, check a quotation."""

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine, Sequence
from email.message import Message
from typing import Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from index.errors import OnRecordError
from index.records import Filters
from qa.api.problems import as_problem, documented, problem_json
from qa.api.replies import Check, Reply
from qa.api.requests import MOST_IN_BATCH, BatchQuestion, Question, Quotation
from qa.api.served import Here, Served
from qa.check_quote import check_quote
from qa.check_quote_command import check_json

router = APIRouter(tags=["questions"])

LINES = "application/x-ndjson"
_GONE = 499  # for log and figures only, as nobody reads it; proxies use the same number
_QUESTIONS = TypeAdapter(list[BatchQuestion])
_ref = {name: {"$ref": f"#/components/schemas/{name}"} for name in ("BatchQuestion", "BatchReply", "BatchFailure")}
_BATCH_BODY = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {"type": "array", "items": _ref["BatchQuestion"], "minItems": 1, "maxItems": MOST_IN_BATCH}
        },
        LINES: {
            "schema": {"type": "string", "description": "A question a line"},
            "itemSchema": _ref["BatchQuestion"],
        },
    },
}
_BATCH_REPLY = {
    "description": "One line for each question, in their order, each as soon as it is known",
    "content": {
        LINES: {"schema": {"type": "string"}, "itemSchema": {"anyOf": [_ref["BatchReply"], _ref["BatchFailure"]]}}
    },
}


@router.post("/v1/ask", response_model=Reply, responses=documented(408, 413, 415, 422, 504), summary="Ask a question")
async def ask(asked: Question, request: Request, here: Here) -> dict[str, Any] | Response:
    """Answer with exact words of articles, or say that none has the answer. As `python -m qa ask --json`."""
    return await _unless_gone(request, here.reply(asked))


@router.post(
    "/v1/batch",
    response_class=StreamingResponse,
    responses={**documented(408, 413, 415, 422), 200: _BATCH_REPLY},
    openapi_extra={"requestBody": _BATCH_BODY},
    summary="Ask many questions",
)
async def batch(request: Request, here: Here) -> StreamingResponse:
    """Answer line by line, as `python -m qa batch`. A question that fails has `problem` in its line; others go on.

    A batch counts as so many requests as it has questions.
    """
    questions = _questions(request.headers.get("content-type", ""), await request.body())
    here.limit.charge(request.state.client, len(questions) - 1)
    return StreamingResponse(_replies(here, questions, request.state.request_id), media_type=LINES)


async def _replies(here: Served, questions: Sequence[BatchQuestion], request_id: str) -> AsyncIterator[str]:
    for asked in questions:
        identity = {} if asked.id is None else {"id": str(asked.id)}
        try:
            reply = await here.reply(asked, patient=True)
        except (OnRecordError, HTTPException) as error:
            told = error if isinstance(error, HTTPException) else as_problem(error, request_id)
            reply = {"question": asked.question, "problem": problem_json(told, request_id)}
        yield json.dumps(identity | reply, ensure_ascii=False) + "\n"


def _questions(content_type: str, body: bytes) -> list[BatchQuestion]:
    """Read a batch: a JSON list, or one JSON object a line."""
    message = Message()
    message["content-type"] = content_type
    kind = message.get_content_type()
    if kind == LINES:
        body = b"[" + b",".join(line for line in body.split(b"\n") if line.strip()) + b"]"
    elif kind != "application/json":
        raise HTTPException(415, f"A batch is application/json, a list of questions, or {LINES}, one a line.")
    try:
        questions = _QUESTIONS.validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from error
    if not 1 <= len(questions) <= MOST_IN_BATCH:
        raise HTTPException(422, f"A batch has 1 to {MOST_IN_BATCH} questions; this has {len(questions)}. Divide it.")
    return questions


@router.post(
    "/v1/check-quote", response_model=Check, responses=documented(408, 413, 415, 422, 504), summary="Check a quotation"
)
async def check(asked: Quotation, request: Request, here: Here) -> dict[str, Any] | Response:
    """Find whether the words stand in the articles and who said them. As `python -m qa check-quote --json`."""
    filters = asked.filters.filters() if asked.filters else Filters()
    work = here.looking.run(lambda: check_json(check_quote(here.library, asked.quotation, asked.speaker, filters)))
    return await _unless_gone(request, work)


async def _unless_gone(request: Request, work: Coroutine[Any, Any, dict[str, Any]]) -> dict[str, Any] | Response:
    """Return what is found, unless the client goes away: then nothing is begun for it that it would not read."""
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(request.receive())  # the body was read, so that nothing else can come
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        return await doing if doing.done() else Response(status_code=_GONE)
    finally:
        for task in (doing, gone):
            task.cancel()
