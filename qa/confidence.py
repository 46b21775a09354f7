"""How likely a candidate is the answer: logistic models over what reader and retrieval say of it."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.bundled import check_bundled
from index.errors import ModelError
from qa.answers import Candidate
from qa.candidates import FEATURES
from qa.reader import BUNDLED_FOLDER
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
    """One logistic model for each kind of candidate, so that all probabilities compare.

    ``reader`` is that of the reader alone, over its margin, for questions of which half have an answer; None where it
    was never fitted.
    """

    models: Mapping[AnswerKind, Logistic]
    reader: Logistic | None = None

    @classmethod
    def load(cls, reader_folder: Path) -> "Calibration":
        """Read the calibration that was fitted with a reader; a reader without one gets its plain margin.

        Raises:
            ModelError: The file is there and damaged, or made for other features.
        """
        path = reader_folder / CALIBRATION_FILE
        if reader_folder == BUNDLED_FOLDER:
            check_bundled(reader_folder, CALIBRATION_FILE)
        if not path.is_file():
            return cls(UNCALIBRATED)
        try:
            data = json.loads(path.read_text("utf-8"))
            models = {kind: _logistic(data[kind]) for kind in AnswerKind}
            reader = _logistic(data["reader"]) if "reader" in data else None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{path} is damaged: {error!r}. Restore it from the repository.") from error
        unknown = [f"{kind}: {name}" for kind in AnswerKind for name in models[kind].weights.keys() - FEATURES[kind]]
        if unknown:
            raise ModelError(
                f"{path} weighs features that are not measured ({', '.join(sorted(unknown))}). Restore it from the "
                f"repository, or fit it again: python -m bench calibrate --output {path}"
            )
        return cls(models, reader)

    def probability(self, candidate: Candidate) -> float:
        """Return the probability that a candidate answers its question."""
        return self.models[candidate.kind].probability(candidate.features)

    def of_margins(self, margins: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how likely answers of the reader alone are right, from their margins."""
        model = self.reader or Logistic(0.0, {"margin": 1.0})
        return np.array([model.probability({"margin": margin}) for margin in margins.tolist()])


def _logistic(entry: Any) -> Logistic:  # noqa: ANN401 - anything JSON can hold
    return Logistic(float(entry["bias"]), {name: float(weight) for name, weight in entry["weights"].items()})
