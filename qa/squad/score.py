"""The metric of SQuAD 1.1 and 2.0: exact match and F1 over normalized words.

Defined in Rajpurkar et al. 2016 (https://aclanthology.org/D16-1264) and 2018 (https://aclanthology.org/P18-2124).
"""

import re
import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

PUNCTUATION = str.maketrans("", "", string.punctuation)
ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """Lower-case; drop ASCII punctuation and English articles; single spaces."""
    return " ".join(ARTICLES.sub(" ", text.lower().translate(PUNCTUATION)).split())


def exact_match(predicted: str, gold: str) -> float:
    """1.0 where both are the same after normalization, else 0.0."""
    return float(normalize(predicted) == normalize(gold))


def f1(predicted: str, gold: str) -> float:
    """Harmonic mean of precision and recall of the words, 0 to 1; where either has none, both must have none."""
    predicted_words, gold_words = normalize(predicted).split(), normalize(gold).split()
    if not predicted_words or not gold_words:
        return float(predicted_words == gold_words)
    shared = sum((Counter(predicted_words) & Counter(gold_words)).values())
    return 2 * shared / (len(predicted_words) + len(gold_words))


@dataclass(frozen=True, slots=True)
class Judged:
    """One question as the metric sees it.

    Attributes:
        answerable: Whether it has an answer.
        em: Exact match of the predicted words with the nearest of the answers, 0 or 1; 0 where it has none.
        f1: F1 likewise, 0 to 1.
        null_score_diff: How much the reader prefers "no answer".
    """

    answerable: bool
    em: float
    f1: float
    null_score_diff: float


def judge(predicted: str, null_score_diff: float, golds: Sequence[str]) -> Judged:
    """Compare one prediction with the accepted answers; answers that normalize to nothing do not count."""
    accepted = [gold for gold in golds if normalize(gold)]
    return Judged(
        answerable=bool(accepted),
        em=max((exact_match(predicted, gold) for gold in accepted), default=0.0),
        f1=max((f1(predicted, gold) for gold in accepted), default=0.0),
        null_score_diff=null_score_diff,
    )


@dataclass(frozen=True, slots=True)
class Scores:
    """Means in percent at one threshold; None where a set has no such questions."""

    threshold: float
    em: float
    f1: float
    hasans_em: float | None
    hasans_f1: float | None
    noans_f1: float | None


def scores(judged: Sequence[Judged], threshold: float) -> Scores:
    """Score a set where "no answer" is given to every question whose ``null_score_diff`` exceeds ``threshold``.

    Raises:
        ValueError: The set is empty.
    """
    if not judged:
        raise ValueError("There is no question to score.")
    answered = [item.null_score_diff <= threshold for item in judged]
    em = [item.em * said if item.answerable else 1.0 - said for item, said in zip(judged, answered, strict=True)]
    overlap = [item.f1 * said if item.answerable else 1.0 - said for item, said in zip(judged, answered, strict=True)]
    has = [place for place, item in enumerate(judged) if item.answerable]
    none = [place for place, item in enumerate(judged) if not item.answerable]
    return Scores(
        threshold=threshold,
        em=_percent(em) or 0.0,
        f1=_percent(overlap) or 0.0,
        hasans_em=_percent([em[place] for place in has]),
        hasans_f1=_percent([overlap[place] for place in has]),
        noans_f1=_percent([overlap[place] for place in none]),
    )


def _percent(values: Sequence[float]) -> float | None:
    return round(100 * sum(values) / len(values), 2) if values else None


def best_threshold(judged: Sequence[Judged]) -> float:
    """The threshold with the highest F1; the lowest of equals, and -inf where never answering is best."""
    ordered = sorted(judged, key=lambda item: item.null_score_diff)
    total = best = 0.0
    threshold = float("-inf")
    for place, item in enumerate(ordered):
        total += item.f1 if item.answerable else -1.0
        last_of_equals = place + 1 == len(ordered) or ordered[place + 1].null_score_diff > item.null_score_diff
        if last_of_equals and total > best:
            best, threshold = total, item.null_score_diff
    return threshold
