"""Least squares over months, with errors that stand neighbours going together."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class Fit(NamedTuple):
    """What a regression found.

    Attributes:
        coefficients: one per column of the design.
        errors: their standard errors, as if what is left over were independent.
        robust: their standard errors by Newey and West.
        residuals: what is left over.
        freedom: observations minus coefficients.
    """

    coefficients: np.ndarray
    errors: np.ndarray
    robust: np.ndarray
    residuals: np.ndarray
    freedom: int


def fit(
    design: ArrayLike, values: ArrayLike, weights: ArrayLike | None = None, lag: int | None = None
) -> Fit | None:
    """Fit by weighted least squares, observations in the order of time.

    Args:
        design: one row per observation, one column per coefficient.
        values: what is explained.
        weights: how precise each value is, against the others; alike unless given.
        lag: how many neighbours may go together; by default ``usual_lag``.

    Returns:
        The fit; None where the columns do not determine it, or nothing is left over to judge by.

    References:
        W. K. Newey, K. D. West, Econometrica 55(3), 1987: weights falling in a line with the lag,
        no correction for few observations, as R's sandwich with ``adjust = FALSE``.

    Example:
        >>> found = fit([[1, 0], [1, 0], [1, 1], [1, 1]], [1.0, 3.0, 6.0, 8.0])
        >>> found.coefficients.round(6).tolist(), found.errors.round(6).tolist()
        ([2.0, 5.0], [1.0, 1.414214])
    """
    x, y = np.asarray(design, float), np.asarray(values, float)
    w = np.ones(y.size) if weights is None else np.asarray(weights, float)
    freedom = x.shape[0] - x.shape[1]
    root = np.sqrt(w / w.mean()) if w.size else w
    scaled = x * root[:, None]
    if freedom < 1 or np.linalg.matrix_rank(scaled) < x.shape[1]:
        return None
    bread = np.linalg.inv(scaled.T @ scaled)
    coefficients = bread @ scaled.T @ (y * root)
    residuals = y - x @ coefficients
    left = residuals * root
    errors = np.sqrt(np.diag(bread) * float(left @ left) / freedom)
    meat = _long_run(scaled * left[:, None], usual_lag(y.size) if lag is None else lag)
    robust = np.sqrt(np.clip(np.diag(bread @ meat @ bread), 0, None))
    return Fit(coefficients, errors, robust, residuals, freedom)


def usual_lag(n: int) -> int:
    """How many neighbours may go together in a series of so many.

    Args:
        n: observations.

    Returns:
        The whole part of 4 (n / 100)^(2/9).

    References:
        W. K. Newey, K. D. West, Review of Economic Studies 61(4), 1994.

    Example:
        >>> usual_lag(18), usual_lag(36), usual_lag(192)
        (2, 3, 4)
    """
    return int(4 * (n / 100) ** (2 / 9))


def _long_run(scores: np.ndarray, lag: int) -> np.ndarray:
    """The variance of a sum of neighbours that go together."""
    total = scores.T @ scores
    for apart in range(1, min(lag, len(scores) - 1) + 1):
        together = scores[apart:].T @ scores[:-apart]
        total = total + (1 - apart / (lag + 1)) * (together + together.T)
    meat: np.ndarray = total
    return meat
