"""Touchpoints before and after, and how the errors of their scores go together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from insights.comparing.changes import Period

_PERIODS = ("before", "after")


@dataclass(frozen=True)
class Cells:
    """Touchpoints in two periods: rows of ``table``, sorted, and matrices in the same order.

    Attributes:
        table: one row per touchpoint: ``touchpoint``, and for each period ``n_`` (ratings),
            ``mean_`` (points, null without ratings) and ``clusters_``.
        before: covariance of the means before, by leaving out one cluster at a time.
        after: the same of the means after.
        across: before in the rows, after in the columns.
    """

    table: pd.DataFrame
    before: np.ndarray
    after: np.ndarray
    across: np.ndarray

    @property
    def changes(self) -> np.ndarray:
        """After minus before, per touchpoint, in points."""
        return (self.table["mean_after"] - self.table["mean_before"]).to_numpy(float)

    @property
    def covariance(self) -> np.ndarray:
        """How the errors of the changes go together."""
        covariance: np.ndarray = self.before + self.after - self.across - self.across.T
        return covariance

    def places(self, touchpoints: Collection[str]) -> list[int]:
        """Where these touchpoints stand, those that were rated at all."""
        return [at for at, key in enumerate(self.table["touchpoint"]) if key in touchpoints]

    def keys(self, places: Sequence[int]) -> list[str]:
        """The touchpoints that stand there."""
        return [str(key) for key in self.table["touchpoint"].iloc[list(places)]]


def period_cells(ratings: pd.DataFrame, before: Period, after: Period) -> Cells:
    """Average ratings per touchpoint in two periods, with the covariance of all the means.

    Who rates two touchpoints, or answers in both periods, ties their means together. Leaving out
    one cluster moves all of them at once; the products of what moves are the covariance.

    Args:
        ratings: as ``insights.effects.sums.Sums`` has them.
        before: the earlier period.
        after: the later one.

    Returns:
        The touchpoints that were rated in either.

    References:
        docs/metrics.md, "Effect of an improvement"; the delete-one-cluster jackknife is CR3, see
        ``insights.clusters.clustered_mean``.

    Example:
        >>> ratings = pd.DataFrame({"cluster": [1, 2, 1, 2], "touchpoint": "shop", "n": 1,
        ...     "month": ["2026-01", "2026-01", "2026-02", "2026-02"],
        ...     "total": [40.0, 60.0, 50.0, 74.0]})
        >>> cells = period_cells(ratings, Period("2026-01", "2026-01"),
        ...     Period("2026-02", "2026-02"))
        >>> cells.changes.tolist(), cells.covariance.tolist()
        ([12.0], [[8.0]])
    """
    sides = [ratings["month"].between(*period).to_numpy() for period in (before, after)]
    kept = ratings[sides[0] | sides[1]]
    touchpoints = sorted(map(str, kept["touchpoint"].unique()))
    place = pd.Categorical(kept["touchpoint"], categories=touchpoints).codes.astype(int)
    cluster, clusters = pd.factorize(kept["cluster"])
    is_after = sides[1][sides[0] | sides[1]]
    table, pulls = pd.DataFrame({"touchpoint": pd.Series(touchpoints, dtype=object)}), []
    shape = len(clusters), len(touchpoints)
    for name, inside in zip(_PERIODS, (~is_after, is_after), strict=True):
        at = (cluster * shape[1] + place)[inside]
        size, total = (
            np.bincount(at, kept[column].to_numpy(float)[inside], shape[0] * shape[1])
            for column in ("n", "total")
        )
        size, total = size.reshape(shape), total.reshape(shape)
        n = size.sum(axis=0)
        mean = np.divide(total.sum(axis=0), n, out=np.full(shape[1], np.nan), where=n > 0)
        table[f"n_{name}"], table[f"mean_{name}"] = n.astype(int), mean
        table[f"clusters_{name}"] = (size > 0).sum(axis=0)
        pulls.append(_pulls(size, total, mean))
    early, late = pulls
    return Cells(table, early.T @ early, late.T @ late, early.T @ late)


def _pulls(size: np.ndarray, total: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """How far each mean moves when a cluster is left out; 0 where that cluster is all there is."""
    rest = size.sum(axis=0) - size
    own = total - np.nan_to_num(mean) * size
    moved: np.ndarray = np.divide(own, rest, out=np.zeros_like(own), where=(size > 0) & (rest > 0))
    return moved
