"""A stage's score counted three ways: each answer equal, each account equal, by revenue."""

import math
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtr, stdtrit

from insights.clusters import MINIMUM_CLUSTERS
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.intervals import LEVEL, UNKNOWN, Interval
from insights.release.suppression import FEW_ANSWERS, MINIMUM_PERSONS, suppress
from insights.weighting.means import rounded

DOMINANT = 0.5
"""A score in which one account weighs more than this would tell what that account said."""

NUMBERS = ("n", "accounts", "revenue_share", "mean", "low", "high")
CHANGES = ("change", "change_low", "change_high", "p")


class Way(StrEnum):
    """What counts once."""

    ANSWERS = "answers"
    ACCOUNTS = "accounts"
    REVENUE = "revenue"  # each unit of it


class WayReason(StrEnum):
    """Why a way of counting has no score, or no interval."""

    TOO_FEW_PERSONS = "too_few_persons"
    TOO_FEW_ACCOUNTS = "too_few_accounts"
    NO_REVENUE = "no_revenue"
    DOMINATED = "dominated"  # by one account
    ALIKE = "alike"  # no spread, so no interval


class Weighted(NamedTuple):
    """A mean over weighted clusters.

    Attributes:
        mean: points.
        error: its standard error, leaving out one cluster at a time (CR3); null for one cluster.
        clusters: how many have weight.
        effective: so many clusters of equal weight would say as much.
        slopes: per row, how far the mean moves without a cluster: ``slopes * sum + offsets``.
        offsets: as said.
    """

    mean: float
    error: float
    clusters: int
    effective: float
    slopes: np.ndarray
    offsets: np.ndarray

    @property
    def interval(self) -> Interval:
        """The interval within 0 and 100; null under five clusters or without spread."""
        if self.clusters < MINIMUM_CLUSTERS or not self.error > 0:
            return UNKNOWN
        wide = float(stdtrit(self.effective - 1, (1 + LEVEL) / 2)) * self.error
        return Interval(max(0.0, self.mean - wide), min(100.0, self.mean + wide))


def weighted_clusters(clusters: pd.DataFrame, weights: np.ndarray) -> Weighted:
    """Average the means of clusters, each with a weight.

    Args:
        clusters: ``size`` (answers of each), ``clusters`` (how many are of that size), ``total``
            (sum of their answers), ``squares`` (sum over clusters of their sum squared).
        weights: of one cluster of each row; its number of answers makes every answer count once.

    Returns:
        The mean and how sure it is. With weights as uneven as revenue t has as many degrees of
        freedom as there are effective clusters, less one; with equal weights that is clusters - 1.

    References:
        docs/metrics.md, "Accounts, counted three ways". R. M. Bell, D. F. McCaffrey, Survey
        Methodology 28(2), 2002 (CR3); L. Kish, "Survey Sampling", Wiley 1965, section 11.7.

    Example:
        >>> rows = pd.DataFrame({"size": [3, 1, 1, 1, 1], "clusters": 1,
        ...                      "total": [150.0, 75, 100, 25, 50]})
        >>> rows["squares"] = rows["total"] ** 2
        >>> found = weighted_clusters(rows, np.ones(5))
        >>> found.mean, round(found.error, 2), [round(end) for end in found.interval]
        (60.0, 14.25, [20, 100])
    """
    size, count, total, squares = (
        clusters[name].to_numpy(dtype=float) for name in ("size", "clusters", "total", "squares")
    )
    whole = float((weights * count).sum())
    n_clusters = int(count[weights > 0].sum())
    if not whole > 0:
        nothing = np.zeros_like(size)
        return Weighted(math.nan, math.nan, 0, 0.0, nothing, nothing)
    mean = float((weights * total / size).sum()) / whole
    effective = whole**2 / float((weights**2 * count).sum())
    rest = whole - weights
    if not (rest > 0).all():  # one is all there is, as far as a machine can tell
        nothing = np.zeros_like(size)
        return Weighted(mean, math.nan, n_clusters, effective, nothing, nothing)
    pull = weights / rest
    slopes, offsets = pull / size, -pull * mean
    error = rounded(_error(slopes, offsets, count, total, squares), mean)
    return Weighted(mean, error, n_clusters, effective, slopes, offsets)


def account_ways(heard: pd.DataFrame, alone: pd.DataFrame, revenues: pd.Series) -> pd.DataFrame:
    """Score every stage by answers, by accounts and by revenue, beside each other.

    Who belongs to no account counts as an account of their own, and has no revenue.

    Args:
        heard: what ``people.heard_people`` gives.
        alone: what ``people.lone_people`` gives.
        revenues: of a year, by account, of all accounts known; null where not known.

    Returns:
        One row per stage and ``way``, by stage: ``persons``, ``n`` (answers), ``accounts``,
        ``revenue_share`` (of all revenue known, that of the accounts that answered), ``mean``,
        ``low``, ``high`` (points), ``change``, ``change_low``, ``change_high`` (points, against
        each answer equal), ``p``, ``q`` (adjusted over all rows), ``is_clear``, ``reason`` (a
        ``WayReason`` or null), ``shown``, ``few``. A second or third way needs five accounts, for
        of fewer the ways together would tell what each account said, and none may outweigh all
        others.

    References:
        docs/metrics.md, "Accounts, counted three ways". L. Willenborg, T. de Waal, "Elements of
        Statistical Disclosure Control", Springer 2001, on dominance.

    Example:
        >>> heard = pd.DataFrame({"stage": "buy", "account": list("aabcde"), "respondent": range(6),
        ...     "n": 1, "total": [0.0, 0, 100, 75, 75, 50]})
        >>> alone = pd.DataFrame(columns=["stage", "size", "clusters", "total", "squares"])
        >>> found = account_ways(heard, alone, pd.Series({"a": 40.0, "b": 30, "c": 30, "d": 20}))
        >>> found["way"].tolist(), found["mean"].tolist(), found["reason"].tolist()[2:]
        (['answers', 'accounts', 'revenue'], [50.0, 60.0, nan], ['too_few_accounts'])
    """
    rows = [
        row
        for stage in sorted({*heard["stage"], *alone["stage"]})
        for row in _stage(stage, _clusters(stage, heard, alone), revenues)
    ]
    names = ["stage", "way", "persons", *NUMBERS, *CHANGES, "reason"]
    frame = pd.DataFrame(rows, columns=names).astype({"reason": "object"})
    frame = frame.astype(dict.fromkeys(["revenue_share", "mean", "low", "high", *CHANGES], float))
    frame = suppress(frame, (*NUMBERS, *CHANGES))
    few = (frame["n"] < FEW_ANSWERS).fillna(False).astype(bool)
    q = adjusted(frame["p"].to_numpy(dtype=float))
    return frame.assign(q=q, is_clear=q <= FALSE_DISCOVERIES, few=few)


def _clusters(stage: str, heard: pd.DataFrame, alone: pd.DataFrame) -> pd.DataFrame:
    """Bring accounts one by one, and people of none by size, into one form."""
    here = heard[heard["stage"] == stage].groupby("account", sort=True)
    own = here.agg(size=("n", "sum"), total=("total", "sum"), persons=("respondent", "nunique"))
    own = own.reset_index().assign(clusters=1, squares=own["total"].to_numpy() ** 2)
    others = alone[alone["stage"] == stage]
    others = others.assign(account=None, persons=others["clusters"])
    return pd.concat([one for one in (own, others) if len(one)], ignore_index=True)


def _stage(stage: str, rows: pd.DataFrame, revenues: pd.Series) -> list[dict[str, Any]]:
    """Score one stage in all three ways."""
    revenue = rows["account"].map(revenues).to_numpy(dtype=float)
    size = rows["size"].to_numpy(dtype=float)
    weights = {
        Way.ANSWERS: size,
        Way.ACCOUNTS: np.ones_like(size),
        Way.REVENUE: np.where(np.isfinite(revenue) & (revenue > 0), revenue, 0.0),
    }
    known = float(revenues[revenues > 0].sum())
    plain = weighted_clusters(rows, weights[Way.ANSWERS])
    # As on every page: t has as many degrees of freedom as there are clusters, less one.
    plain = plain._replace(effective=float(plain.clusters))
    return [
        {"stage": stage, "way": way}
        | _counts(rows, weight)
        | {"revenue_share": float(weights[Way.REVENUE].sum()) / known if known else math.nan}
        | _numbers(way, rows, weight, plain)
        for way, weight in weights.items()
    ]


def _counts(rows: pd.DataFrame, weight: np.ndarray) -> dict[str, int]:
    """Count who is in it."""
    held = rows[weight > 0]
    return {
        "persons": int(held["persons"].sum()),
        "n": int((held["size"] * held["clusters"]).sum()),
        "accounts": int(held["clusters"].sum()),
    }


def _numbers(way: Way, rows: pd.DataFrame, weight: np.ndarray, plain: Weighted) -> dict[str, Any]:
    """Give the score of one way and its distance from the first; or why there is none."""
    found = plain if way is Way.ANSWERS else weighted_clusters(rows, weight)
    reason = _reason(way, rows, weight, found)
    if way is not Way.ANSWERS and reason not in {None, WayReason.ALIKE}:
        return {"reason": reason}
    low, high = found.interval
    numbers = {"mean": found.mean, "low": low, "high": high, "reason": reason}
    return numbers if way is Way.ANSWERS else numbers | _change(rows, found, plain)


def _reason(way: Way, rows: pd.DataFrame, weight: np.ndarray, found: Weighted) -> WayReason | None:
    """Say why a way of counting has no score or no interval."""
    if way is Way.REVENUE and not found.clusters:
        return WayReason.NO_REVENUE
    if _counts(rows, weight)["persons"] < MINIMUM_PERSONS:
        return WayReason.TOO_FEW_PERSONS
    if found.clusters < MINIMUM_CLUSTERS:
        return WayReason.TOO_FEW_ACCOUNTS
    if way is Way.REVENUE and weight.max() > DOMINANT * weight.sum():
        return WayReason.DOMINATED
    return None if found.error > 0 else WayReason.ALIKE


def _change(rows: pd.DataFrame, found: Weighted, plain: Weighted) -> dict[str, float]:
    """Compare two ways of counting the same clusters, leaving out one from both at once."""
    change = found.mean - plain.mean
    count, total, squares = (
        rows[name].to_numpy(float) for name in ("clusters", "total", "squares")
    )
    slopes, offsets = found.slopes - plain.slopes, found.offsets - plain.offsets
    error = rounded(_error(slopes, offsets, count, total, squares), found.mean)
    if not error > 0:
        return {"change": change}
    freedom = min(found.effective, plain.clusters) - 1
    wide = float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    return {
        "change": change,
        "change_low": change - wide,
        "change_high": change + wide,
        "p": 2 * float(stdtr(freedom, -abs(change) / error)),
    }


def _error(
    slopes: np.ndarray,
    offsets: np.ndarray,
    count: np.ndarray,
    total: np.ndarray,
    squares: np.ndarray,
) -> float:
    """Add the squares of how far the mean moves without each cluster."""
    moved = slopes**2 * squares + 2 * slopes * offsets * total + offsets**2 * count
    return math.sqrt(max(float(moved.sum()), 0.0))
