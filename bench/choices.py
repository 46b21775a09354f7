"""A conditional logit (McFadden 1974): what makes one of several candidates likelier than the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice that was made.

    Attributes:
        x: Features of the candidates, shape (candidates, features).
        right: Which of them would have been right, shape (candidates,); at least one.
        weight: How much it counts.
    """

    x: Floats
    right: NDArray[np.bool_]
    weight: float = 1.0


def conditional_logit(choices: Sequence[Choice], penalty: float) -> Floats:
    """Return the weights, shape (features,), that make the right candidates likeliest.

    Args:
        choices: At least one.
        penalty: Weight of the sum of the squared weights, which is added to the loss.
    """
    from scipy.optimize import minimize

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, gradient = penalty * float(weights @ weights), 2 * penalty * weights
        for choice in choices:
            scores = choice.x @ weights
            likelihood = np.exp(scores - scores.max())
            share = likelihood / likelihood.sum()
            right = share * choice.right
            value -= choice.weight * float(np.log(right.sum()))
            gradient = gradient + choice.weight * (choice.x.T @ (share - right / right.sum()))
        return value, gradient

    best: Floats = minimize(loss, np.zeros(choices[0].x.shape[1]), jac=True, method="L-BFGS-B").x
    return best
