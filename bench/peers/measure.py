"""Let systems do the same work by turns, and say what each did and how long it took."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from bench.peers.serve import Best
from bench.peers.worker import Pairs, System, Worker
from qa.squad.examples import Example
from qa.squad.score import Judged, best_threshold, judge, scores

QUESTIONS_A_TURN = 20  # of one passage each
NEWS_A_TURN = 2  # of ten passages each
ARTICLES_A_TURN = 100

Progress = Callable[[str], object]
Turn = TypeVar("Turn")


@dataclass(frozen=True, slots=True)
class Quality:
    """What a system answered to questions with one context each, in percent.

    Attributes:
        f1: Of all questions, where it abstains by its own rule; ``em`` likewise.
        best_f1: The same with the best rule for its scores, chosen on these very questions.
        answerable_f1: Of answerable questions, by its own rule.
        unanswerable_f1: Of the others.
        forced_f1: Of answerable questions where it must answer.
    """

    em: float
    f1: float
    best_f1: float
    answerable_f1: float
    unanswerable_f1: float
    forced_f1: float


@dataclass(frozen=True, slots=True)
class Speed:
    """How long one system took for what all did.

    Attributes:
        each_ms: Milliseconds for one passage, question or article: the median over the turns.
        times: How many times as long as the first system: the median of the ratios of the turns.
        total_s: Seconds for everything.
        peak_mb: The most memory its process had in use until then.
    """

    system: str
    each_ms: float
    times: float
    total_s: float
    peak_mb: float


@contextmanager
def started(systems: Sequence[System], logs: Path) -> Iterator[list[Worker]]:
    """Start all systems; end them afterwards."""
    with ExitStack() as stack:
        yield [stack.enter_context(Worker(system, logs)) for system in systems]


def read_news(workers: Sequence[Worker], pairs: Pairs, progress: Progress) -> list[Speed]:
    """Let all read the same passages; the time is that of a passage."""
    turns = _turns(pairs, NEWS_A_TURN)
    seconds = _by_turns(workers, turns, lambda worker, turn: worker.read(turn)[0], progress)
    return _speeds(workers, seconds, [sum(len(passages) for _, passages in turn) for turn in turns])


def read_squad(
    workers: Sequence[Worker], examples: Sequence[Example], progress: Progress
) -> tuple[list[Speed], list[Quality]]:
    """Let all answer the same questions; the time is that of a question with its context."""
    answers: dict[str, list[Best]] = {worker.system.name: [] for worker in workers}

    def read(worker: Worker, turn: Sequence[Example]) -> float:
        seconds, best = worker.read([(example.question, [example.context]) for example in turn])
        answers[worker.system.name] += best
        return seconds

    turns = _turns(examples, QUESTIONS_A_TURN)
    seconds = _by_turns(workers, turns, read, progress)
    quality = [_quality(examples, answers[worker.system.name]) for worker in workers]
    return _speeds(workers, seconds, [len(turn) for turn in turns]), quality


def index(workers: Sequence[Worker], articles: Sequence[dict[str, Any]], progress: Progress) -> list[Speed]:
    """Let all add the same articles; the time is that of an article."""
    turns = _turns(articles, ARTICLES_A_TURN)
    seconds = _by_turns(workers, turns, lambda worker, turn: worker.index(turn)[0], progress)
    return _speeds(workers, seconds, [len(turn) for turn in turns])


def fastest(systems: Sequence[System], pairs: Pairs, logs: Path) -> System:
    """Return the system that reads the pairs fastest, of three tries each."""
    with started(systems, logs) as workers:
        best = {worker.system.name: min(worker.read(pairs)[0] for _ in range(3)) for worker in workers}
    return min(systems, key=lambda system: best[system.name])


def _turns(everything: Sequence[Turn], size: int) -> list[Sequence[Turn]]:
    return [everything[first : first + size] for first in range(0, len(everything), size)]


def _by_turns(
    workers: Sequence[Worker], turns: Sequence[Turn], work: Callable[[Worker, Turn], float], progress: Progress
) -> list[list[float]]:
    """Give each turn to every system, beginning with another each time; return the seconds by system and turn."""
    seconds: list[list[float]] = [[] for _ in workers]
    for number, turn in enumerate(turns):
        for step in range(len(workers)):
            place = (number + step) % len(workers)
            seconds[place].append(work(workers[place], turn))
        progress(f"{number + 1} of {len(turns)} turns")
    return seconds


def _speeds(workers: Sequence[Worker], seconds: Sequence[Sequence[float]], sizes: Sequence[int]) -> list[Speed]:
    return [
        Speed(
            system=worker.system.name,
            each_ms=median(1000 * one / size for one, size in zip(own, sizes, strict=True)),
            times=median(one / first for one, first in zip(own, seconds[0], strict=True)),
            total_s=sum(own),
            peak_mb=worker.peak_mb,
        )
        for worker, own in zip(workers, seconds, strict=True)
    ]


def _quality(examples: Sequence[Example], answers: Sequence[Best]) -> Quality:
    judged = [
        judge(best.text, best.no_answer, [gold.text for gold in example.answers])
        for example, best in zip(examples, answers, strict=True)
    ]
    own, chosen = scores(judged, 0.0), scores(judged, best_threshold(judged))
    answerable: list[Judged] = [one for one in judged if one.answerable]
    return Quality(
        em=own.em,
        f1=own.f1,
        best_f1=chosen.f1,
        answerable_f1=own.hasans_f1 or 0.0,
        unanswerable_f1=own.noans_f1 or 0.0,
        forced_f1=100 * sum(one.f1 for one in answerable) / max(len(answerable), 1),
    )
