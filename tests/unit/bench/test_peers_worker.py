"""Systems in processes of their own."""

import sys
from pathlib import Path

import pytest

from bench.peers.serve import ABSTAINED, Best
from bench.peers.worker import System, Worker
from index.errors import OnRecordError

PYTHON = Path(sys.executable)
MODULE = "tests.unit.bench.peer_fake"


def _system(**options: object) -> System:
    return System("Fake system", MODULE, PYTHON, options)


def test_a_reader_answers_each_question_of_its_passages(tmp_path: Path) -> None:
    with Worker(_system(role="read", weights="any"), tmp_path) as worker:
        seconds, answers = worker.read([("Who?", ["Ann did it.", "Bob"]), ("Who?", [""])])
        assert answers == [Best("Ann", -1.0), ABSTAINED]
        assert 0 <= seconds < 10
        assert worker.read([("Who?", ["“Zoë” said so"])])[1] == [Best("“Zoë”", -1.0)]
        assert worker.peak_mb > 1
    assert "libraries print things" in (tmp_path / "Fake-system-read.log").read_text()


def test_an_indexer_counts_passages(tmp_path: Path) -> None:
    with Worker(_system(role="index", held=2), tmp_path) as worker:
        assert worker.index([{"passages": ["a", "b"]}, {"passages": []}])[1] == 4
        assert worker.index([{"passages": ["c"]}])[1] == 5


def test_a_system_that_ends_says_why(tmp_path: Path) -> None:
    with pytest.raises(OnRecordError, match=r"Fake system ended before it answered.*there are no such weights"):
        Worker(_system(role="read", weights="missing"), tmp_path)
    with (
        Worker(_system(role="read", weights="any"), tmp_path) as worker,
        pytest.raises(OnRecordError, match="it had to end"),
    ):
        worker.read([("die", ["now"])])
