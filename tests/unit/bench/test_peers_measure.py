"""Systems by turns, without a process."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bench.peers.measure import index, read_news, read_squad
from bench.peers.serve import ABSTAINED, Best
from bench.peers.tables import indexing_table, quality_table, reading_table
from bench.peers.worker import Pairs, System, Worker
from qa.squad.examples import Example, Gold


class _Paced(Worker):
    """Takes ``pace`` seconds for each passage or article, or what is said for the turn; answers what it is told."""

    def __init__(
        self, name: str, pace: Sequence[float], answers: Sequence[Best] = (), turns: list[str] | None = None
    ) -> None:
        self.system = System(name, "none", Path("none"))
        self.peak_mb = 100.0
        self._paces, self._answers = iter(pace), iter(answers)
        self._turns = [] if turns is None else turns

    def read(self, pairs: Pairs) -> tuple[float, list[Best]]:
        self._turns.append(self.system.name)
        count = sum(len(passages) for _, passages in pairs)
        return next(self._paces) * count, [next(self._answers, ABSTAINED) for _ in pairs]

    def index(self, articles: Sequence[dict[str, Any]]) -> tuple[float, int]:
        return next(self._paces) * len(articles), len(articles)


def _quiet(_done: str) -> None:
    """Tell nobody."""


def test_times_are_medians_and_systems_take_turns_in_beginning() -> None:
    turns: list[str] = []
    # Three turns: of four passages, of four, and of two.
    workers = [_Paced("a", [0.1, 0.1, 0.4], turns=turns), _Paced("b", [0.2, 0.3, 0.4], turns=turns)]
    first, second = read_news(workers, [("q", ["p", "p"])] * 5, _quiet)
    assert (first.each_ms, first.times, first.total_s) == pytest.approx((100, 1, 1.6))
    assert (second.each_ms, second.times, second.total_s) == pytest.approx((300, 2, 2.8))
    assert turns == ["a", "b", "b", "a", "a", "b"]


def test_quality_is_by_its_own_rule_by_the_best_and_without_one() -> None:
    examples = [
        Example("1", "q", "Ann won.", (Gold("Ann", 0),)),
        Example("2", "q", "Bob won.", (Gold("Bob", 0),)),
        Example("3", "q", "Nobody.", ()),
        Example("4", "q", "Nobody.", ()),
    ]
    # Right; right but not given; rightly not given; wrongly given.
    answers = [Best("Ann", -3), Best("Bob", 1), Best("Nobody", 2), Best("Nobody", -1)]
    speeds, (good,) = read_squad([_Paced("a", [0.5], answers)], examples, _quiet)
    assert speeds[0].each_ms == pytest.approx(500)
    assert (good.em, good.f1) == (50, 50)
    assert (good.answerable_f1, good.unanswerable_f1, good.forced_f1) == (50, 50, 100)
    assert good.best_f1 == 75
    assert quality_table(["a"], [good]).splitlines()[2] == "| a | 50.0 | 50.0 | 75.0 | 50.0 | 50.0 | 100.0 |"


def test_tables_have_a_row_for_each_system() -> None:
    news = read_news([_Paced("a", [0.001]), _Paced("b", [0.002])], [("q", ["p"])], _quiet)
    assert reading_table(news, news).splitlines()[2:] == [
        "| a | 1.0 | 1.00 | 1.0 | 1.00 | 100 |",
        "| b | 2.0 | 2.00 | 2.0 | 2.00 | 100 |",
    ]
    adding = index([_Paced("a", [1]), _Paced("b", [2])], [{}, {}], _quiet)
    assert indexing_table(adding).splitlines()[2:] == [
        "| a | 2 | 1000.0 | 1.00 | 100 |",
        "| b | 4 | 2000.0 | 2.00 | 100 |",
    ]
