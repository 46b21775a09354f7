"""Fit who is meant by "he", "the company" and "the senator": a conditional logit over all whom an article names.

The labels are statements of real articles with the names that are right for their speaker. Those whose speaker is a
pronoun or a description teach what makes one candidate likelier than another, and than nobody. The report is by
cross-validation with whole articles left out.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.labelled import Row
from index.names import split_title, surname
from index.records import Article
from index.referents import BODY, DESCRIBED, PERSON, Features
from index.speakers import is_definite
from index.statements import cast_of

FOLDS = 10
# Weight of the squared penalty. Of 0.5, 1 and 2 none is better for all kinds; the figures differ by two in a hundred.
PENALTY = 1.0
_SAME = 0.3

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Example:
    """One reference: what is observed of each candidate, the last of which is nobody, and which of them are right."""

    article: str
    kind: str
    features: tuple[Features, ...]
    right: NDArray[np.bool_]


def fit(rows: Sequence[Row], articles: Mapping[str, Article], output: Path) -> str:
    """Fit on labels, write the weights, and return a report with cross-validated figures.

    Args:
        rows: Labels as in ``tests/quality/attribution.jsonl``.
        articles: The labelled articles by id.
        output: The file of weights.
    """
    examples = [found for row in rows if (found := _example(row, articles[row["article"]]))]
    weights: dict[str, dict[str, float]] = {}
    lines = ["| reference | labelled | right, by cross-validation |", "|---|---:|---:|"]
    for kind in (PERSON, BODY, DESCRIBED):
        some = [example for example in examples if example.kind == kind]
        weights[kind] = {}
        if not some:
            continue
        names = sorted({name for example in some for features in example.features for name in features})
        tables = [_table(example.features, names) for example in some]
        weights[kind] = dict(zip(names, _weights(tables, some).round(3).tolist(), strict=True))
        right = _held_out(tables, some)
        lines.append(f"| {kind} | {len(some)} | {right / len(some):.1%} |")
    output.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    return "\n".join(lines)


def _example(row: Row, article: Article) -> _Example | None:
    """Return the reference that a labelled statement has as its speaker, or None where it has none."""
    phrase = row["written"] or "a"
    pronoun = phrase.lower() in ("he", "she", "it")
    if row["speaker"] is None or not (pronoun or is_definite(phrase)):
        return None
    if not pronoun and phrase.split()[0].lower() != "the" and split_title(phrase)[1]:
        return None  # a name, which refers to nobody else
    cast = cast_of(article)
    gold = [(start, end) for start, end in row["spans"]]
    for reference, spoken in cast.asked:
        if reference.phrase != row["written"] or _likeness(reference.said, gold) < _SAME:
            continue
        candidates = cast.referents.candidates(reference, spoken)
        right = [_is_named(entity.name, row["speaker"]) for entity, _ in candidates]
        features = (*(features for _, features in candidates), cast.referents.features_of_nobody(reference))
        right.append("" in row["speaker"])
        return _Example(article.id, reference.kind, features, np.array(right, dtype=bool)) if any(right) else None
    return None


def _is_named(name: str, names: Sequence[str]) -> bool:
    """True for one of the names, and where one of the two is the surname alone."""
    alone = (one for one in names if one and (" " not in one or " " not in name))
    return name in names or any(surname(name) == surname(one) for one in alone)


def _likeness(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> float:
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    return common / (sum(b - a for a, b in one) + sum(b - a for a, b in other) - common)


def _table(features: Sequence[Features], names: Sequence[str]) -> Floats:
    return np.array([[float(row.get(name, 0.0)) for name in names] for row in features])


def _weights(tables: Sequence[Floats], examples: Sequence[_Example]) -> Floats:
    """Return the weights that make the right candidates likeliest."""
    from scipy.optimize import minimize

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, gradient = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for table, example in zip(tables, examples, strict=True):
            scores = table @ weights
            likelihood = np.exp(scores - scores.max())
            right = likelihood * example.right
            value -= float(np.log(right.sum() / likelihood.sum()))
            gradient = gradient + table.T @ (likelihood / likelihood.sum() - right / right.sum())
        return value, gradient

    best: Floats = minimize(loss, np.zeros(tables[0].shape[1]), jac=True, method="L-BFGS-B").x
    return best


def _held_out(tables: Sequence[Floats], examples: Sequence[_Example]) -> int:
    """Return how many are right by weights that were fitted without their article."""
    fold = {article: number % FOLDS for number, article in enumerate(sorted({e.article for e in examples}))}
    right = 0
    for left_out in range(FOLDS):
        kept = [number for number, example in enumerate(examples) if fold[example.article] != left_out]
        weights = _weights([tables[number] for number in kept], [examples[number] for number in kept])
        others = set(range(len(examples))) - set(kept)
        right += sum(bool(examples[n].right[int((tables[n] @ weights).argmax())]) for n in others)
    return right
