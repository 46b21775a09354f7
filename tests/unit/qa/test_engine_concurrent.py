"""Questions while the library changes under them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.library import Library
from qa.engine import Engine
from qa.records import Status
from tests.unit.index.library_fakes import WordEmbedder
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of


def _between_searches(engine: Engine, monkeypatch: pytest.MonkeyPatch, act: Callable[[Library], object]) -> None:
    """Let another process act once, after the first search of the next question."""
    search = engine.library.search_keyword
    settings = engine.settings

    def search_late(*arguments: object) -> list[tuple[int, float]]:
        found = search(*arguments)  # type: ignore[arg-type]
        monkeypatch.undo()
        with Library.open(Path(settings.library), WordEmbedder(dimension=64), settings) as other:
            act(other)
        return found

    monkeypatch.setattr(engine.library, "search_keyword", search_late)


def test_a_library_that_is_rebuilt_within_a_question_still_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE)
    _between_searches(engine, monkeypatch, lambda other: other.rebuild())
    assert engine.ask("When was the bridge shut?").status is Status.ANSWERED


def test_what_is_removed_within_a_question_makes_room_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE, FERRY)
    bridge = next(one.id for one in engine.library.articles() if one.title == BRIDGE.title)
    _between_searches(engine, monkeypatch, lambda other: other.remove(bridge))
    reply = engine.ask("When was the bridge shut?")
    assert {passage.title for passage in reply.passages} == {FERRY.title}
