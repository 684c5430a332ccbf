"""What a series of months does by itself, and which months lie outside of that."""

import math
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from insights.months import months_before
from insights.trends.process_rules import Course, Signal, signals_of
from insights.trends.trends import since_change

BASELINE = 12
"""Months the limits rest on: the first so many since what is asked was last changed."""

_PAIRS = 6  # neighbouring months, at least, for a usual step
_TO_LIMIT = 2.66  # 3 / 1.128: three standard deviations, from a mean step between two months
_TO_LARGEST = 3.268  # 1 + 3 x 0.853 / 1.128: the largest step that is usual
_TO_DEVIATION = 1.128  # the mean step of two, in standard deviations
_ERRORS = 3.0  # a limit, in standard errors
_HALF = 2.0  # half an interval, in standard errors: 1.96, and more with few accounts


class Why(StrEnum):
    """Why there are no limits."""

    TOO_SHORT = "too_short"
    GAPS = "gaps"  # too few months follow each other
    NO_VARIATION = "no_variation"


class Limits(NamedTuple):
    """Where months usually lie, in points.

    Attributes:
        first: the first month they are computed from, "YYYY-MM".
        last: the last.
        middle: the mean of those months.
        low: the lowest usual score of a month with as many answers as those have.
        high: the highest.
        step: the largest usual step from one month to the next.
    """

    first: str
    last: str
    middle: float
    low: float
    high: float
    step: float


class Behaviour(NamedTuple):
    """Limits and signals, the newest first; or why there are none.

    Attributes:
        limits: those of most months; None where there are none.
        bounds: per month ``month``, ``limit_low``, ``limit_high``: wider where answers are few.
        signals: what lies outside.
        reason: why there are no limits.
        needed: how many more months there must be, where that is the reason.
    """

    limits: Limits | None
    bounds: pd.DataFrame
    signals: tuple[Signal, ...] = ()
    reason: Why | None = None
    needed: int | None = None


def process_behaviour(months: pd.DataFrame) -> Behaviour:
    """Put limits on a series of monthly scores, and name the months outside of them.

    The limits are those of individual values and moving ranges (XmR): the mean of the first twelve
    months, and 2.66 times their mean step on both sides. No later month moves them; only where
    what is asked changed do twelve months begin anew. But twelve months may happen to lie close
    together, and then it is known how far chance carries them all the same: the limits are at
    least three standard errors wide, of months with as many answers. A month with fewer answers
    has limits wider by as much as its interval is, and counts as outside, or near a limit, only if
    its own interval excludes the middle too.

    Args:
        months: rows of one stage or touchpoint as ``insights.trends.trends`` gives them: ``month``,
            ``score``, ``low``, ``high``, ``is_break``. Months without a score have no part.

    Returns:
        The limits, cut off at 0 and 100, and the signals since what is asked was last changed, by
        the four rules of ``insights.trends.process_rules``. Where nothing changes but who happens
        to answer, fewer than one series in ten has a signal within two years.

    References:
        D. J. Wheeler, "Understanding Variation", 1993 (limits); NHS England, "Making Data Count"
        (twelve months, no limits moved by a machine); docs/metrics.md, "Trend".

    Example:
        >>> months = pd.DataFrame({"month": [f"2026-{n:02}" for n in range(1, 13)],
        ...     "score": [60.0, 62.0] * 6, "low": 59.0, "high": 63.0, "is_break": False})
        >>> limits = process_behaviour(months).limits
        >>> limits.middle, round(limits.low, 2), round(limits.high, 2), round(limits.step, 3)
        (61.0, 55.68, 66.32, 6.536)
    """
    shown = since_change(months)
    baseline = shown[:BASELINE]
    steps = list(_steps(baseline))
    nothing = shown[["month"]][:0].assign(limit_low=0.0, limit_high=0.0)
    if len(shown) < BASELINE:
        return Behaviour(None, nothing, (), Why.TOO_SHORT, BASELINE - len(shown))
    if len(steps) < _PAIRS:
        return Behaviour(None, nothing, (), Why.GAPS)
    middle, half = float(baseline["score"].mean()), _half(shown)
    usual = math.sqrt(float(np.mean(half[:BASELINE] ** 2)))
    step = max(float(np.mean(steps)), _ERRORS * usual / _HALF / _TO_LIMIT)
    if math.isclose(step, 0.0, abs_tol=1e-9):
        return Behaviour(None, nothing, (), Why.NO_VARIATION)
    wide = _TO_LIMIT * step
    widths = wide * np.maximum(half / usual, 1.0) if usual else np.full(len(half), wide)
    lows, highs = np.maximum(middle - widths, 0.0), np.minimum(middle + widths, 100.0)
    bounds = pd.DataFrame({"month": shown["month"], "limit_low": lows, "limit_high": highs})
    ends = (max(middle - wide, 0.0), min(middle + wide, 100.0))
    span = (str(baseline["month"].iloc[0]), str(baseline["month"].iloc[-1]))
    limits = Limits(*span, middle, *ends, _TO_LARGEST * step)
    away = shown[["score", "low", "high"]].to_numpy(dtype=float).T - middle
    spread = (widths, step / _TO_DEVIATION, BASELINE)
    course = Course(list(shown["month"]), away[0], away[1], away[2], *spread)
    return Behaviour(limits, bounds, signals_of(course))


def _steps(shown: pd.DataFrame) -> Iterator[float]:
    """How far the score went between neighbouring months; over a missing month it is not known."""
    for (month, score), (later, next_score) in pairwise(
        zip(shown["month"], shown["score"], strict=True)
    ):
        if months_before(later, 1) == month:
            yield abs(float(next_score) - float(score))


def _half(shown: pd.DataFrame) -> np.ndarray:
    """Half of each month's interval; 0 where it is not known."""
    return np.nan_to_num((shown["high"] - shown["low"]).to_numpy(dtype=float) / 2)
