"""Means of answers that do not count alike, and what weighting costs."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from insights.clusters import t_interval
from insights.intervals import LEVEL, UNKNOWN, Interval


class WeightedMean(NamedTuple):
    """A mean of weighted, clustered answers, in the units of the answers.

    Attributes:
        mean: the weighted mean.
        error: its standard error; null with one cluster.
        interval: null with fewer than five clusters, or without any spread.
        n: answers.
        clusters: the accounts they come from.
        n_eff: so many answers that count alike would say as much; clusters are not looked at.
        deff: the square of the error, over that of as many unweighted answers that each stand for
            themselves; null without spread.
    """

    mean: float
    error: float
    interval: Interval
    n: int
    clusters: int
    n_eff: float
    deff: float


def effective_n(weights: ArrayLike) -> float:
    """Say how many answers that count alike are worth as much as these.

    Args:
        weights: one per answer, none negative.

    Returns:
        (sum of w)^2 / sum of w^2; 0 where there is nothing.

    Raises:
        ValueError: a weight is negative, null or infinite.

    References:
        L. Kish, "Survey Sampling", Wiley 1965, section 11.7.

    Example:
        >>> round(effective_n([1, 1, 2]), 2)
        2.67
    """
    weight = _checked(weights)
    squares = float((weight**2).sum())
    return float(weight.sum()) ** 2 / squares if squares else 0.0


def weighted_mean(
    values: ArrayLike, weights: ArrayLike, clusters: ArrayLike, *, level: float = LEVEL
) -> WeightedMean:
    """Average weighted answers; the standard error leaves out one cluster at a time.

    The weights are taken as given. Where they were made to fit a known mix of the same answers,
    ``insights.weighting.scores`` makes them again each time, which is surer.

    Args:
        values: the answers.
        weights: one per answer, none negative; only their proportions matter.
        clusters: which account each comes from.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        The mean; all null where no answer has weight.

    Raises:
        ValueError: a weight is negative, null or infinite, a value is not finite, or they are not
            equally many.

    References:
        docs/metrics.md, "Weighting to a known mix". J. E. Pustejovsky, E. Tipton, JBES 36(4), 2018
        (CR3); T. Lumley, "Complex Surveys", Wiley 2010, on the design effect.

    Example:
        >>> found = weighted_mean([100, 50, 75, 0, 25, 50], [2, 1, 1, 1, 1, 2], list("aabcde"))
        >>> f"{found.mean:.2f} +- {found.error:.2f}, n_eff {found.n_eff:.2f}"
        '56.25 +- 18.98, n_eff 5.33'
    """
    value, weight = np.asarray(values, float), _checked(weights)
    _, place = np.unique(np.asarray(clusters), return_inverse=True)
    if not len(value) == len(weight) == len(place):
        raise ValueError("values, weights and clusters: one of each per answer")
    if not np.isfinite(value).all():
        raise ValueError("values: one is not finite")
    whole, n = float(weight.sum()), len(value)
    count = int(place.max()) + 1 if n else 0
    if not whole:
        return WeightedMean(math.nan, math.nan, UNKNOWN, n, count, 0.0, math.nan)
    mean = float((weight * value).sum()) / whole
    held = np.bincount(place, weight)
    pulls = np.bincount(place, weight * (value - mean))
    error = math.nan
    if count > 1 and (held < whole).all():
        error = rounded(math.sqrt(float(((pulls / (whole - held)) ** 2).sum())), mean)
    alike = float((weight * (value - mean) ** 2).sum()) / whole / max(n - 1, 1)
    interval = t_interval(mean, error, count, level)
    return WeightedMean(
        mean, error, interval, n, count, effective_n(weight), design_effect(error, alike)
    )


def design_effect(error: float, alike: float) -> float:
    """Hold the variance of a mean against what it would be if all answers counted alike.

    Args:
        error: the standard error of the mean.
        alike: its variance, if as many answers each stood for themselves and counted once.

    Returns:
        The ratio; null where there is no spread or no error.

    References:
        L. Kish, "Survey Sampling", Wiley 1965, section 8.2.

    Example:
        >>> design_effect(2, 1.6)
        2.5
    """
    return error**2 / alike if error > 0 and alike > 0 else math.nan


def rounded(error: float, mean: float) -> float:
    """Take an error that is but the rounding of a machine for none.

    Args:
        error: the standard error.
        mean: what it is of.

    Returns:
        The error, or 0.

    References:
        ``insights.clusters``, which does the same.

    Example:
        >>> rounded(1e-12, 70.0)
        0.0
    """
    return 0.0 if error <= 1e-7 * max(abs(mean), 1.0) else error


def _checked(weights: ArrayLike) -> np.ndarray:
    """Refuse weights that are no weights."""
    weight = np.asarray(weights, float)
    if not np.isfinite(weight).all() or (weight < 0).any():
        raise ValueError("weights: none is negative, null or infinite")
    return weight
