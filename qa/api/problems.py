"""Errors as ``application/problem+json`` (RFC 9457), each with one sentence that says what to do."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from index.errors import ArticleNotFoundError, CursorError, OnRecordError, QuestionError

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)
# A batch with a mistake in every line would be told at length.
_TOLD = 20

DESCRIPTIONS = {
    400: "What is asked makes no sense: a question without words, a cursor that no page gave, an unknown host",
    401: "There is no token, or it is unknown or has expired",
    403: "The token is a reader's, and this takes an editor",
    404: "There is no such article",
    408: "The body did not arrive in time",
    413: "The body is too large",
    415: "The body is of a type that cannot be read",
    422: "The request is not as this document describes it; `errors` says where",
    429: "Too many requests; Retry-After says in how many seconds to try again",
    500: "A mistake in the server; its log says more",
    503: "The library cannot be read, or too many requests are waiting; with Retry-After in the latter case",
    504: "It took too long and was given up",
}


class Wrong(BaseModel):
    """What is wrong in one place of a request."""

    where: str = Field(examples=["body.top"])
    what: str = Field(examples=["Input should be less than or equal to 20"])


class Problem(BaseModel):
    """Why a request was not done."""

    type: str = Field(description="Always about:blank: the status says what kind of problem it is")
    title: str = Field(description="The name of the status")
    status: int
    detail: str = Field(description="What happened and what to do, in a sentence")
    request_id: str = Field(description="By which the log of the server knows the request")
    errors: list[Wrong] = Field(default=[], description="What is wrong, place by place; absent where that is not known")


class Nothing(HTTPException):
    """Nothing of what was sent could be used."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        first = f"{wrong[0].where}: {wrong[0].what}" if wrong else "There is no article in it. Send one that has text."
        super().__init__(400, first)
        self.wrong = list(wrong[:_TOLD])


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the problems that a route may answer with, for OpenAPI; those that every route may have are among them."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": DESCRIPTIONS[status], "content": content}
        for status in sorted({400, 401, 429, 500, 503, *statuses})
    }


def problem_response(error: HTTPException, request_id: str, errors: list[Wrong] | None = None) -> JSONResponse:
    """Return what a client is told."""
    return JSONResponse(problem_json(error, request_id, errors), error.status_code, error.headers, MEDIA_TYPE)


def problem_json(error: HTTPException, request_id: str, errors: list[Wrong] | None = None) -> dict[str, Any]:
    """Return a problem as the JSON object of the contract."""
    status = HTTPStatus(error.status_code)
    told = Problem(
        type="about:blank", title=status.phrase, status=status, detail=error.detail, request_id=request_id,
        errors=errors or [],
    )  # fmt: skip
    return told.model_dump(exclude=None if errors else {"errors"})


def as_problem(error: OnRecordError, request_id: str) -> HTTPException:
    """Return what to tell of a failure: what the client can mend in full, what is the server's only that it is so."""
    if isinstance(error, ArticleNotFoundError):
        return HTTPException(404, "There is no such article. GET /v1/articles lists those that there are.")
    if isinstance(error, QuestionError | CursorError):
        return HTTPException(400, str(error))
    _log.error("%s: %s", request_id, error)
    return HTTPException(503, "The server cannot do that at the moment. Try again later; its log says why.")


def add_handlers(app: FastAPI) -> None:
    """Let every error of an app be told as a problem."""
    app.exception_handler(OnRecordError)(_tell_failure)
    app.exception_handler(HTTPException)(_tell_http)
    app.exception_handler(RequestValidationError)(_tell_invalid)


def _tell_failure(request: Request, error: OnRecordError) -> JSONResponse:
    return problem_response(as_problem(error, _id(request)), _id(request))


def _tell_http(request: Request, error: HTTPException) -> JSONResponse:
    if error.status_code == 404 and error.detail == "Not Found":
        error = HTTPException(404, "There is nothing at this address. GET /openapi.json describes what there is.")
    elif error.status_code == 405:
        # Of several routes with one path the framework names the methods of the first only.
        path = getattr(request.scope.get("route"), "path", "")  # none for the address of the document
        methods = request.app.openapi()["paths"].get(path, ["get"])
        allowed = ", ".join(sorted(method.upper() for method in methods))
        error = HTTPException(405, f"This address takes {allowed}.", {"Allow": allowed})
    return problem_response(error, _id(request), error.wrong if isinstance(error, Nothing) else None)


def _tell_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
    # What was sent is left out: it may be anything, and long.
    found = error.errors()[:_TOLD]
    if found[0]["loc"] == ("body",) and "json" not in request.headers.get("content-type", "json").lower():
        told = "The body is to be JSON and called so, by the header Content-Type: application/json."
        return problem_response(HTTPException(415, told), _id(request))
    wrong = [Wrong(where=".".join(map(str, one["loc"])), what=str(one["msg"])) for one in found]
    first = f"{wrong[0].where}: {wrong[0].what}. GET /openapi.json describes what may be sent."
    return problem_response(HTTPException(422, first), _id(request), wrong)


def _id(request: Request) -> str:
    return str(request.state.request_id)
