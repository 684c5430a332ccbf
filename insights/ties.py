"""Ranks, and which of them the answers cannot tell apart."""

import numpy as np
from scipy.stats import rankdata

from insights.intervals import LEVEL


def rank_intervals(pains: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Give the ranks that a touchpoint may well have, 1 being the worst.

    Args:
        pains: one row per resample, one column per touchpoint, points.
        level: the share of resamples that the ranks hold.

    Returns:
        One row per touchpoint: first and last rank, whole numbers.

    References:
        H. Goldstein, D. J. Spiegelhalter, JRSS A 159(3), 1996: ranks need intervals.

    Example:
        >>> rank_intervals(np.array([[3.0, 1.0], [2.0, 1.0]])).tolist()
        [[1, 1], [2, 2]]
    """
    ranks = rankdata(-pains, method="min", axis=1)
    ends = [(1 - level) / 2, (1 + level) / 2]
    return np.quantile(ranks, ends, axis=0, method="inverted_cdf").T.astype(int)


def worst_shares(pains: np.ndarray) -> np.ndarray:
    """Give how often each touchpoint is the worst.

    Args:
        pains: one row per resample, one column per touchpoint, points.

    Returns:
        Shares, 0-1. A resample without any pain has no worst touchpoint, so the sum may be less
        than 1.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> worst_shares(np.array([[3.0, 1.0], [1.0, 2.0], [0.0, 0.0], [2.0, 0.0]])).tolist()
        [0.5, 0.25]
    """
    first = pains.argmax(axis=1)[pains.max(axis=1) > 0]
    return np.bincount(first, minlength=pains.shape[1]) / len(pains)


def tie_groups(order: np.ndarray, pains: np.ndarray, level: float = LEVEL) -> np.ndarray:
    """Group the touchpoints that cannot be told from the worst of their group.

    From the worst down: a touchpoint belongs to the group while the interval of the group's
    first minus itself holds 0; the first that can be told apart begins the next group.

    Args:
        order: positions of the touchpoints, the worst first.
        pains: one row per resample, one column per touchpoint, points.
        level: the share of resamples that the interval holds.

    Returns:
        The number of the group per touchpoint (in the order of the columns), the worst is 1.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> pains = np.array([[5.0, 4.0, 1.0], [4.0, 5.0, 1.0], [5.0, 5.0, 1.0]])
        >>> tie_groups(np.array([0, 1, 2]), pains).tolist()
        [1, 1, 2]
    """
    groups = np.zeros(pains.shape[1], dtype=int)
    first = None
    for touchpoint in order:
        gap = np.inf if first is None else _least(pains[:, first] - pains[:, touchpoint], level)
        if gap > 0:
            first = touchpoint
            groups[touchpoint] = groups.max() + 1
        else:
            groups[touchpoint] = groups[first]
    return groups


def _least(differences: np.ndarray, level: float) -> float:
    """Give the lower end of a difference."""
    return float(np.quantile(differences, (1 - level) / 2))
