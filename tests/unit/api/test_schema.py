"""The OpenAPI document keeps its word, whatever is sent: schemathesis makes requests from it and checks the answers.

The long run is made against a server, with the bundled models; docs/api.md has its command.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from schemathesis.engine import events, from_schema
from schemathesis.python.asgi import shutdown_lifespans
from schemathesis.schemas import BaseSchema
from starlette.testclient import TestClient

from index.tokens_kept import Role
from qa.api.app import make_app
from qa.engine import Engine
from qa.tokens import Tokens, add_token

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.fixture
def described(opened: Engine) -> Iterator[BaseSchema]:
    """The document of an app that takes a token, to be tested in the same way each time."""
    kept = opened.library.tokens
    config = schemathesis.Config.from_path(CONFIG)
    project = config.projects.default
    project.headers = {"Authorization": f"Bearer {add_token(kept, 'schemathesis', Role.EDITOR)}"}
    project.generation.update(max_examples=8)
    settings = opened.settings.model_copy(update={"api_per_minute": 1_000_000})
    app = make_app(opened, settings, tokens=Tokens(kept))
    yield schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    shutdown_lifespans()


def test_answers_are_as_described(described: BaseSchema) -> None:
    found, cases = [], 0
    for event in from_schema(described).execute():
        if isinstance(event, events.ScenarioFinished):
            cases += len(event.recorder.cases)
            failed = [check.failure_info for checks in event.recorder.checks.values() for check in checks]
            found += [f"{info.failure}\n{info.code_sample}" for info in failed if info]
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
    assert not found, "\n\n".join(found)
    assert cases > 300


def test_every_route_is_described_with_its_problems(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/v1/ask", "/v1/batch", "/v1/check-quote", "/v1/articles", "/v1/articles/{id}", "/v1/statements",
        "/v1/speakers", "/v1/library", "/metrics", "/health/live", "/health/ready",
    }  # fmt: skip
    assert set(document["paths"]["/v1/articles"]) == {"get", "post"}
    assert set(document["paths"]["/v1/articles/{id}"]) == {"get", "delete"}
    for path, operations in document["paths"].items():
        for operation in operations.values():
            described: dict[str, Any] = operation["responses"]
            assert {"400", "401", "429", "500", "503"} < set(described), path
            problems = [answer["content"] for status, answer in described.items() if status >= "400"]
            assert all(list(content) == ["application/problem+json"] for content in problems), path
            assert ("security" in operation) == (not path.startswith("/health")), path
    assert "HTTPValidationError" not in document["components"]["schemas"]
