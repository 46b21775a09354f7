"""The table of latencies, from timings that are known."""

from collections.abc import Sequence
from pathlib import Path

from bench.latency import WARM_UP, measure
from index.library import Library
from index.records import Filters
from index.settings import Settings
from qa.engine import Engine
from qa.query import understand
from qa.records import Reply, Status
from tests.unit.index.library_fakes import WordEmbedder


class _Clock(Engine):
    """An engine whose n-th question takes n ms to read, and twice that in all."""

    def __init__(self, folder: Path) -> None:
        settings = Settings(library=folder / "library", embedder="fake")
        super().__init__(Library.open(settings.library, WordEmbedder(), settings, create=True), settings)
        self.asked: list[str] = []

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        top: int = 3,
        prefer_recent: bool | None = None,
        read_dates: bool = True,
    ) -> Reply:
        """Return a reply without answers, with its timings."""
        del top, prefer_recent, read_dates
        self.asked.append(question)
        read = float(len(self.asked))
        return Reply(
            query=understand(question, history, filters),
            status=Status.NO_ANSWER,
            reason="No article here answers that.",
            answers=(),
            passages=(),
            searched=self.library.stats(filters),
            timings_ms={"read": read, "total": 2 * read},
        )


def test_median_and_95th_percentile_leave_the_warm_up_out(tmp_path: Path) -> None:
    engine = _Clock(tmp_path)
    questions = [f"Who won race {number}?" for number in range(101)]
    table = measure(engine, questions)
    # After the warm-up the questions take 4 to 104 ms: the median is 54, the 95th percentile 4 + 95.
    assert table.splitlines() == [
        "0 articles, 0 passages",
        "",
        "| stage | p50 ms | p95 ms |",
        "|---|---:|---:|",
        "| read | 54 | 99 |",
        "| total | 108 | 198 |",
    ]
    assert engine.asked == [*questions[:WARM_UP], *questions]


def test_fewer_questions_than_the_warm_up_has_are_asked_twice(tmp_path: Path) -> None:
    engine = _Clock(tmp_path)
    assert "| read | 2 | 2 |" in measure(engine, ["Who won?"])
    assert engine.asked == ["Who won?"] * 2
