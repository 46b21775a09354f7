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

from bench.choices import Choice, conditional_logit
from bench.labelled import Row
from index.names import split_title, surname
from index.records import Article
from index.reference import BODY, DESCRIBED, PERSON
from index.referents import Features
from index.speakers import is_definite
from index.statements import cast_of

FOLDS = 10
# Weight of the squared penalty. Of 0.5, 1 and 2 none is better for all kinds; the figures differ by two in a hundred.
PENALTY = 1.0
_SAME = 0.3


@dataclass(frozen=True, slots=True)
class _Example:
    """One reference: what is observed of each candidate, the last of which is nobody, and which of them are right."""

    article: str
    kind: str
    features: tuple[Features, ...]
    right: NDArray[np.bool_]

    def choice(self, names: Sequence[str]) -> Choice:
        """Return it as a table with a column for each name."""
        return Choice(np.array([[float(row.get(name, 0.0)) for name in names] for row in self.features]), self.right)


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
        choices = [example.choice(names) for example in some]
        weights[kind] = dict(zip(names, conditional_logit(choices, PENALTY).round(3).tolist(), strict=True))
        right = _held_out(choices, some)
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


def _held_out(choices: Sequence[Choice], examples: Sequence[_Example]) -> int:
    """Return how many are right by weights that were fitted without their article."""
    fold = {article: number % FOLDS for number, article in enumerate(sorted({e.article for e in examples}))}
    right = 0
    for left_out in range(FOLDS):
        out = [fold[example.article] == left_out for example in examples]
        weights = conditional_logit([choice for choice, away in zip(choices, out, strict=True) if not away], PENALTY)
        tried = [choice for choice, away in zip(choices, out, strict=True) if away]
        right += sum(bool(choice.right[int((choice.x @ weights).argmax())]) for choice in tried)
    return right
