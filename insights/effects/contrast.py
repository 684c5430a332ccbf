"""The acted touchpoints against the untouched: difference in differences, and how sure it is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import stdtrit

from insights.clusters import MINIMUM_CLUSTERS
from insights.comparing.differences import POWER
from insights.effects.cells import Cells
from insights.intervals import LEVEL, UNKNOWN, Interval

LARGE = 10.0
"""Points by which an untouched touchpoint must have moved to be no measure for others."""

_ROUNDING = 1e-14  # a variance this small, relative to the squared points, is rounding


class Contrast(NamedTuple):
    """How much more one group of touchpoints changed than another, in points; null if unknown.

    Attributes:
        change: the difference of the changes.
        error: its standard error.
        freedom: the degrees of freedom of its t.
        is_sure: whether an interval can be given at all.
        fixed: the part of its variance that further answers after the start do not make smaller.
    """

    change: float
    error: float
    freedom: float
    is_sure: bool
    fixed: float

    @property
    def interval(self) -> Interval:
        """The 95% interval."""
        if not self.is_sure:
            return UNKNOWN
        half = float(stdtrit(self.freedom, (1 + LEVEL) / 2)) * self.error
        return Interval(self.change - half, self.change + half)

    @property
    def is_seen(self) -> bool:
        """Whether the interval lies on one side of nothing."""
        return self.is_sure and not self.interval.low <= 0 <= self.interval.high

    @property
    def smallest(self) -> float:
        """The smallest true effect that would have been found in 80% of cases."""
        return self.reach * self.error if self.is_sure else math.nan

    @property
    def reach(self) -> float:
        """Standard errors from nothing to the smallest effect that is found."""
        return float(stdtrit(self.freedom, (1 + LEVEL) / 2) + stdtrit(self.freedom, POWER))


def contrast(cells: Cells, acted: Sequence[int], controls: Sequence[int]) -> Contrast:
    """Compare the changes of two groups of touchpoints.

    Each touchpoint is compared with itself, and counts by n0 n1 / (n0 + n1), as in a regression
    on touchpoint, period and their product. Besides the errors of the answers it holds how much
    untouched touchpoints drift apart by themselves, which no number of answers makes smaller.

    Args:
        cells: two periods.
        acted: places in ``Cells.table`` of the acted touchpoints.
        controls: places of the untouched ones.

    Returns:
        The contrast; t has the degrees of freedom of Welch and Satterthwaite. Null where a group
        is empty or lacks a period; not sure with fewer than five clusters in a period.

    References:
        docs/metrics.md, "Effect of an improvement". S. G. Donald, K. Lang, REStat 89(2), 2007, on
        shocks that all answers of a group share; F. E. Satterthwaite, Biometrics Bulletin 2(6),
        1946.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"touchpoint": ["a", "b"], "n_before": 50, "n_after": 50,
        ...     "mean_before": [60.0, 70.0], "mean_after": [69.0, 72.0],
        ...     "clusters_before": 50, "clusters_after": 50})
        >>> own = np.eye(2)
        >>> found = contrast(Cells(table, own, own, 0 * own), [0], [1])
        >>> found.change, found.error, round(found.interval.low, 2)
        (7.0, 2.0, 3.03)
    """
    weights = _weights(cells, acted) - _weights(cells, controls)
    if not (len(acted) and len(controls)) or np.isnan(weights).any():
        return Contrast(math.nan, math.nan, math.nan, is_sure=False, fixed=math.nan)
    change = float(weights @ np.where(weights == 0, 0.0, cells.changes))
    before = float(weights @ cells.before @ weights)
    after = float(weights @ cells.after @ weights)
    across = float(weights @ cells.across @ weights)
    drifted = drift(cells, controls) * float(weights @ weights)
    variance = before + after - 2 * across + drifted
    g0, g1 = (int(cells.table[f"clusters_{each}"].iloc[list(acted)].max()) for each in _PERIODS)
    is_sure = min(g0, g1) >= MINIMUM_CLUSTERS and variance > _ROUNDING * max(change**2, 1.0)
    if not is_sure:
        return Contrast(change, math.nan, math.nan, is_sure=False, fixed=math.nan)
    n_drifting = max(len(_rated_twice(cells, controls)) - 1, 1)
    lost = before**2 / (g0 - 1) + after**2 / (g1 - 1) + drifted**2 / n_drifting
    freedom = (before + after + drifted) ** 2 / lost
    error = math.sqrt(variance)
    return Contrast(change, error, freedom, is_sure=True, fixed=max(variance - after, 0.0))


def drift(cells: Cells, controls: Sequence[int]) -> float:
    """Estimate how far untouched touchpoints drift apart, beyond what their answers explain.

    Args:
        cells: two periods.
        controls: places of the untouched touchpoints.

    Returns:
        The variance of their true changes, in squared points, by the method of moments; 0 with
        fewer than two of them, or where chance alone explains as much.

    References:
        R. DerSimonian, N. Laird, Controlled Clinical Trials 7(3), 1986, with errors that go
        together.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"n_before": [9, 9], "n_after": [9, 9], "mean_before": [0.0, 0.0],
        ...     "mean_after": [-3.0, 3.0]})
        >>> drift(Cells(table, np.eye(2), np.eye(2), np.zeros((2, 2))), [0, 1])
        16.0
    """
    places = _rated_twice(cells, controls)
    if len(places) < 2:  # noqa: PLR2004 -- one cannot differ from itself
        return 0.0
    weights = _weights(cells, places)[places]
    centre = np.eye(len(places)) - weights[None, :]
    spread = centre.T @ np.diag(weights) @ centre
    changes = cells.changes[places]
    chance = float(np.trace(spread @ cells.covariance[np.ix_(places, places)]))
    return max(0.0, (float(changes @ spread @ changes) - chance) / float(np.trace(spread)))


def moved_alone(cells: Cells, controls: Sequence[int], level: float = LEVEL) -> list[int]:
    """Find the untouched touchpoints that changed so much themselves that they measure nothing.

    Args:
        cells: two periods.
        controls: places of the untouched touchpoints.
        level: how sure it must be, over all of them together, 0-1.

    Returns:
        The places of those that lie ten points or more from the middle change, and surely so. The
        acted touchpoints are not looked at.

    References:
        docs/metrics.md, "Effect of an improvement"; Bonferroni over the untouched touchpoints.

    Example:
        >>> import pandas as pd
        >>> table = pd.DataFrame({"n_before": [50] * 3, "n_after": [50] * 3, "mean_before": 70.0,
        ...     "mean_after": [70.0, 71.0, 30.0], "clusters_before": 50, "clusters_after": 50})
        >>> moved_alone(Cells(table, np.eye(3), np.eye(3), np.zeros((3, 3))), [0, 1, 2])
        [2]
    """
    places = _rated_twice(cells, controls)
    if len(places) < 2:  # noqa: PLR2004 -- there is no middle
        return []
    changes, covariance = cells.changes, cells.covariance
    middle = float(np.median(changes[places]))
    found = []
    for place in places:
        others = [each for each in places if each != place]
        weights = -_weights(cells, others)
        weights[place] = 1.0
        error = math.sqrt(max(float(weights @ covariance @ weights), 0.0))
        clusters = cells.table[["clusters_before", "clusters_after"]].iloc[place].min()
        sure = float(stdtrit(max(int(clusters) - 1, 1), 1 - (1 - level) / 2 / len(places)))
        if abs(changes[place] - middle) >= max(LARGE, sure * error):
            found.append(place)
    return found


_PERIODS = ("before", "after")


def _rated_twice(cells: Cells, places: Sequence[int]) -> list[int]:
    """The touchpoints that were rated in both periods: the others did not change, they came."""
    n0, n1 = (cells.table[f"n_{each}"].to_numpy(float) for each in _PERIODS)
    return [place for place in places if n0[place] > 0 and n1[place] > 0]


def _weights(cells: Cells, places: Sequence[int]) -> np.ndarray:
    """What each touchpoint of a group counts, adding up to 1; null where none has both periods."""
    n0, n1 = (cells.table[f"n_{each}"].to_numpy(float) for each in _PERIODS)
    weights = np.zeros(len(n0))
    at = list(places)
    weights[at] = n0[at] * n1[at] / np.maximum(n0[at] + n1[at], 1)
    total = weights.sum()
    result: np.ndarray = weights / total if total else weights * math.nan
    return result
