"""Measure a reader alone: its answers to questions over contexts that are given."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.confidence import Calibration
from qa.reader import Context, Found
from qa.squad.examples import Example, read_examples
from qa.squad.score import Judged, best_threshold, judge, scores

MAX_ANSWER_TOKENS = 30
# Questions held as windows at a time; their windows are sorted by length to save padding.
CHUNK = 512
RESAMPLES = 1000
# An answer counts as right from this F1 on where a probability is held against it.
RIGHT_F1 = 0.5
METRICS = ("em", "f1", "hasans_f1", "noans_f1")

Floats = NDArray[np.float64]


class FindsSpans(Protocol):
    """What measuring needs of a reader."""

    def find(  # noqa: D102 - Reader documents it
        self, questions: Sequence[str], contexts: Sequence[Context], max_answer_tokens: int, spans_per_window: int
    ) -> list[Found]: ...


def answer(
    reader: FindsSpans, examples: Sequence[Example], progress: Callable[[int], object] = lambda _: None
) -> list[Judged]:
    """Answer every question with its best span of all windows, and judge it; ``progress`` hears how many."""
    judged: list[Judged] = []
    for begin in range(0, len(examples), CHUNK):
        some = examples[begin : begin + CHUNK]
        best: list[Found | None] = [None] * len(some)
        contexts = [Context(example.context) for example in some]
        for found in reader.find([example.question for example in some], contexts, MAX_ANSWER_TOKENS, 1):
            known = best[found.context]
            if known is None or found.margin > known.margin:
                best[found.context] = found
        for example, found_best in zip(some, best, strict=True):
            golds = [gold.text for gold in example.answers]
            if found_best is None:
                judged.append(judge("", math.inf, golds))
            else:
                text = example.context[found_best.start : found_best.end]
                judged.append(judge(text, -found_best.margin, golds))
        progress(len(some))
    return judged


def read_sample(file: Path, sample: int = 0, seed: int = 0) -> list[Example]:
    """Read the questions of a file, or ``sample`` of them drawn with ``seed``."""
    examples = list(read_examples(file))
    if sample and sample < len(examples):
        examples = random.Random(seed).sample(examples, sample)  # noqa: S311 - sampling, not secrecy
    return examples


def report(judged: Sequence[Judged], calibration: Calibration) -> dict[str, Any]:
    """Return the figures of a reader on a set.

    Returns:
        ``em``, ``f1``, ``hasans_em``, ``hasans_f1`` and ``noans_f1`` in percent at ``threshold`` 0, where the reader
        itself prefers an answer to none; a set without unanswerable questions gets an answer to each (``threshold``
        None). ``intervals`` holds the 95 % bootstrap interval of each.
        ``best`` has the same figures at the threshold with the highest F1; it was chosen on the very set and says
        what the reader could reach. ``ece`` is the expected calibration error, 0 to 1; None without calibration.
    """
    answerable = all(item.answerable for item in judged)
    threshold = math.inf if answerable else 0.0
    result = {"questions": len(judged)} | _finite(asdict(scores(judged, threshold)))
    result["intervals"] = _intervals(judged, threshold)
    if not answerable:
        result["best"] = _finite(asdict(scores(judged, best_threshold(judged))))
        result["ece"] = _calibration_error(judged, calibration)
    return result


def difference(ours: Sequence[Judged], theirs: Sequence[Judged], thresholds: tuple[float, float]) -> dict[str, Any]:
    """Return the difference in F1 of two readers on the same questions, ours minus theirs, with its 95 % interval."""
    one, other = (
        np.array([_points(item, threshold)[1] for item in judged])
        for judged, threshold in zip((ours, theirs), thresholds, strict=True)
    )
    gaps = 100 * (one - other)
    low, high = np.percentile(_resampled_means(gaps), [2.5, 97.5])
    return {"f1": round(float(gaps.mean()), 2), "interval": [round(float(low), 2), round(float(high), 2)]}


def calibration_error(probability: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """Return the expected calibration error in ``bins`` equal steps of probability (Guo et al. 2017, section 2)."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [(place == b).mean() * abs(probability[place == b].mean() - right[place == b].mean()) for b in set(place)]
    return float(sum(gaps))


def probabilities(judged: Sequence[Judged], calibration: Calibration) -> tuple[Floats, NDArray[np.bool_]]:
    """Return how likely each answer is right by the calibration, and whether it is."""
    margins = np.array([-item.null_score_diff for item in judged])
    return calibration.of_margins(margins), np.array([item.answerable and item.f1 >= RIGHT_F1 for item in judged])


def _calibration_error(judged: Sequence[Judged], calibration: Calibration) -> float | None:
    return round(calibration_error(*probabilities(judged, calibration)), 4) if calibration.reader else None


def _points(item: Judged, threshold: float) -> tuple[float, float]:
    """EM and F1 of one question at a threshold."""
    said = item.null_score_diff <= threshold
    return (item.em * said, item.f1 * said) if item.answerable else (float(not said), float(not said))


def _intervals(judged: Sequence[Judged], threshold: float) -> dict[str, list[float] | None]:
    points = np.array([_points(item, threshold) for item in judged])
    has = np.array([item.answerable for item in judged])
    parts = (points[:, 0], points[:, 1], points[has, 1], points[~has, 1])
    return {name: _interval(100 * values) for name, values in zip(METRICS, parts, strict=True)}


def _interval(values: Floats) -> list[float] | None:
    if not values.size:
        return None
    return [round(float(edge), 2) for edge in np.percentile(_resampled_means(values), [2.5, 97.5])]


def _resampled_means(values: Floats) -> Floats:
    """Means of samples with replacement (percentile bootstrap, Efron 1979); shape (``RESAMPLES``,)."""
    rng = np.random.default_rng(0)
    return np.array([values[rng.integers(0, values.size, values.size)].mean() for _ in range(RESAMPLES)])


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    return {key: None if isinstance(value, float) and math.isinf(value) else value for key, value in values.items()}
