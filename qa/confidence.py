"""How likely a span is the answer: a logistic model over what reader and retrieval say of it."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError
from qa.records import Query, Span
from qa.words import content_stems, stem, tokens

CALIBRATION_FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic model; ``probability`` is comparable across passages and questions.

    Attributes:
        bias: Log-odds where all features are zero.
        weights: Log-odds for one unit of each feature.
    """

    bias: float
    weights: dict[str, float]

    @classmethod
    def load(cls, reader_folder: Path) -> "Calibration":
        """Read the calibration that was fitted with a reader; a reader without one gets the plain margin.

        Raises:
            ModelError: The file is there and damaged.
        """
        path = reader_folder / CALIBRATION_FILE
        if not path.is_file():
            return cls(bias=0.0, weights={"margin": 1.0})
        try:
            data = json.loads(path.read_text("utf-8"))
            return cls(float(data["bias"]), {str(name): float(weight) for name, weight in data["weights"].items()})
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} is damaged: {error}. Restore it from the repository.") from error

    def probability(self, features: dict[str, float]) -> float:
        """Return the probability, between 0 and 1, that a span with these features answers the question."""
        log_odds = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        # Beyond 30 the result is 0 or 1 to the last digit, and exp would overflow at 710.
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def features(query: Query, span: Span) -> dict[str, float]:
    """Return what the calibration weighs.

    - ``margin``: logit by which the reader prefers the span to "no answer here"
    - ``coverage``: share (0 to 1) of the question's content words that headline or passage have
    - ``echo``: share (0 to 1) of the span's words that the question has already: an answer adds something
    """
    asked = set(content_stems(query.interpreted_as))
    there = {stem(word) for word in tokens(f"{span.hit.article.title} {span.hit.text}")}
    said = {stem(word) for word in tokens(span.text)}
    return {
        "margin": span.margin,
        "coverage": len(asked & there) / len(asked) if asked else 1.0,
        "echo": len(asked & said) / len(said) if said else 1.0,
    }
