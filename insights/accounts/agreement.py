"""How far people of one account agree with each other, stage by stage."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import fdtri, stdtrit

from insights.clusters import MINIMUM_CLUSTERS
from insights.intervals import LEVEL, UNKNOWN, Interval, wilson
from insights.release.suppression import suppress

APART = 25.0
"""Points; people further apart than this, a step of five, do not agree."""

NUMBERS = (
    *("accounts", "icc", "icc_low", "icc_high", "sd", "sd_low", "sd_high"),
    *("apart", "apart_low", "apart_high"),
)


class Likeness(NamedTuple):
    """How alike people of one account are.

    Attributes:
        icc: the share of the variance between people that lies between accounts, 0-1; null
            where it cannot be known.
        interval: its interval, within 0 and 1.
        sd: the standard deviation inside an account, in the units of the answers.
        sd_interval: its interval.
    """

    icc: float
    interval: Interval
    sd: float
    sd_interval: Interval


def likeness(values: ArrayLike, accounts: ArrayLike) -> Likeness:
    """Split the variance between people in two: between accounts, and inside them.

    Args:
        values: one per person.
        accounts: which account each belongs to.

    Returns:
        The intraclass correlation of a one-way analysis of variance, with its F interval, and the
        spread inside an account, with an interval that leaves out one account at a time. All null
        with fewer than five accounts of two persons or more; no intervals where nobody differs
        from their colleagues.

    Raises:
        ValueError: they are not equally many.

    References:
        docs/metrics.md, "Disagreement inside an account". A. Donner, G. Wells, Biometrics 42(2),
        1986, on intervals of an intraclass correlation; S. R. Searle, "Linear Models", Wiley 1971.

    Example:
        >>> found = likeness([0, 25, 25, 50, 50, 50, 75, 100, 100, 75], list("aabbccddee"))
        >>> f"{found.icc:.2f}, between {found.interval.low:.2f} and {found.interval.high:.2f}"
        '0.79, between 0.07 and 0.98'
    """
    value = np.asarray(values, dtype=float)
    _, place = np.unique(np.asarray(accounts), return_inverse=True)
    if len(value) != len(place):
        raise ValueError("values and accounts: one of each per person")
    size = np.bincount(place) if len(value) else np.zeros(0, int)
    if (size > 1).sum() < MINIMUM_CLUSTERS:
        return Likeness(math.nan, UNKNOWN, math.nan, UNKNOWN)
    mean = np.bincount(place, value) / size
    inside = np.bincount(place, (value - mean[place]) ** 2)
    n, count = len(value), len(size)
    within = float(inside.sum()) / (n - count)
    between = float((size * (mean - value.mean()) ** 2).sum()) / (count - 1)
    usual = (n - float((size**2).sum()) / n) / (count - 1)
    if between + (usual - 1) * within <= _ROUNDING:
        return Likeness(math.nan, UNKNOWN, 0.0, UNKNOWN)
    if within <= _ROUNDING:
        return Likeness(1.0, UNKNOWN, 0.0, UNKNOWN)
    ratio = between / within
    ends = [
        ratio / fdtri(count - 1, n - count, level) for level in ((1 + LEVEL) / 2, (1 - LEVEL) / 2)
    ]
    icc, low, high = (
        float(np.clip((each - 1) / (each + usual - 1), 0, 1)) for each in (ratio, *ends)
    )
    return Likeness(icc, Interval(low, high), math.sqrt(within), _spread(inside, size - 1))


_ROUNDING = 1e-9  # a variance this small, in squared points, is rounding


def agreement(heard: pd.DataFrame) -> pd.DataFrame:
    """Say per stage how far people of one account agree.

    Args:
        heard: what ``people.heard_people`` gives; who answered twice counts by their mean.

    Returns:
        One row per stage, sorted: ``stage``, ``persons`` and ``accounts`` (those with at least two
        persons), ``icc``, ``icc_low``, ``icc_high`` (shares, 0-1, see ``likeness``), ``sd``,
        ``sd_low``, ``sd_high`` (points), ``apart`` (share of these accounts whose people lie more
        than ``APART`` points apart), ``apart_low``, ``apart_high``, ``shown``. Nothing is shown of
        fewer than five such accounts: no figure here is about one of them.

    References:
        docs/metrics.md, "Disagreement inside an account".

    Example:
        >>> heard = pd.DataFrame({"stage": "buy", "account": list("aabbccddee"), "n": 1,
        ...     "respondent": range(10), "total": [0, 25, 25, 75, 50, 50, 75, 100, 100, 75.0]})
        >>> agreement(heard)[["accounts", "persons", "apart"]].values.tolist()
        [[5, 10, 0.2]]
    """
    people = heard.assign(mean=heard["total"] / heard["n"])
    rows = [(stage, *_figures(group)) for stage, group in people.groupby("stage", sort=True)]
    frame = pd.DataFrame(rows, columns=["stage", "persons", *NUMBERS])
    frame = frame.assign(shown=frame["accounts"] >= MINIMUM_CLUSTERS)
    return suppress(frame, NUMBERS)


def _figures(people: pd.DataFrame) -> tuple[float, ...]:
    """Give the figures of one stage."""
    of_account = people.groupby("account")["mean"]
    spans = of_account.max() - of_account.min()
    sizes = of_account.size()
    pairs = sizes[sizes > 1]
    found = likeness(people["mean"], people["account"])
    n_apart = int((spans[pairs.index] > APART + _ROUNDING).sum())
    share = n_apart / len(pairs) if len(pairs) else math.nan
    return (
        *(int(pairs.sum()), len(pairs)),
        *(found.icc, *found.interval, found.sd, *found.sd_interval),
        *(share, *wilson(n_apart, len(pairs))),
    )


def _spread(inside: np.ndarray, freedom: np.ndarray) -> Interval:
    """Give the interval of the standard deviation inside, leaving out one account at a time."""
    counted = freedom > 0
    inside, freedom = inside[counted], freedom[counted]
    rest = (inside.sum() - inside) / (freedom.sum() - freedom)
    if (rest <= _ROUNDING).any():
        return UNKNOWN
    whole = math.log(inside.sum() / freedom.sum())
    error = math.sqrt(float(((np.log(rest) - whole) ** 2).sum()))
    wide = float(stdtrit(len(inside) - 1, (1 + LEVEL) / 2)) * error
    return Interval(math.exp((whole - wide) / 2), math.exp((whole + wide) / 2))
