"""How likely a candidate is the answer: logistic models over what reader and retrieval say of it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError
from qa.answers import Candidate
from qa.records import AnswerKind

CALIBRATION_FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Logistic:
    """``bias`` is the log-odds where all features are zero, each weight the log-odds of one unit of its feature."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return a probability between 0 and 1."""
        log_odds = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        # Beyond 30 the result is 0 or 1 to the last digit, and exp would overflow at 710.
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


# A reader that was never calibrated: its own margin, and statements as likely as the span they hold.
UNCALIBRATED = {kind: Logistic(0.0, {"margin": 1.0}) for kind in AnswerKind}


@dataclass(frozen=True, slots=True)
class Calibration:
    """One logistic model for each kind of candidate, so that all probabilities compare."""

    models: Mapping[AnswerKind, Logistic]

    @classmethod
    def load(cls, reader_folder: Path) -> "Calibration":
        """Read the calibration that was fitted with a reader; a reader without one gets its plain margin.

        Raises:
            ModelError: The file is there and damaged.
        """
        path = reader_folder / CALIBRATION_FILE
        if not path.is_file():
            return cls(UNCALIBRATED)
        try:
            data = json.loads(path.read_text("utf-8"))
            return cls({kind: Logistic(float(data[kind]["bias"]), dict(data[kind]["weights"])) for kind in AnswerKind})
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path} is damaged: {error!r}. Restore it from the repository.") from error

    def probability(self, candidate: Candidate) -> float:
        """Return the probability that a candidate answers its question."""
        return self.models[candidate.kind].probability(candidate.features)
