"""The engine: what it loads, when, and for how many at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import LibraryError, ModelError
from qa.confidence import CALIBRATION_FILE
from qa.engine import Engine
from qa.reader import Reader
from qa.records import Status
from tests.unit.qa.engine_fakes import BRIDGE, FERRY, FakeReader, engine_of, settings_of


def test_all_stages_are_timed(tmp_path: Path) -> None:
    timings = engine_of(tmp_path, FakeReader(), BRIDGE).ask("When was the bridge shut?").timings_ms
    assert {"query", "retrieve", "read", "answer", "total"} <= timings.keys()
    assert all(value >= 0 for value in timings.values())
    assert timings["total"] >= max(value for stage, value in timings.items() if stage != "total")


def test_the_calibration_belongs_to_the_reader(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE)
    (tmp_path / "reader").mkdir()
    never = '{"bias": -50, "weights": {}}'
    (tmp_path / "reader" / CALIBRATION_FILE).write_text(f'{{"span": {never}, "statement": {never}}}', "utf-8")
    assert engine.ask("When was the bridge shut?").status is Status.NO_ANSWER


def test_a_damaged_calibration_is_told(tmp_path: Path) -> None:
    engine = engine_of(tmp_path, FakeReader({"on Monday": 9.0}), BRIDGE)
    (tmp_path / "reader").mkdir()
    (tmp_path / "reader" / CALIBRATION_FILE).write_text("{", "utf-8")
    with pytest.raises(ModelError, match="damaged"):
        engine.ask("When was the bridge shut?")


def test_the_reader_is_loaded_once_for_two_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []

    def load(name: str, _threads: int) -> FakeReader:
        loaded.append(name)
        time.sleep(0.2)  # long enough for the other thread to come
        return FakeReader({"on Monday": 9.0})

    monkeypatch.setattr(Reader, "load", load)
    engine = engine_of(tmp_path, None, BRIDGE)
    assert loaded == []
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(engine.ask, ["When was the bridge shut?"] * 2))
    assert loaded == [str(tmp_path / "reader")]
    assert [reply.answers[0].text for reply in replies] == ["on Monday"] * 2


def test_a_reader_that_could_not_be_loaded_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attempts: list[str] = []

    def load(name: str, _threads: int) -> FakeReader:
        attempts.append(name)
        if len(attempts) == 1:
            raise ModelError("not there")
        return FakeReader({"on Monday": 9.0})

    monkeypatch.setattr(Reader, "load", load)
    engine = engine_of(tmp_path, None, BRIDGE)
    with pytest.raises(ModelError):
        engine.ask("When was the bridge shut?")
    assert engine.ask("When was the bridge shut?").status is Status.ANSWERED


def test_threads_at_once_get_what_one_gets(tmp_path: Path) -> None:
    words = {"on Monday": 3.0, "$5 million": 2.0, "twice an hour": 1.0}
    engine = engine_of(tmp_path, FakeReader(words), BRIDGE, FERRY)
    questions = ["When was the bridge shut?", "What do repairs cost?", "How often does the ferry run?"] * 6
    expected = [engine.ask(question).answers for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert [reply.answers for reply in pool.map(engine.ask, questions)] == expected


def test_open_refuses_a_missing_library_and_makes_one_if_told(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    with pytest.raises(LibraryError, match="There is no library"):
        Engine.open(settings)
    assert Engine.open(settings, create=True).library.stats().articles == 0
