"""Acted and untouched touchpoints month by month, and what a segmented regression sees in them."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from insights.cells import beside
from insights.clusters import clustered_mean
from insights.comparing.changes import Period
from insights.effects.regression import Fit, fit
from insights.effects.sums import Sums
from insights.intervals import LEVEL, Interval
from insights.months import YEAR
from insights.release.suppression import suppress

ACTED, CONTROLS = "acted", "controls"

MONTHS_EACH_SIDE = 4
"""Fewer months before or after than this make no line."""

FEW_MONTHS = 12
"""Below so many months neighbours cannot be told to go together: ordinary least squares."""

MOST_MEMORY = 0.8
"""More than this of a month is never taken to be left in the next: no short series can tell."""

TWO_YEARS = 2 * YEAR
"""Months before the start that must be known before the months of the year get their own level."""


class Step(NamedTuple):
    """What the months say of the effect: the gap's step at the start, its own trend left out.

    Attributes:
        change: the step, in points.
        interval: its 95% interval.
        n_months: how many months it rests on.
        is_robust: whether neighbouring months were allowed to go together.
        has_seasons: whether each month of the year has its own level.
    """

    change: float
    interval: Interval
    n_months: int
    is_robust: bool
    has_seasons: bool


def monthly_scores(
    sums: Sums, acted: Mapping[str, float], controls: Mapping[str, float]
) -> pd.DataFrame:
    """Score the acted touchpoints together, and the untouched together, in every month.

    Each rating counts as its distance from its touchpoint's own level, so that meeting more of a
    weak touchpoint moves nothing.

    Args:
        sums: the ratings of the stage.
        acted: the level of each acted touchpoint, in points.
        controls: the level of each untouched one.

    Returns:
        One row per side ("acted" or "controls") and month with ratings, sorted: ``side``,
        ``month``, ``persons`` (at least so many), ``n``, ``score`` (points), ``low``, ``high``,
        ``shown``. The numbers of a month of fewer than five persons are null.

    References:
        docs/metrics.md, "Effect of an improvement".

    Example:
        >>> ratings = pd.DataFrame({"cluster": range(6), "touchpoint": "shop", "month": "2026-01",
        ...     "n": 1, "total": [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]})
        >>> persons = pd.DataFrame({"touchpoint": ["shop"], "month": "2026-01", "persons": 6})
        >>> found = monthly_scores(Sums(ratings, persons), {"shop": 40.0}, {})
        >>> found[["side", "month", "n", "score"]].values.tolist()
        [['acted', '2026-01', 6, 50.0]]
    """
    side = {**dict.fromkeys(controls, CONTROLS), **dict.fromkeys(acted, ACTED)}
    middle = {ACTED: _middle(acted), CONTROLS: _middle(controls)}
    shift = {key: middle[side[key]] - level for key, level in {**controls, **acted}.items()}
    ratings, persons = (
        frame.assign(side=frame["touchpoint"].map(side)).dropna(subset="side") for frame in sums
    )
    ratings = ratings.assign(
        total=ratings["total"] + ratings["n"] * ratings["touchpoint"].map(shift).astype(float)
    )
    clusters = ratings.groupby(["side", "month", "cluster"], as_index=False)[["n", "total"]].sum()
    rows = [
        (*key, found.n, found.mean, *found.interval)
        for key, group in clusters.groupby(["side", "month"])
        for found in [clustered_mean(group["n"], group["total"])]
    ]
    scores = pd.DataFrame(rows, columns=["side", "month", "n", "score", "low", "high"])
    scores = scores.astype({"n": "int64", "score": float, "low": float, "high": float})
    scores = scores.assign(low=scores["low"].clip(0, 100), high=scores["high"].clip(0, 100))
    fewest = persons.groupby(["side", "month"], as_index=False)[["persons"]].max()
    return suppress(beside(scores, fewest, ["side", "month"]), ["n", "score", "low", "high"])


def gaps(scores: pd.DataFrame) -> pd.DataFrame:
    """Take the untouched touchpoints from the acted ones, month by month.

    Args:
        scores: as ``monthly_scores``.

    Returns:
        One row per month in which both are shown, sorted: ``month``, ``at`` (months since the
        year 0), ``gap`` (points) and ``weight``, how precise it is.

    References:
        docs/metrics.md, "Effect of an improvement".

    Example:
        >>> scores = pd.DataFrame({"side": ["acted", "controls"], "month": "2026-01", "n": [10, 30],
        ...     "score": [60.0, 70.0], "shown": True})
        >>> gaps(scores).values.tolist()
        [['2026-01', 24312, -10.0, 7.5]]
    """
    shown = scores[scores["shown"].astype(bool)]
    acted, controls = (
        shown[shown["side"] == side].set_index("month")[["n", "score"]].astype(float)
        for side in (ACTED, CONTROLS)
    )
    both = (
        acted.add_suffix("_acted").join(controls.add_suffix("_control"), how="inner").sort_index()
    )
    month = both.index.to_series()
    at = [int(key[:4]) * YEAR + int(key[5:]) - 1 for key in month]
    return pd.DataFrame(
        {
            "month": month.to_numpy(dtype=object),
            "at": np.array(at, dtype=int),
            "gap": (both["score_acted"] - both["score_control"]).to_numpy(float),
            "weight": (1 / (1 / both["n_acted"] + 1 / both["n_control"])).to_numpy(float),
        }
    )


def step(found: pd.DataFrame, last_before: str, first_after: str) -> Step | None:
    """See whether the gap steps up or down at the start, beside a trend of its own.

    Args:
        found: as ``gaps``.
        last_before: the last month wholly before the start.
        first_after: the first month wholly after it.

    Returns:
        The step; None with fewer than four months on a side, or where the months do not tell it
        from a trend. Its error is that of ``month_error``.

    References:
        A. K. Wagner et al., Journal of Clinical Pharmacy and Therapeutics 27(4), 2002, on segmented
        regression; J. Lopez Bernal et al., International Journal of Epidemiology 47(6), 2018, on
        controls; S. L. Turner et al., BMC Medical Research Methodology 21, 2021, on short series.

    Example:
        >>> months = [f"2026-{at:02}" for at in range(1, 13)]
        >>> series = pd.DataFrame({"month": months, "at": range(12), "weight": 1.0,
        ...     "gap": [0, 1, 0, 1, 0, 1, 8, 9, 8, 9, 8, 9]})
        >>> seen = step(series, "2026-06", "2026-07")
        >>> round(seen.change, 2), seen.interval.low > 0, seen.n_months
        (7.49, True, 12)
    """
    used = _sides(found, last_before, first_after)
    is_after = used["month"] >= first_after
    n_after = int(is_after.sum())
    n_before = len(used) - n_after
    if min(n_before, n_after) < MONTHS_EACH_SIDE:
        return None
    trend = used["at"] - used["at"].mean()
    design = np.column_stack([np.ones(len(used)), is_after, trend]).astype(float)
    has_seasons = n_before >= TWO_YEARS
    fitted = _fitted(np.column_stack([design, _seasons(used)]), used) if has_seasons else None
    has_seasons = fitted is not None
    fitted = fitted or _fitted(design, used)
    if fitted is None:
        return None
    error = month_error(fitted, 1)
    half = float(stdtrit(fitted.freedom, (1 + LEVEL) / 2)) * error
    change = float(fitted.coefficients[1])
    is_robust = len(used) >= FEW_MONTHS
    interval = Interval(change - half, change + half)
    return Step(change, interval, len(used), is_robust, has_seasons)


def unrest(found: pd.DataFrame, before: Period, after: Period) -> tuple[float, int] | None:
    """Say how sure the difference between two periods is, judged by the unrest of their months.

    What befalls a touchpoint in a month befalls all its answers, and so is no part of the errors
    of the answers. The months themselves show it.

    Args:
        found: as ``gaps``.
        before: the earlier period.
        after: the later one.

    Returns:
        The standard error of the difference, in points, and its degrees of freedom; None with
        fewer than four months on a side.

    References:
        M. Bertrand, E. Duflo, S. Mullainathan, QJE 119(1), 2004.

    Example:
        >>> months = [f"2026-{at:02}" for at in range(1, 9)]
        >>> series = pd.DataFrame({"month": months, "at": range(8), "weight": 1.0,
        ...     "gap": [0, 2, 0, 2, 5, 7, 5, 7]})
        >>> error, freedom = unrest(series, Period("2026-01", "2026-04"),
        ...     Period("2026-05", "2026-08"))
        >>> round(error, 3), freedom
        (0.816, 6)
    """
    inside = found[found["month"].between(before.first, after.last)]
    used = _sides(inside, before.last, after.first)
    is_after = (used["month"] >= after.first).to_numpy()
    if min(is_after.sum(), (~is_after).sum()) < MONTHS_EACH_SIDE:
        return None
    fitted = _fitted(np.column_stack([np.ones(len(used)), is_after]).astype(float), used)
    return None if fitted is None else (month_error(fitted, 1), fitted.freedom)


def month_error(fitted: Fit, at: int) -> float:
    """Give the error of a coefficient of a short series.

    Args:
        fitted: a fit of months.
        at: which coefficient.

    Returns:
        The ordinary error; from twelve months on the largest of that, Newey and West's, corrected
        for the number of coefficients, and the ordinary one of months that remember the month
        before, as much as what is left over does.

    References:
        S. L. Turner et al., BMC Medical Research Methodology 21, 2021: intervals of short series
        are too narrow by any one way. M. G. Kendall, Biometrika 41(3-4), 1954: a short series
        seems to remember less than it does, by about (1 + 3r) / n.

    Example:
        >>> found = fit([[1.0], [1.0], [1.0]], [1.0, 2.0, 3.0])
        >>> round(month_error(found, 0), 3)
        0.577
    """
    ordinary, left = float(fitted.errors[at]), fitted.residuals
    if left.size < FEW_MONTHS or not ordinary:
        return ordinary
    robust = float(fitted.robust[at]) * math.sqrt(left.size / fitted.freedom)
    seen = float(left[1:] @ left[:-1]) / float(left @ left)
    memory = min(max(seen + (1 + 3 * seen) / left.size, 0.0), MOST_MEMORY)
    return max(ordinary * math.sqrt((1 + memory) / (1 - memory)), robust)


def _middle(levels: Mapping[str, float]) -> float:
    """The level about which the touchpoints of a side are told."""
    return sum(levels.values()) / len(levels) if levels else 0.0


def _sides(found: pd.DataFrame, last_before: str, first_after: str) -> pd.DataFrame:
    """Leave out a month that lies on both sides of the start."""
    is_whole = (found["month"] <= last_before) | (found["month"] >= first_after)
    return found[is_whole].reset_index(drop=True)


def _seasons(used: pd.DataFrame) -> np.ndarray:
    """A column for each month of the year but the first."""
    of_year = used["at"].to_numpy() % YEAR
    columns: np.ndarray = (of_year[:, None] == np.arange(1, YEAR)[None, :]).astype(float)
    return columns


def _fitted(design: np.ndarray, used: pd.DataFrame) -> Fit | None:
    """Fit the gap, each month by how precise it is."""
    return fit(design, used["gap"], used["weight"])
