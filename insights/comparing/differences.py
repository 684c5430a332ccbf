"""How sure a difference between two periods is, when some accounts answered in both."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit
from scipy.stats import false_discovery_control

from insights.clusters import MINIMUM_CLUSTERS
from insights.intervals import LEVEL, UNKNOWN, Interval

POWER = 0.80
"""The smallest difference is one that would have been found in this share of cases."""

FALSE_DISCOVERIES = 0.10
"""Of the changes called proven, this share at most may be chance, on average."""

SUMS = ("n0", "n1", "clusters", "t0", "t1", "q00", "q11", "q01")
"""What ``difference`` adds up: per pair of sizes the answers of a cluster before and after, how
many clusters, their sums before and after, and the sums of squares and of products of those."""


class Difference(NamedTuple):
    """After minus before, in points; null where it cannot be known."""

    change: float
    error: float
    interval: Interval
    p: float
    smallest: float
    clusters_before: int
    clusters_after: int


def difference(sums: pd.DataFrame, level: float = LEVEL) -> Difference:
    """Compare two means whose answers come in clusters, some of them in both.

    Leaves out one cluster at a time, from both periods at once: who answered twice is
    compared with themselves, which makes the difference surer.

    Args:
        sums: the columns of ``SUMS``; one row per cluster, or per pair of sizes.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        The change (points), its standard error, interval and p-value by t (degrees of freedom
        by Welch and Satterthwaite, at most clusters - 1), and the smallest change that would
        have been found in 80% of cases. Only the change when a period has fewer than five
        clusters or there is no spread; nothing when a period has no answers.

    References:
        docs/metrics.md, "Change". F. E. Satterthwaite, Biometrics Bulletin 2(6), 1946;
        J. Cohen, "Statistical Power Analysis", 1988.

    Example:
        >>> before, after = np.arange(10.0), np.arange(10.0) + 5 + np.tile([0.0, 1.0], 5)
        >>> found = difference(paired_sums(np.ones(10), before, np.ones(10), after))
        >>> round(found.change, 3), round(found.error, 3), found.p < 0.001
        (5.5, 0.176, True)
    """
    n0, n1, count, t0, t1, q00, q11, q01 = (sums[name].to_numpy(dtype=float) for name in SUMS)
    total0, total1 = float((n0 * count).sum()), float((n1 * count).sum())
    g0, g1 = int(count[n0 > 0].sum()), int(count[n1 > 0].sum())
    if not (total0 and total1):
        return Difference(math.nan, math.nan, UNKNOWN, math.nan, math.nan, g0, g1)
    m0, m1 = t0.sum() / total0, t1.sum() / total1
    change = float(m1 - m0)
    if min(g0, g1) < MINIMUM_CLUSTERS:
        return Difference(change, math.nan, UNKNOWN, math.nan, math.nan, g0, g1)
    rest0, rest1, e0, e1 = total0 - n0, total1 - n1, m0 * n0, m1 * n1
    v0 = float(((q00 - 2 * e0 * t0 + count * e0**2) / rest0**2).sum())
    v1 = float(((q11 - 2 * e1 * t1 + count * e1**2) / rest1**2).sum())
    shared = float(((q01 - e0 * t1 - e1 * t0 + count * e0 * e1) / (rest0 * rest1)).sum())
    variance = v0 + v1 - 2 * shared
    if variance <= _ROUNDING * max(m0**2, m1**2, 1.0):
        return Difference(change, 0.0, UNKNOWN, math.nan, math.nan, g0, g1)
    error = math.sqrt(variance)
    freedom = (v0 + v1) ** 2 / (v0**2 / (g0 - 1) + v1**2 / (g1 - 1))
    freedom = min(freedom, float(count.sum()) - 1)
    wide = float(stdtrit(freedom, (1 + level) / 2))
    interval = Interval(change - wide * error, change + wide * error)
    p = 2 * float(stdtr(freedom, -abs(change) / error))
    smallest = (wide + float(stdtrit(freedom, POWER))) * error
    return Difference(change, error, interval, p, smallest, g0, g1)


_ROUNDING = 1e-14  # a variance this small, relative to the squared mean, is rounding


def paired_sums(
    sizes_before: ArrayLike, sums_before: ArrayLike, sizes_after: ArrayLike, sums_after: ArrayLike
) -> pd.DataFrame:
    """Bring clusters, one by one, into the form that ``difference`` takes.

    Args:
        sizes_before: answers per cluster before; 0 where it gave none.
        sums_before: the sum of those answers.
        sizes_after: answers per cluster after, in the same order of clusters.
        sums_after: the sum of those answers.

    Returns:
        The columns of ``SUMS``, one row per cluster.

    References:
        docs/metrics.md, "Change".

    Example:
        >>> paired_sums([1], [50], [2], [150]).values.tolist()
        [[1.0, 2.0, 1.0, 50.0, 150.0, 2500.0, 22500.0, 7500.0]]
    """
    n0, t0, n1, t1 = (
        np.asarray(each, dtype=float)
        for each in (sizes_before, sums_before, sizes_after, sums_after)
    )
    columns = (n0, n1, np.ones_like(n0), t0, t1, t0 * t0, t1 * t1, t0 * t1)
    return pd.DataFrame(dict(zip(SUMS, columns, strict=True)))


def adjusted(p: ArrayLike) -> np.ndarray:
    """Adjust p-values for how many there are, by Benjamini and Hochberg.

    Args:
        p: the p-values of all cells of one report; null where a cell was not tested.

    Returns:
        In the same order the smallest share of false discoveries at which each would still be
        called one; null where it was not tested.

    Raises:
        ValueError: a p-value lies outside 0 to 1.

    References:
        Y. Benjamini, Y. Hochberg, JRSS B 57(1), 1995.

    Example:
        >>> adjusted([0.01, float("nan"), 0.04]).tolist()
        [0.02, nan, 0.04]
    """
    result = np.array(p, dtype=float)
    is_tested = ~np.isnan(result)
    if is_tested.any():
        result[is_tested] = false_discovery_control(result[is_tested], method="bh")
    return result
