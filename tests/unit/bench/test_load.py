"""Questions of several users, on an engine whose timings are known."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.load import WARM_UP, ask_at_once, warm_up
from index.library import Library
from index.records import Filters
from index.settings import Settings
from qa.engine import Engine
from qa.query import understand
from qa.records import Reply, Status
from tests.unit.index.library_fakes import WordEmbedder


class _Clock(Engine):
    """Its n-th question takes n ms to read by its own account, and twice that in all; it really takes ``pause`` s."""

    def __init__(self, folder: Path, pause: float = 0.0) -> None:
        settings = Settings(library=folder / "library", embedder="fake")
        super().__init__(Library.open(Path(settings.library), WordEmbedder(), settings, create=True), settings)
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self._pause = pause
        self._lock = threading.Lock()

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
        with self._lock:
            self.asked.append(question)
            read = float(len(self.asked))
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self._pause)
        with self._lock:
            self.at_once -= 1
        return Reply(
            query=understand(question, history, filters),
            status=Status.NO_ANSWER,
            reason="No article here answers that.",
            answers=(),
            passages=(),
            searched=self.library.stats(filters),
            timings_ms={"read": read, "total": 2 * read},
        )


QUESTIONS = [f"Who won race {number}?" for number in range(101)]


def test_median_and_95th_percentile_leave_the_warm_up_out(tmp_path: Path) -> None:
    engine = _Clock(tmp_path)
    warm_up(engine, QUESTIONS)
    assert engine.asked == QUESTIONS[:WARM_UP]
    load = ask_at_once(engine, QUESTIONS, 1)
    # After the warm-up the questions take 4 to 104 ms: the median is 54, the 95th percentile 4 + 95.
    assert load.stages_ms == {"read": pytest.approx((54, 99)), "total": pytest.approx((108, 198))}
    assert engine.asked[WARM_UP:] == QUESTIONS
    assert engine.most_at_once == 1


def test_users_ask_at_once_and_all_questions_are_asked(tmp_path: Path) -> None:
    engine = _Clock(tmp_path, pause=0.05)
    load = ask_at_once(engine, QUESTIONS[:12], 4)
    assert engine.most_at_once == 4
    assert sorted(engine.asked) == sorted(QUESTIONS[:12])
    # Three rounds of at least 50 ms.
    assert load.users == 4
    assert 0 < load.per_second <= 80
    assert 50 <= load.wait_ms[0] <= load.wait_ms[1]
