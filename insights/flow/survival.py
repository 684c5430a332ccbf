"""How many have done something by a day, when not everybody was followed equally long."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from insights.intervals import LEVEL, UNKNOWN, Interval, wilson

_WIDEST = 40.0  # standard errors; no difference of shares lies further from none
_HALVINGS = 60


class Curve(NamedTuple):
    """To whom it has happened by which day.

    Attributes:
        days: the days on which it happened to somebody, ascending.
        share: to what share it had happened by the end of that day, 0-1.
        spread: Greenwood's sum by then.
        followed: how long each was followed until it happened or knowledge ends, ascending.
    """

    days: NDArray[np.float64]
    share: NDArray[np.float64]
    spread: NDArray[np.float64]
    followed: NDArray[np.float64]


class Share(NamedTuple):
    """A share with what it rests on.

    Attributes:
        share: 0-1.
        interval: shares.
        n: how many, all fully followed, would make it as sure.
    """

    share: float
    interval: Interval
    n: float


class Gap(NamedTuple):
    """One share minus another, 0-1."""

    change: float
    interval: Interval
    p: float


def kaplan_meier(days: ArrayLike, happened: ArrayLike) -> Curve:
    """Estimate to what share of people something has happened by each day.

    Args:
        days: per person the days until it happened, or until knowledge of them ends; above 0.
        happened: per person whether it happened.

    Returns:
        The curve of Kaplan and Meier. Who can no longer do it, because they left, should stay in
        with the day on which knowledge of anybody ends: they are known not to have done it.

    Raises:
        ValueError: the two differ in length, or a number of days is not above 0.

    References:
        E. L. Kaplan, P. Meier, JASA 53, 1958; M. Greenwood, 1926; for those who leave: J. P. Fine,
        R. J. Gray, JASA 94, 1999, section 3.1 (every time of censoring is known).

    Example:
        >>> kaplan_meier([1, 2, 2, 5], [True, True, False, True]).share.tolist()
        [0.25, 0.5, 1.0]
    """
    times, is_event = np.asarray(days, dtype=float), np.asarray(happened, dtype=bool)
    if times.shape != is_event.shape or (times.size and not times.min() > 0):
        raise ValueError("days: one number above 0 for each person")
    followed = np.sort(times)
    moments, events = np.unique(times[is_event], return_counts=True)
    at_risk = times.size - np.searchsorted(followed, moments, side="left")
    stay = 1 - events / at_risk
    left = at_risk - events
    terms = np.divide(events, at_risk * left, out=np.zeros(len(events)), where=left > 0)
    return Curve(moments, 1 - np.cumprod(stay, dtype=float), np.cumsum(terms), followed)


def share_within(curve: Curve, days: float, level: float = LEVEL) -> Share:
    """Read off a curve to what share it has happened within some days.

    Args:
        curve: what ``kaplan_meier`` gives.
        days: how many.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        The share, and Wilson's interval for the number of people who, fully followed, would give
        the same standard error (Greenwood's); so it is Wilson's own where all were followed that
        long. Where it happened to nobody only those followed that long count.

    References:
        F. J. Dorey, E. L. Korn, Statistics in Medicine 6, 1987 (effective sample size).

    Example:
        >>> found = share_within(kaplan_meier([3, 9, 20, 20, 20], [True, True] + [False] * 3), 10)
        >>> round(found.share, 3), round(found.n, 3), [round(end, 3) for end in found.interval]
        (0.4, 5.0, [0.118, 0.769])
    """
    n = curve.followed.size
    place = int(np.searchsorted(curve.days, days, side="right")) - 1
    share = float(curve.share[place]) if place >= 0 else 0.0
    if not n:
        return Share(math.nan, UNKNOWN, 0.0)
    if share <= 0:
        sure = float(n - np.searchsorted(curve.followed, days, side="left"))
    elif share >= 1:
        share, sure = 1.0, float(n)
    else:
        sure = min(float(n), share / ((1 - share) * float(curve.spread[place])))
    return Share(share, wilson(min(share * sure, sure), sure, level), sure)


def usual_days(curve: Curve, within: float, level: float = LEVEL) -> tuple[float, Interval]:
    """Tell after how many days half of those had done it who do it within some days.

    Args:
        curve: what ``kaplan_meier`` gives.
        within: the days by which it counts.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        Days, and their interval; an end is null where the curve does not come so far. All null
        where nobody did it.

    References:
        R. S. Woodruff, JASA 47, 1952: the interval of a share, read along the days. The error of
        F(t) / F(within) by the delta method from Greenwood's sums; docs/metrics.md, "Flow".

    Example:
        >>> days, _ = usual_days(kaplan_meier(range(1, 11), [True] * 8 + [False] * 2), 30)
        >>> days
        4.0
    """
    place = int(np.searchsorted(curve.days, within, side="right"))
    if not place:
        return math.nan, UNKNOWN
    done, spread = curve.share[:place], curve.spread[:place]
    whole, rest, last = done[-1], 1 - done[-1], spread[-1]
    part = done / whole
    stay = 1 - done
    variance = stay**2 * spread - 2 * part * stay * rest * spread + part**2 * rest**2 * last
    error = np.sqrt(np.maximum(variance, 0)) / whole
    middle = int(np.argmax(part >= 0.5 - 1e-12))
    wide = float(ndtri((1 + level) / 2)) * error[middle]
    ends = [_day_of(curve.days, part, 0.5 + sign * wide) for sign in (-1, 1)]
    return float(curve.days[middle]), Interval(*ends)


def gap_of_shares(one: Share, other: Share, level: float = LEVEL) -> Gap:
    """Compare two shares of different people.

    Args:
        one: a share.
        other: the share it is compared with.
        level: the share of cases in which the interval holds the truth, 0-1.

    Returns:
        ``one`` minus ``other`` and Newcombe's interval, made of the two intervals of Wilson; and
        the p-value at which that interval would just reach 0. Null where a share is.

    References:
        R. G. Newcombe, Statistics in Medicine 17, 1998, method 10; G. Y. Zou, A. Donner, Statistics
        in Medicine 27, 2008, for intervals of any kind.

    Example:
        >>> found = gap_of_shares(Share(0.8, wilson(56, 70), 70), Share(0.6, wilson(48, 80), 80))
        >>> f"{found.change:.4f} {found.interval.low:.4f} {found.interval.high:.4f}"
        '0.2000 0.0524 0.3339'
    """
    if math.isnan(one.share) or math.isnan(other.share) or not (one.n and other.n):
        return Gap(math.nan, UNKNOWN, math.nan)
    change = one.share - other.share
    interval = _newcombe(one, other, float(ndtri((1 + level) / 2)))
    if change == 0:
        return Gap(0.0, interval, 1.0)
    low, high = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        ends = _newcombe(one, other, middle)
        if ends.low > 0 or ends.high < 0:
            low = middle
        else:
            high = middle
    return Gap(change, interval, 2 * float(ndtr(-low)))


def _newcombe(one: Share, other: Share, z: float) -> Interval:
    """Make the interval of a difference of those of its parts, so many standard errors wide."""
    level = 2 * float(ndtr(z)) - 1
    if level >= 1:
        return Interval(-1.0, 1.0)
    change = one.share - other.share
    low1, high1 = wilson(min(one.share * one.n, one.n), one.n, level)
    low0, high0 = wilson(min(other.share * other.n, other.n), other.n, level)
    return Interval(
        change - math.hypot(one.share - low1, high0 - other.share),
        change + math.hypot(high1 - one.share, other.share - low0),
    )


def _day_of(days: NDArray[np.float64], part: NDArray[np.float64], wanted: float) -> float:
    """The first day by which a part has been reached; null where it never is."""
    if wanted <= 0:
        return float(days[0])
    is_reached = part >= wanted - 1e-12
    return float(days[int(np.argmax(is_reached))]) if is_reached.any() and wanted <= 1 else math.nan
