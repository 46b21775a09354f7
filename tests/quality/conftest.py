"""Libraries of real articles with the bundled models, built once for all quality tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.settings import Settings
from qa.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def open_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Engine]]:
    """Open an engine on a new, empty library of the name given."""
    opened: list[Engine] = []

    def open_on(name: str) -> Engine:
        engine = Engine.open(Settings(library=tmp_path_factory.mktemp(name)), create=True)
        opened.append(engine)
        return engine

    yield open_on
    for engine in opened:
        engine.library.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the checkout; skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the development data beside the checkout (../shared) are not on this machine")
    return SHARED
