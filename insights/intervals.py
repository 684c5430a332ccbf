"""How sure a share or an NPS is, when every answer stands for itself."""

import math
from typing import NamedTuple

from scipy.special import ndtri

LEVEL = 0.95
"""Every interval of the product holds the truth in this share of cases."""

_HALVINGS = 60  # 2 / 2**60 is below the spacing of floats near 1


class Interval(NamedTuple):
    """From ``low`` to ``high``, in the units of what it is about; both null where unknown."""

    low: float
    high: float


UNKNOWN = Interval(math.nan, math.nan)
"""What stands where no interval can be given."""


def wilson(successes: float, n: float, level: float = LEVEL) -> Interval:
    """Give the Wilson score interval of a share.

    Args:
        successes: how many of ``n``; need not be whole (an effective count).
        n: how many answers; may be an effective number, n / design effect.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        Shares, 0-1. Both null when ``n`` is 0.

    Raises:
        ValueError: ``successes`` is below 0 or above ``n``.

    References:
        E. B. Wilson, JASA 22, 1927; R. G. Newcombe, Statistics in Medicine 17, 1998.

    Example:
        >>> low, high = wilson(81, 263)
        >>> f"{low:.4f} {high:.4f}"
        '0.2553 0.3662'
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes: {successes} is not between 0 and {n}")
    if n == 0:
        return UNKNOWN
    z2 = float(ndtri((1 + level) / 2)) ** 2
    share = successes / n
    middle = share + z2 / (2 * n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n)))
    scale = 1 + z2 / n
    low = 0.0 if successes == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if successes == n else min(1.0, (middle + half) / scale)
    return Interval(low, high)


def net_promoter(promoters: float, passives: float, detractors: float) -> float:
    """Give the NPS: the share of promoters minus the share of detractors.

    Args:
        promoters: how many answered 9 or 10.
        passives: how many answered 7 or 8.
        detractors: how many answered 0 to 6.

    Returns:
        Points, -100 to 100; null when nobody answered.

    References:
        F. Reichheld, "The One Number You Need to Grow", HBR, December 2003.

    Example:
        >>> net_promoter(50, 30, 20)
        30.0
    """
    n = promoters + passives + detractors
    return 100 * (promoters - detractors) / n if n else math.nan


def nps_interval(
    promoters: float, passives: float, detractors: float, level: float = LEVEL
) -> Interval:
    """Give the score interval of an NPS: the values that the answers do not refute.

    For a supposed NPS the shares most likely under it have a closed form (Tango); the ends are
    where the difference seen is just as large as chance allows. Unlike Wald's interval it holds
    for ten answers too, and is not a point when all answers are alike.

    Args:
        promoters: how many answered 9 or 10.
        passives: how many answered 7 or 8.
        detractors: how many answered 0 to 6.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        Points, -100 to 100. Both null when nobody answered.

    Raises:
        ValueError: a count is negative.

    References:
        T. Tango, Statistics in Medicine 17, 1998; B. Rocks, "Interval Estimation for the Net
        Promoter Score", The American Statistician 70(4), 2016.

    Example:
        >>> low, high = nps_interval(10, 0, 0)
        >>> f"{low:.1f} {high:.1f}"
        '44.5 100.0'
    """
    if min(promoters, passives, detractors) < 0:
        raise ValueError("counts: none may be negative")
    n = promoters + passives + detractors
    if n == 0:
        return UNKNOWN
    z = float(ndtri((1 + level) / 2))
    seen = (promoters - detractors) / n
    counts = (promoters, passives, detractors)
    low = -1.0 if seen == -1 else _end(counts, z, -1.0, seen)
    high = 1.0 if seen == 1 else _end(counts, -z, seen, 1.0)
    return Interval(100 * low, 100 * high)


def _end(counts: tuple[float, float, float], z: float, left: float, right: float) -> float:
    """Halve until the supposed difference lies ``z`` standard errors from the one seen."""
    for _ in range(_HALVINGS):
        middle = (left + right) / 2
        if _distance(counts, middle) > z:
            left = middle
        else:
            right = middle
    return (left + right) / 2


def _distance(counts: tuple[float, float, float], supposed: float) -> float:
    """Tell how many standard errors, as they would be under it, a supposed difference is off."""
    promoters, _, detractors = counts
    n = sum(counts)
    b = supposed * (2 * n - promoters + detractors) - promoters - detractors
    c = -detractors * supposed * (1 - supposed)
    # Least share of detractors: the likeliest one given the supposed difference.
    share = (math.sqrt(max(b * b - 8 * n * c, 0.0)) - b) / (4 * n)
    variance = max(2 * share + supposed * (1 - supposed), 0.0)
    gap = promoters - detractors - n * supposed
    if variance == 0:
        return math.copysign(math.inf, gap) if gap else 0.0
    return gap / math.sqrt(n * variance)
