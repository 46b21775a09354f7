"""What every test gets."""

import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

# On a busy machine an example that takes a millisecond can take a second.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Put ``__main__`` back: a page under test leaves its own script there, which new processes would run first."""
    sys.modules["__main__"] = _MAIN
    yield
    sys.modules["__main__"] = _MAIN
