"""Logistic regression over four labels by three scores, fitted the same to the last byte anywhere.

Fixed steps instead of a line search, and sums in a fixed order: what differs between processors is
far below the grid that the weights are rounded to.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from insights.sentiment.weights import SPREAD

Matrix = NDArray[np.float64]


def fit(  # noqa: PLR0913 -- two of them by name only
    inputs: csr_array,
    targets: Matrix,
    weights: NDArray[np.float64],
    penalty: Matrix,
    *,
    steps: int = 300,
    around: Matrix | None = None,
) -> Matrix:
    """Fit coefficients by accelerated gradient descent.

    Args:
        inputs: one row per comment, one column per feature; rows of bounded length.
        targets: one row per comment, one column per label; each row sums to 1.
        weights: how much each comment counts.
        penalty: one row per feature, one column per score: the weight of the squared coefficient;
            infinite where there is none.
        steps: how many.
        around: where to begin, and from where a coefficient's distance is punished; else 0.

    Returns:
        One row per feature, one column per score.
    """
    share = (weights / weights.sum())[:, None]
    transposed = inputs.T.tocsr()
    is_there = np.isfinite(penalty)
    held = np.where(is_there, penalty, 0.0)
    # The curvature is at most the largest mean square of a row, and the penalty.
    squares = np.asarray(inputs.multiply(inputs).sum(axis=1)).ravel()
    rate = 1 / (float(np.quantile(squares, 0.99)) + held)
    origin = np.zeros((inputs.shape[1], len(SPREAD))) if around is None else around
    coefficients = origin.copy()
    ahead, momentum = coefficients.copy(), 1.0
    for _ in range(steps):
        missed = (softmax((inputs @ ahead) @ SPREAD) - targets) @ SPREAD.T
        slope = transposed @ (share * missed)
        moved = ahead - rate * (slope + held * (ahead - origin)) * is_there
        faster = (1 + np.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = moved + (momentum - 1) / faster * (moved - coefficients)
        coefficients, momentum = moved, float(faster)
    return coefficients


def softmax(scores: Matrix) -> Matrix:
    """Chances from scores, row by row."""
    exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Matrix = exponents / exponents.sum(axis=1, keepdims=True)
    return chances
