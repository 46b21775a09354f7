"""The app: one engine behind routes, a gate before them, and a watch over all of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from pydantic.json_schema import models_json_schema

from index.settings import Settings
from qa.api import archive, editing, health, questions
from qa.api.gate import Gate
from qa.api.problems import Problem, add_handlers
from qa.api.replies import BatchFailure, BatchReply
from qa.api.requests import BatchQuestion
from qa.api.served import Served
from qa.api.watch import Watch
from qa.engine import Engine
from qa.tokens import Tokens

_ABOUT = """Ask a library of news articles, and get the exact words that answer, with their source.

Errors are problems as RFC 9457 describes them; their `detail` says what to do.
"""


def make_app(
    engine: Engine, settings: Settings, hosts: frozenset[str] = frozenset(), tokens: Tokens | None = None
) -> FastAPI:
    """Put an app together.

    Args:
        engine: Who answers. It stays open.
        settings: Limits.
        hosts: Names under which the server may be asked, see ``gate.host_names``; none for any.
        tokens: Who may use it; None lets everybody read.
    """
    here = Served(engine, settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        here.close()

    app = _App(
        title="On Record", version="1", description=_ABOUT, lifespan=lifespan,
        # The pages that show the document load scripts from elsewhere, and nothing is to leave this machine.
        docs_url=None, redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )  # fmt: skip
    app.state.served = here
    known = [Depends(HTTPBearer(auto_error=False, description="A token of `python -m qa tokens add NAME`"))]
    for router in (questions.router, archive.router, editing.router, health.figures):
        app.include_router(router, dependencies=known)
    app.include_router(health.health)
    add_handlers(app)
    app.add_middleware(Gate, hosts=hosts, tokens=tokens, limit=here.limit, largest_file=here.limits.file_bytes)
    app.add_middleware(Watch, metrics=here.metrics)  # added last, it is the outermost
    return app


class _App(FastAPI):
    """An app whose OpenAPI document has the models, too, that routes name without FastAPI's knowing."""

    def openapi(self) -> dict[str, Any]:
        """Return the document; it is put together once, when it is first asked for."""
        if not self.openapi_schema:
            self.openapi_schema = _with_named_models(super().openapi())
        return self.openapi_schema


def _with_named_models(document: dict[str, Any]) -> dict[str, Any]:
    _, found = models_json_schema(
        [
            (BatchQuestion, "validation"),
            (BatchReply, "serialization"),
            (BatchFailure, "serialization"),
            (Problem, "serialization"),
        ],
        ref_template="#/components/schemas/{model}",
    )
    schemas = document["components"]["schemas"]
    schemas.update({name: schema for name, schema in found["$defs"].items() if name not in schemas})
    return document
