"""How far a number that rests on few answers is moved towards the others beside it."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

LEAST = 4
"""Numbers it takes to learn from their spread how much they truly differ."""


class Shrunk(NamedTuple):
    """Numbers moved towards their common mean.

    Attributes:
        values: in the order given; null where nothing was moved.
        shares: how far each went, 0-1; 1 would be all the way to the common mean.
        centre: the common mean; null with fewer than four numbers.
        variance: how much the true numbers differ among themselves, squared units.
    """

    values: np.ndarray
    shares: np.ndarray
    centre: float
    variance: float


def shrink(estimates: ArrayLike, errors: ArrayLike) -> Shrunk:
    """Move each estimate towards the common mean, the less sure it is the further.

    Args:
        estimates: numbers of one kind, such as the differences of a page; null is left out.
        errors: their standard errors, in the same units; one that is null or not above zero
            leaves its estimate out.

    Returns:
        The estimates moved by the share ``(k - 3) / (k - 1) * s^2 / (s^2 + variance)``, where
        ``s`` is the error of an estimate, ``k`` counts them and the variance between them is
        that of DerSimonian and Laird. Nothing is moved with fewer than four.

    References:
        C. N. Morris, JASA 78(381), 1983 (the share and its factor); R. DerSimonian, N. Laird,
        Controlled Clinical Trials 7(3), 1986 (the variance); B. Efron, C. Morris, JASA 70(350),
        1975 (of equal errors it is their estimator).

    Example:
        >>> found = shrink([0, 0, 0, 0, 12], [2, 2, 2, 2, 6])
        >>> found.values.round(1).tolist(), round(found.centre, 1)
        ([0.2, 0.2, 0.2, 0.2, 6.2], 0.3)
    """
    y, s = np.array(estimates, dtype=float), np.array(errors, dtype=float)
    values, shares = np.full_like(y, np.nan), np.full_like(y, np.nan)
    known = np.isfinite(y) & np.isfinite(s) & (s > 0)
    count = int(known.sum())
    if count < LEAST:
        return Shrunk(values, shares, math.nan, math.nan)
    variance = between(y[known], s[known])
    weights = 1 / (s[known] ** 2 + variance)
    centre = float((weights * y[known]).sum() / weights.sum())
    shares[known] = (count - 3) / (count - 1) * s[known] ** 2 * weights
    values[known] = y[known] + shares[known] * (centre - y[known])
    return Shrunk(values, shares, centre, variance)


def between(estimates: ArrayLike, errors: ArrayLike) -> float:
    """Estimate how much the true numbers differ among themselves, by moments.

    Args:
        estimates: at least two numbers.
        errors: their standard errors, above zero.

    Returns:
        The variance between them, at least 0, in squared units.

    References:
        R. DerSimonian, N. Laird, Controlled Clinical Trials 7(3), 1986.

    Example:
        >>> between([0, 10], [1, 1])
        49.0
    """
    y, weights = np.asarray(estimates, dtype=float), 1 / np.asarray(errors, dtype=float) ** 2
    total = weights.sum()
    spread = (weights * (y - (weights * y).sum() / total) ** 2).sum()
    free = (weights * (1 - weights / total)).sum()
    return max(0.0, float((spread - (y.size - 1)) / free)) if free > 0 else 0.0
