"""Seasons: what the time of year does to a score, and the same month a year ago."""

from enum import StrEnum
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

from insights.comparing.changes import Period, changes
from insights.intervals import LEVEL
from insights.months import YEAR, months_before
from insights.plain import number
from insights.trends.trends import since_change

ENOUGH = 24
"""Months with a score, before anything is said about seasons: every month of the year twice."""

CERTAIN = 0.001
"""How rarely chance may look like seasons: they are looked for at every touchpoint."""

_ROUNDING = 1e-18  # a spread this small, relative to the squared mean, is rounding


class Why(StrEnum):
    """Why nothing can be said about seasons."""

    TOO_SHORT = "too_short"
    GAPS = "gaps"  # a month of the year is there only once
    NO_VARIATION = "no_variation"


class Seasons(NamedTuple):
    """What the time of year does to a score.

    Attributes:
        months: ``calendar`` (1-12), ``effect``, ``low``, ``high``: points above an average month.
        p: how often chance alone makes months differ so much, 0-1; null where nothing is known.
        is_seasonal: whether that is rare enough to speak of seasons.
        n: months with a score that it rests on.
        reason: why nothing can be said.
    """

    months: pd.DataFrame
    p: float = np.nan
    is_seasonal: bool = False
    n: int = 0
    reason: Why | None = None


class YearOnYear(NamedTuple):
    """A month beside the same month a year before, in points; the interval null where unknown."""

    month: str
    before: str
    change: float
    low: float | None
    high: float | None


def seasons(trend: pd.DataFrame) -> Seasons:
    """Find what the time of year does to a score, once two years of it are there.

    Ordinary least squares on the monthly scores: twelve months of the year, and a straight line
    through all months, so that a slow rise is not taken for a late month's doing. Only months since
    what is asked was last changed count.

    Args:
        trend: rows of one stage or touchpoint as ``insights.trends.trends`` gives them: ``month``,
            ``score``, ``is_break``.

    Returns:
        How far each month of the year lies from an average one, with 95% intervals by t, and an
        F-test of all twelve together. Neighbouring months that resemble each other make both look
        surer than they are; so seasons are spoken of only at ``CERTAIN``.

    References:
        R. J. Hyndman, G. Athanasopoulos, "Forecasting: Principles and Practice", 2021, 7.4 (months
        as dummies beside a trend); docs/metrics.md, "Seasons".

    Example:
        >>> months = [f"{year}-{n:02}" for year in (2024, 2025) for n in range(1, 13)]
        >>> scores = [60.0 + k % 5 / 10 + 6 * (k % 12 == 11) for k in range(24)]
        >>> found = seasons(pd.DataFrame({"month": months, "score": scores, "is_break": False}))
        >>> found.is_seasonal, found.months["effect"].round(1).tolist()[-1]
        (True, 5.5)
    """
    shown = since_change(trend)
    calendar = np.array([int(month[5:]) for month in shown["month"]], dtype=int)
    counts = np.bincount(calendar, minlength=YEAR + 1)[1:]
    nothing = pd.DataFrame(columns=["calendar", "effect", "low", "high"], dtype="float64")
    if len(shown) < ENOUGH:
        return Seasons(nothing, n=len(shown), reason=Why.TOO_SHORT)
    if counts.min() <= 1:
        return Seasons(nothing, n=len(shown), reason=Why.GAPS)
    dummies = (calendar[:, None] == np.arange(1, YEAR + 1)).astype(float)
    place = np.array([int(month[:4]) * YEAR + int(month[5:]) for month in shown["month"]], float)
    line = (place - place.mean())[:, None]
    scores = shown["score"].to_numpy(dtype=float)
    design = np.hstack([dummies, line])
    fitted, rest = _fit(design, scores)
    freedom = len(scores) - design.shape[1]
    if rest <= _ROUNDING * max(float(scores @ scores), 1.0):
        return Seasons(nothing, n=len(shown), reason=Why.NO_VARIATION)
    away = np.hstack([np.eye(YEAR) - 1 / YEAR, np.zeros((YEAR, 1))])
    covariance = np.linalg.inv(design.T @ design) * rest / freedom
    error = np.sqrt(np.diag(away @ covariance @ away.T))
    effect, wide = away @ fitted, float(stdtrit(freedom, (1 + LEVEL) / 2)) * error
    _, without = _fit(np.hstack([np.ones_like(line), line]), scores)
    ratio = (without - rest) / (YEAR - 1) / (rest / freedom)
    p = float(fdtrc(YEAR - 1, freedom, max(ratio, 0.0)))
    columns = {"effect": effect, "low": effect - wide, "high": effect + wide}
    months = pd.DataFrame({"calendar": np.arange(1, YEAR + 1)} | columns)
    return Seasons(months, p, bool(p < CERTAIN), len(shown))


def year_on_year(trend: pd.DataFrame, answers: ibis.Table) -> YearOnYear | None:
    """Compare the newest month with the same month a year before.

    Args:
        trend: rows of one stage or touchpoint as ``insights.trends.trends`` gives them.
        answers: the facts behind it: overall answers of the stage, or ratings of the touchpoint.

    Returns:
        The difference with its 95% interval, by leaving out one account at a time. None where a
        month has too few answers to show, or where what is asked changed in between.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        ``insights.comparing.changes.changes``; docs/metrics.md, "Change".

    Example:
        >>> nothing = pd.DataFrame({"month": [], "score": [], "is_break": []})
        >>> year_on_year(nothing, ibis.memtable([], schema={"month": "string"})) is None
        True
    """
    shown = since_change(trend)
    if shown.empty:
        return None
    month = str(shown["month"].iloc[-1])
    before = months_before(month, YEAR)
    if before not in set(shown["month"]):
        return None
    found = changes(answers, Period(before, before), Period(month, month))
    if found.empty or not found["shown"].iloc[0]:
        return None
    row = found.iloc[0]
    return YearOnYear(month, before, float(row["change"]), number(row["low"]), number(row["high"]))


def _fit(design: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, float]:
    """Least squares: the coefficients, and the sum of squares that is left."""
    fitted, *_ = np.linalg.lstsq(design, scores, rcond=None)
    left = scores - design @ fitted
    return fitted, float(left @ left)
