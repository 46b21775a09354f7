"""How long questions take, by stage, and with several users at once."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from qa.engine import Engine

# The first questions load models and warm the disk cache.
WARM_UP = 3

Times = tuple[float, float]  # median and 95th percentile, ms


@dataclass(frozen=True, slots=True)
class Load:
    """What so many users got who each ask the next question as soon as the last one is answered.

    Attributes:
        per_second: Questions answered in a second, of all users together.
        wait_ms: What one user waits for an answer: median and 95th percentile.
        stages_ms: The same for each stage, as the reply tells it; "total" is the whole.
    """

    users: int
    per_second: float
    wait_ms: Times
    stages_ms: dict[str, Times]


def warm_up(engine: Engine, questions: Sequence[str]) -> None:
    """Ask a few questions that do not count."""
    for question in questions[:WARM_UP]:
        engine.ask(question)


def ask_at_once(engine: Engine, questions: Sequence[str], users: int) -> Load:
    """Let users ask all questions through one engine, each of them a thread.

    Raises:
        OnRecordError: As ``Engine.ask``.
    """

    def ask(question: str) -> tuple[float, dict[str, float]]:
        started = time.perf_counter()
        timings = engine.ask(question).timings_ms
        return 1000 * (time.perf_counter() - started), timings

    started = time.perf_counter()
    with ThreadPoolExecutor(users) as pool:
        asked = list(pool.map(ask, questions))
    seconds = time.perf_counter() - started
    stages = {stage: _times([timings[stage] for _, timings in asked]) for stage in asked[0][1]}
    return Load(users, len(questions) / seconds, _times([wait for wait, _ in asked]), stages)


def _times(values: Sequence[float]) -> Times:
    median, high = np.percentile(values, (50, 95))
    return float(median), float(high)
