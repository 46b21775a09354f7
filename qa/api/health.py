"""GET: whether all is well, and figures for Prometheus."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from qa.api.lists import Alive, Ready
from qa.api.problems import documented
from qa.api.served import Here

health = APIRouter(tags=["health"])
figures = APIRouter(tags=["health"])

_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@health.get("/health/live", response_model=Alive, responses=documented(), summary="Does it answer?")
async def live() -> Alive:
    """Answer, whatever state the library is in. No token is needed."""
    return Alive()


# Not in the threads of the routes: what is asked in order to restart a server must not wait for its clients.
@health.get("/health/ready", response_model=Ready, responses=documented(), summary="Can it be asked?")
def ready(here: Here) -> dict[str, Any]:
    """Answer 200 where models are loaded and the library can be read, else 503. No token is needed."""
    return {"generation": here.library.generation, "articles": here.library.stats().articles}


@figures.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses={**documented(), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
    summary="Figures for Prometheus",
)
def metrics(here: Here) -> Response:
    """Count requests, times, questions, what waits, what the library holds, and what the process uses."""
    return Response(here.metrics.text(), media_type=_MEDIA_TYPE)
