"""Apps over an engine that needs no models."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from index.records import Draft
from index.tokens_kept import TOKENS_FILE
from qa.api.app import make_app
from qa.engine import Engine
from qa.reader import Place
from qa.records import Hit, Span
from qa.tokens import Tokens
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of, library_of

MAYOR = Draft(
    "Mayor Ruth Okafor said the old bridge will stay shut until spring. “We waited too long,” she said.\n\n"
    "Leo Bell, the harbor master, said that the ferry would run at night.",
    "mayor.txt",
    title="Bridge to stay shut",
    publication="Quay Post",
    published=date(2023, 10, 7),
    section="Local",
    authors=("Ann Lee",),
)
SHUT = "When was the bridge shut?"

Serve = Callable[..., TestClient]


class GatedReader(FakeReader):
    """A reader that waits, where a test shuts its gate, until the gate is opened."""

    def __init__(self, words: dict[str, float]) -> None:
        super().__init__(words)
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Semaphore(0)

    def read(
        self,
        question: str,
        hits: Sequence[Hit],
        max_answer_tokens: int,
        spans_per_hit: int,
        within: Sequence[Place] = (),
    ) -> list[Span]:
        """Read once the gate is open."""
        self.begun.release()
        assert self.gate.wait(20), "the test left the gate shut"
        return super().read(question, hits, max_answer_tokens, spans_per_hit, within)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine over three articles, which the tests of a file share."""
    reader = GatedReader({"on Monday": 9.0, "$5 million": 2.0})
    engine = engine_of(tmp_path_factory.mktemp("api"), reader, BRIDGE, FERRY, MAYOR)
    with engine.library:
        yield engine


@pytest.fixture
def reader(opened: Engine) -> Iterator[GatedReader]:
    """The reader of the engine."""
    assert isinstance(opened.reader, GatedReader)
    yield opened.reader
    opened.reader.gate.set()


@pytest.fixture
def engine(opened: Engine) -> Iterator[Engine]:
    """The engine, without anybody's token."""
    yield opened
    (library_of(opened).folder / TOKENS_FILE).unlink(missing_ok=True)


@pytest.fixture
def serve(engine: Engine) -> Iterator[Serve]:
    """Serve the engine and give a client, which sends ``secret`` as its token; without one everybody may read.

    Settings other than those of the tests are given by name, another engine as ``over``, other ``tokens`` as such.
    """
    with ExitStack() as clients:

        def start(
            secret: str = "",
            hosts: frozenset[str] = frozenset(),
            over: Engine = engine,
            tokens: Tokens | None = None,
            **settings: Any,  # noqa: ANN401
        ) -> TestClient:
            changed = over.settings.model_copy(update=settings)
            known = (tokens or Tokens(over.library.tokens)) if secret else None
            app = make_app(over, changed, hosts, known)
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            return clients.enter_context(TestClient(app, headers=headers, raise_server_exceptions=False))

        yield start


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """A client that needs no token."""
    return serve()
