"""How sure a mean is when answers come in clusters: several from one account, or one person.

Everything here works on sums, so an engine can make them: clusters with the same number of
answers share a denominator, which makes the delete-one-cluster jackknife exact from one row per
size, however many clusters there are.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from insights.intervals import LEVEL, UNKNOWN, Interval

MINIMUM_CLUSTERS = 5
"""No interval is given for the answers of fewer accounts than this."""

_ROUNDING = 1e-7  # a standard error this small, relative to the mean, is rounding and not spread


class Mean(NamedTuple):
    """A mean of clustered answers, in the units of the answers; ``interval`` null if unknown."""

    mean: float
    error: float
    interval: Interval
    n: int
    clusters: int


def clustered_mean(
    sizes: ArrayLike,
    sums: ArrayLike,
    *,
    clusters: ArrayLike | None = None,
    squares: ArrayLike | None = None,
    level: float = LEVEL,
) -> Mean:
    """Average clustered answers; the standard error leaves out one cluster at a time.

    Args:
        sizes: answers per cluster, one entry per cluster, or one per size.
        sums: the sum of the answers; per cluster, or over all clusters of that size.
        clusters: how many clusters have that size; one each unless given.
        squares: the sum over those clusters of their sum squared; needed with ``clusters``.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        The mean, its standard error (CR3) and the interval by t with clusters - 1 degrees of
        freedom. No interval with fewer than five clusters, nor when all clusters agree: no
        spread says nothing about how sure the mean is. No entries at all: all null.

    Raises:
        ValueError: ``clusters`` is given without ``squares``, or a size is below 1.

    References:
        R. M. Bell, D. F. McCaffrey, Survey Methodology 28(2), 2002; J. E. Pustejovsky,
        E. Tipton, JBES 36(4), 2018 (CR3); A. C. Cameron, J. B. Gelbach, D. L. Miller,
        REStat 90(3), 2008, on few clusters.

    Example:
        >>> found = clustered_mean([2, 1, 1, 1, 1], [150, 50, 100, 75, 25])
        >>> f"{found.mean:.2f} +- {found.error:.2f}"
        '66.67 +- 12.05'
    """
    size, total, count, square = _checked(sizes, sums, clusters, squares)
    n, n_clusters = float((size * count).sum()), int(count.sum())
    if n == 0:
        return Mean(math.nan, math.nan, UNKNOWN, 0, 0)
    mean = float(total.sum()) / n
    if n_clusters == 1:
        return Mean(mean, math.nan, UNKNOWN, int(n), 1)
    spread = square - 2 * mean * size * total + count * (mean * size) ** 2
    error = math.sqrt(max(float((spread / (n - size) ** 2).sum()), 0.0))
    if error <= _ROUNDING * max(abs(mean), 1.0):
        error = 0.0
    interval = t_interval(mean, error, n_clusters, level)
    return Mean(mean, error, interval, int(n), n_clusters)


def t_interval(mean: float, error: float, clusters: int, level: float = LEVEL) -> Interval:
    """Give the t interval of a clustered mean.

    Args:
        mean: the estimate.
        error: its standard error, in the same units.
        clusters: how many clusters it rests on.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        The interval; null with fewer than five clusters, or without any spread.

    References:
        docs/metrics.md, "How sure a score is".

    Example:
        >>> [round(end, 2) for end in t_interval(70, 1, 20)]
        [67.91, 72.09]
    """
    if clusters < MINIMUM_CLUSTERS or not error > 0:
        return UNKNOWN
    half = float(stdtrit(clusters - 1, (1 + level) / 2)) * error
    return Interval(mean - half, mean + half)


def linearised_error(sizes: ArrayLike, sums: ArrayLike, clusters: int | None = None) -> float:
    """Give the linearised standard error of a clustered mean, as survey packages do.

    No page shows it: it is the usual error of R's survey package, so the tests hold the sums per
    cluster against a second reference with it.

    Args:
        sizes: answers per cluster.
        sums: the sum of the answers per cluster.
        clusters: how many clusters the sample drew, when some of them gave no answer here.

    Returns:
        The standard error, in the units of the answers; null for one cluster or none.

    References:
        T. Lumley, "Complex Surveys", Wiley 2010, section 2; R package survey, ``svymean``.

    Example:
        >>> round(linearised_error([2, 1, 1, 1, 1], [150, 50, 100, 75, 25]), 3)
        10.98
    """
    size, total = np.asarray(sizes, float), np.asarray(sums, float)
    count = size.size if clusters is None else clusters
    if count <= 1 or size.sum() == 0:
        return math.nan
    influence = (total - size * total.sum() / size.sum()) / size.sum()
    return math.sqrt(count / (count - 1) * float((influence**2).sum()))


def _checked(
    sizes: ArrayLike, sums: ArrayLike, clusters: ArrayLike | None, squares: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Bring clusters one by one, and clusters grouped by size, into one form."""
    size, total = np.asarray(sizes, float), np.asarray(sums, float)
    if size.size and size.min() < 1:
        raise ValueError("sizes: every cluster has at least one answer")
    if clusters is None:
        return size, total, np.ones_like(size), total**2
    if squares is None:
        raise ValueError("squares: needed when clusters are grouped by size")
    return size, total, np.asarray(clusters, float), np.asarray(squares, float)
