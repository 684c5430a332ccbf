"""Outside-in against inside-out: what colleagues think customers give, beside what they give."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import ibis
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from insights.cells import mean_cells, rated
from insights.clusters import MINIMUM_CLUSTERS
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.intervals import LEVEL, UNKNOWN, Interval
from insights.pain.pain import TARGET
from insights.release.suppression import FEW_ANSWERS, MINIMUM_PERSONS, suppress
from insights.scales.scales import to_score

LEAST_SPREAD = 25 / math.sqrt(12)
"""Points. A point of five stands for 25 of a hundred: no estimate is known more exactly."""

OUTSIDE = ("n", "outside", "outside_low", "outside_high")
INSIDE = ("inside", "inside_low", "inside_high")
GAP = ("gap", "low", "high", "p")


class Side(StrEnum):
    """What the estimate of a touchpoint says about the company."""

    PROUD = "proud"  # surely too high, while customers are not content
    HIGH = "high"  # surely too high
    RIGHT = "right"  # not surely off
    LOW = "low"  # surely too low: better than the company thinks


class Gap(NamedTuple):
    """Colleagues minus customers, in points; null where it cannot be known.

    Attributes:
        gap: the difference of the two means.
        interval: its interval.
        p: the chance of a difference as large if there were none.
    """

    gap: float
    interval: Interval
    p: float


def gap_between(estimates: ArrayLike, outside: float, error: float, clusters: float) -> Gap:
    """Compare what colleagues estimate with what customers give: two samples, nobody in both.

    Args:
        estimates: one per colleague, points 0-100.
        outside: the customers' mean, points.
        error: its standard error; null or 0 where it is not known.
        clusters: how many accounts or persons it rests on.

    Returns:
        The difference, its interval and p-value by Welch's t. The colleagues' spread is taken to
        be at least that of rounding to a scale of five. Only the gap where the customers' error is
        not known; nothing without colleagues.

    References:
        docs/metrics.md, "Inside and out". B. L. Welch, Biometrika 34, 1947; F. E. Satterthwaite,
        Biometrics Bulletin 2(6), 1946; W. F. Sheppard, Proc. London Math. Society 29, 1898.

    Example:
        >>> found = gap_between([75, 75, 100, 75, 50], 41, 2, 200)
        >>> f"{found.gap:.0f}, between {found.interval.low:.0f} and {found.interval.high:.0f}"
        '34, between 12 and 56'
    """
    value = np.asarray(estimates, dtype=float)
    if not value.size or not math.isfinite(outside):
        return Gap(math.nan, UNKNOWN, math.nan)
    gap = float(value.mean()) - outside
    if value.size < MINIMUM_CLUSTERS or not error > 0 or clusters < MINIMUM_CLUSTERS:
        return Gap(gap, UNKNOWN, math.nan)
    inner, outer = _error(value) ** 2, error**2
    both = math.sqrt(inner + outer)
    freedom = both**4 / (inner**2 / (value.size - 1) + outer**2 / (clusters - 1))
    wide = float(stdtrit(freedom, (1 + LEVEL) / 2)) * both
    p = 2 * float(stdtr(freedom, -abs(gap) / both))
    return Gap(gap, Interval(gap - wide, gap + wide), p)


def outside_scores(table: ibis.Table) -> pd.DataFrame:
    """Score every touchpoint as customers rate it, before anything is hidden.

    Args:
        table: the facts of one journey, selected.

    Returns:
        What ``cells.mean_cells`` gives, by ``stage`` and ``touchpoint``.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> texts = dict.fromkeys(["stage", "touchpoint", "metric", "state"], "string")
        >>> types = texts | {"respondent": "int64", "cluster": "int64", "score": "float64"}
        >>> outside_scores(ibis.memtable([], schema=types)).empty
        True
    """
    return mean_cells(rated(table), ["stage", "touchpoint"])


def sheet_frame(sheets: Sequence[tuple[str | None, Mapping[str, int]]]) -> pd.DataFrame:
    """Bring the sheets of a round into one row per estimate.

    Args:
        sheets: per colleague their team, or None, and their points of five by "stage/touchpoint".

    Returns:
        ``colleague`` (a number), ``team``, ``stage``, ``touchpoint``, ``score`` (0-100). What is
        no point from 1 to 5, or names no touchpoint, is left out.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> sheet_frame([("sales", {"use/invoice": 4})]).values.tolist()
        [[0, 'sales', 'use', 'invoice', 75.0]]
    """
    rows = [
        (number, team and str(team), *place.split("/"), to_score(float(point), 1, 5))
        for number, (team, points) in enumerate(sheets)
        for place, point in points.items()
        if place.count("/") == 1 and point in {1, 2, 3, 4, 5}
    ]
    return pd.DataFrame(rows, columns=["colleague", "team", "stage", "touchpoint", "score"])


def gaps(
    outside: pd.DataFrame,
    sheets: pd.DataFrame,
    pains: Mapping[tuple[str, str], float] | None = None,
    target: float = TARGET,
) -> pd.DataFrame:
    """Compare each touchpoint as colleagues estimate it with how customers rate it.

    Args:
        outside: what ``outside_scores`` gives.
        sheets: what ``sheet_frame`` gives.
        pains: points lost by stage and touchpoint, where they were computed.
        target: the lowest score of customers who are content, points.

    Returns:
        One row per touchpoint that colleagues estimated or customers rated: ``stage``,
        ``touchpoint``, ``colleagues``, ``inside``, ``inside_low``, ``inside_high``, ``persons``,
        ``n``, ``outside``, ``outside_low``, ``outside_high`` (points), ``gap`` (inside minus
        outside), ``low``, ``high``, ``p``, ``q`` (adjusted over all rows), ``is_clear``, ``side``
        (a ``Side``, or null where no gap may be shown), ``pain``, ``shown`` (both sides have five
        persons), ``few``. First where the company is proud and customers hurt, by gap times pain;
        then what is surely estimated too high, what is about right, what is better than thought.

    References:
        docs/metrics.md, "Inside and out".

    Example:
        >>> outside = pd.DataFrame({"stage": ["use"], "touchpoint": ["invoice"], "persons": [90],
        ...     "n": [90], "clusters": [90], "mean": [41.0], "error": [2.0], "low": [37.0],
        ...     "high": [45.0]})
        >>> sheets = sheet_frame([(None, {"use/invoice": 4})] * 6)
        >>> gaps(outside, sheets)[["inside", "gap", "side"]].values.tolist()
        [[75.0, 34.0, 'proud']]
    """
    renamed = {"mean": "outside", "low": "outside_low", "high": "outside_high"}
    place = ["stage", "touchpoint"]
    inside = pd.DataFrame(
        [(*key, *_inside(group)) for key, group in sheets.groupby(place, sort=True)],
        columns=[*place, "colleagues", *INSIDE, "estimates"],
    )
    keys = dict.fromkeys(place, object)  # an empty table may type its keys as it likes
    both = outside.rename(columns=renamed).astype(keys)
    both = both.merge(inside.astype(keys), on=place, how="outer")
    both = both.sort_values(place, ignore_index=True)
    # No estimate of fewer than five colleagues leaves this function, nor is there a gap of one.
    is_told = both["colleagues"].fillna(0) >= MINIMUM_PERSONS
    found = [
        _gap(row) if told else Gap(math.nan, UNKNOWN, math.nan)
        for row, told in zip(both.to_dict("records"), is_told, strict=True)
    ]
    numbers = pd.DataFrame([(each.gap, *each.interval, each.p) for each in found], columns=GAP)
    both = pd.concat([both.drop(columns=["estimates", "error", "clusters"]), numbers], axis=1)
    both["few"] = (both["n"] < FEW_ANSWERS) & (both["persons"] >= MINIMUM_PERSONS)
    both = suppress(both, (*OUTSIDE, *GAP)).rename(columns={"shown": "is_rated"})
    both.loc[~is_told, ["colleagues", *INSIDE]] = math.nan
    both = both.assign(
        outside_low=both["outside_low"].clip(0, 100),
        outside_high=both["outside_high"].clip(0, 100),
        shown=both.pop("is_rated") & is_told,
        q=adjusted(both["p"].to_numpy(dtype=float)),
        pain=[
            (pains or {}).get(key, math.nan)
            for key in zip(both["stage"], both["touchpoint"], strict=True)
        ],
    )
    return _ordered(both.assign(is_clear=both["q"] <= FALSE_DISCOVERIES), target)


def _inside(group: pd.DataFrame) -> tuple[float, float, float, float, np.ndarray]:
    """Average what colleagues estimate for one touchpoint."""
    value = group["score"].to_numpy(dtype=float)
    wide = math.nan
    if value.size >= MINIMUM_CLUSTERS:
        wide = float(stdtrit(value.size - 1, (1 + LEVEL) / 2)) * _error(value)
    mean = float(value.mean())
    return (value.size, mean, max(0.0, mean - wide), min(100.0, mean + wide), value)


def _error(value: np.ndarray) -> float:
    """Give the standard error of the colleagues' mean."""
    return max(float(value.std(ddof=1)), LEAST_SPREAD) / math.sqrt(value.size)


def _gap(row: Mapping[Any, Any]) -> Gap:
    """Compare the two sides of one row."""
    return gap_between(row["estimates"], row["outside"], row["error"], row["clusters"])


def _ordered(rows: pd.DataFrame, target: float) -> pd.DataFrame:
    """Say what each gap means, and put what matters most first."""
    is_high = rows["is_clear"] & (rows["gap"] > 0)
    is_low = rows["is_clear"] & (rows["gap"] < 0)
    is_proud = is_high & (rows["inside"] >= target) & (rows["outside"] < target)
    side = pd.Series(Side.RIGHT.value, index=rows.index, dtype="object")
    side = side.mask(is_high, Side.HIGH.value).mask(is_low, Side.LOW.value)
    side = side.mask(is_proud, Side.PROUD.value).where(rows["shown"], None)
    place = {each.value: number for number, each in enumerate(Side)}
    by = pd.DataFrame(
        {
            "side": side.map(place).fillna(len(place)),
            "weight": -(rows["gap"].abs() * rows["pain"].fillna(0.0)).fillna(0.0),
            "gap": -rows["gap"].abs().fillna(-math.inf),
        }
    )
    order = by.sort_values(["side", "weight", "gap"], kind="stable").index
    return rows.assign(side=side).loc[order].reset_index(drop=True)
