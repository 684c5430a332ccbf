"""Which team knows best what customers give."""

import math

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from insights.clusters import MINIMUM_CLUSTERS
from insights.gaps.gaps import LEAST_SPREAD
from insights.intervals import LEVEL
from insights.release.suppression import MINIMUM_PERSONS, protect

NUMBERS = ("gap", "low", "high", "miss")


def team_gaps(outside: pd.DataFrame, sheets: pd.DataFrame) -> pd.DataFrame:
    """Say of each team how far its estimates lie from what customers give.

    Args:
        outside: what ``gaps.outside_scores`` gives; touchpoints that fewer than five persons rated
            do not count.
        sheets: what ``gaps.sheet_frame`` gives.

    Returns:
        One row per team, by name: ``team`` (null where a colleague named none), ``persons``
        (colleagues), ``gap`` (the mean over its colleagues of inside minus outside, over what
        each estimated), ``low``, ``high``, ``miss`` (the mean distance, whatever its direction;
        points), ``shown``. Nothing of fewer than five colleagues, nor of the next smallest team
        where the others and the whole would give those away. The customers' error is taken as if
        it were the same for all touchpoints, which never makes the interval too narrow.

    References:
        docs/metrics.md, "Inside and out".

    Example:
        >>> outside = pd.DataFrame({"stage": ["use"], "touchpoint": ["invoice"], "persons": [90],
        ...     "clusters": [90], "mean": [41.0], "error": [2.0]})
        >>> sheets = pd.DataFrame({"colleague": range(5), "team": "sales", "stage": "use",
        ...                        "touchpoint": "invoice", "score": 75.0})
        >>> team_gaps(outside, sheets)[["team", "persons", "gap", "miss"]].values.tolist()
        [['sales', 5, 34.0, 34.0]]
    """
    rated = outside[outside["persons"] >= MINIMUM_PERSONS]
    both = sheets.merge(rated, on=["stage", "touchpoint"])
    both = both.assign(gap=both["score"] - both["mean"])
    both = both.assign(miss=both["gap"].abs())
    each = both.groupby(["team", "colleague"], dropna=False)
    people = each[["gap", "miss", "error", "clusters"]].mean().assign(n=each.size()).reset_index()
    rows = [(team, *_figures(group)) for team, group in people.groupby("team", dropna=False)]
    frame = pd.DataFrame(rows, columns=["team", "persons", *NUMBERS])
    return protect(frame, NUMBERS)


def _figures(people: pd.DataFrame) -> tuple[float, ...]:
    """Average the gaps of one team's colleagues."""
    gap, n = people["gap"].to_numpy(dtype=float), len(people)
    mean, miss = float(gap.mean()), float(people["miss"].mean())
    outer = float(people["error"].mean()) ** 2
    if n < MINIMUM_CLUSTERS or not outer > 0:
        return (n, mean, math.nan, math.nan, miss)
    least = LEAST_SPREAD**2 / float(people["n"].mean())  # of a mean of so many estimates
    inner = max(float(np.var(gap, ddof=1)), least) / n
    freedom = (inner + outer) ** 2 / (
        inner**2 / (n - 1) + outer**2 / max(float(people["clusters"].mean()) - 1, 1)
    )
    wide = float(stdtrit(freedom, (1 + LEVEL) / 2)) * math.sqrt(inner + outer)
    return (n, mean, mean - wide, mean + wide, miss)
