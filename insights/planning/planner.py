"""The planner: how many answers tell a difference of so many points, and when they come."""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd
from scipy.special import ndtri

from insights.cells import collect
from insights.intervals import LEVEL
from insights.planning.expectation import expected_month
from insights.release.suppression import FEW_ANSWERS, suppress

POWER = 0.80
"""A difference that is there is found in this share of cases."""

POINTS = 5
"""The difference that is planned for unless the reader says otherwise."""

LEAST_POINTS, MOST_POINTS = 2, 20

USUAL_SPREAD = 25.0
"""The standard deviation that is assumed where answers are too few to show their own."""

RATE_MONTHS = 3
"""How many closed months today's rate is the mean of."""


class Status(StrEnum):
    """Where a cell stands."""

    NOW = "now"  # the answers are there
    LATER = "later"  # they will be, in a month that is named
    FAR = "far"  # not within two years at today's rate
    STANDSTILL = "standstill"  # no answers came in of late
    TOO_FEW_PERSONS = "too_few_persons"  # fewer than five: nothing is shown


class Arrival(NamedTuple):
    """When answers that are still needed will be there."""

    status: Status
    month: str | None


def answers_needed(
    spread: float, points: float, *, design: float = 1.0, power: float = POWER, level: float = LEVEL
) -> int:
    """Say how many answers each of two periods needs to tell a difference between their scores.

    Args:
        spread: the standard deviation of one answer, points.
        points: the difference that is to be told, points.
        design: the design effect: how many answers of a cluster are worth one of its own.
        power: the share of cases in which the difference is found, 0-1.
        level: of the interval, 0-1; 0.95 is a test at 5%, two-sided.

    Returns:
        Answers in each period, to the nearest whole, at least 2.

    Raises:
        ValueError: a number is not positive and finite.

    References:
        docs/metrics.md, "How many answers it takes". J. Cohen, "Statistical Power Analysis for the
        Behavioral Sciences", 1988, chapter 2; L. Kish, "Survey Sampling", 1965, on the design
        effect.

    Example:
        >>> answers_needed(25, 5)
        392
    """
    given = (spread, points, design)
    if not all(math.isfinite(each) and each > 0 for each in given):
        raise ValueError("spread, points and design: each is positive and finite")
    z = float(ndtri((1 + level) / 2) + ndtri(power))
    return max(2, math.floor(2 * (z * spread / points) ** 2 * design + 0.5))


def arrival(still: float, monthly: float, last: str) -> Arrival:
    """Say in which month the answers that are still needed will be there.

    Args:
        still: how many are needed.
        monthly: how many come in per month.
        last: the last closed month, "YYYY-MM".

    Returns:
        The month at whose end they are there, where there is one.

    References:
        docs/metrics.md, "How many answers it takes".

    Example:
        >>> arrival(23, 6, "2026-10")
        Arrival(status=<Status.LATER: 'later'>, month='2027-02')
    """
    if still <= 0:
        return Arrival(Status.NOW, None)
    if not monthly > 0:
        return Arrival(Status.STANDSTILL, None)
    month = expected_month(still, monthly, last)
    return Arrival(Status.FAR if month is None else Status.LATER, month)


def spreads(answers: ibis.Table, by: Sequence[str]) -> pd.DataFrame:
    """Measure per cell how much answers differ, and how alike those of one account are in a month.

    Args:
        answers: facts that are answers (``cells.overall`` or ``rated``).
        by: the columns that name a cell; at least one.

    Returns:
        One row per cell: ``by``, ``n``, ``sd`` (points; null with one answer), ``icc`` (how alike
        the answers of one account in one month are, 0-1; 0 where nobody answered twice), ``size``
        (answers of an account in a month, as an answer sees it) and ``design``, the design effect
        1 + (size - 1) x icc.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How many answers it takes". A. Donner, N. Klar, "Design and Analysis of
        Cluster Randomization Trials", 2000: the intraclass correlation from analysis of variance.

    Example:
        >>> rows = [{"stage": "buy", "month": "2026-10", "cluster": k // 2,
        ...          "score": 50.0 * (k // 2)} for k in range(4)]
        >>> types = {"stage": "string", "month": "string", "cluster": "int64", "score": "float64"}
        >>> found = spreads(ibis.memtable(rows, schema=types), ["stage"])
        >>> found[["n", "icc", "size", "design"]].values.tolist()
        [[4.0, 1.0, 2.0, 2.0]]
    """
    each = answers.group_by([*by, "month", "cluster"]).aggregate(
        size=answers.count().cast("float64"),
        total=answers.score.sum(),
        squares=(answers.score * answers.score).sum(),
    )
    sums = collect(
        each.group_by(list(by)).aggregate(
            n=each.size.sum(),
            clusters=each.count(),
            total=each.total.sum(),
            squares=each.squares.sum(),
            sizes=(each.size * each.size).sum(),
            between=(each.total * each.total / each.size).sum(),
        )
    )
    found = _described(sums)[[*by, "n", "sd", "icc", "size", "design"]]
    return found.astype({"n": "int64"})


def plan(cells: pd.DataFrame, points: float, last: str) -> pd.DataFrame:
    """Plan every cell: what two periods need, what is there, and when the rest will be.

    Args:
        cells: one row per cell with ``persons``, ``n`` (answers of the last year), ``sd``,
            ``design`` and ``monthly`` (answers per month at today's rate).
        points: the difference that is to be told, points.
        last: the last closed month, "YYYY-MM".

    Returns:
        The cells with ``is_assumed`` (fewer than 30 answers or no spread: a standard deviation of
        25 and a design effect of 1 stand in), ``each`` (answers that each of two periods needs),
        ``still`` (2 x each less what is there, not below 0), ``smallest`` (points: the least
        difference between two halves of what is there that would be told), ``status``, ``month``
        (at whose end the rest is there, or null) and ``shown``. Under five persons there is
        nothing but a status.

    References:
        docs/metrics.md, "How many answers it takes".

    Example:
        >>> cells = pd.DataFrame({"persons": [400], "n": [400], "sd": [25.0], "design": [1.0],
        ...                       "monthly": [48.0]})
        >>> plan(cells, 5, "2026-10")[["each", "still", "month"]].values.tolist()
        [[392, 384, '2027-06']]
    """
    is_assumed = (cells["n"] < FEW_ANSWERS) | ~(cells["sd"] > 0)
    spread = cells["sd"].mask(is_assumed, USUAL_SPREAD)
    design = cells["design"].mask(is_assumed, 1.0)
    each = [
        answers_needed(sd, points, design=effect) for sd, effect in zip(spread, design, strict=True)
    ]
    still = [max(0, 2 * needed - int(n)) for needed, n in zip(each, cells["n"], strict=True)]
    arrivals = [
        arrival(rest, monthly, last) for rest, monthly in zip(still, cells["monthly"], strict=True)
    ]
    z = float(ndtri((1 + LEVEL) / 2) + ndtri(POWER))
    planned = cells.assign(
        is_assumed=is_assumed.astype(bool),
        each=np.asarray(each, dtype="int64"),
        still=np.asarray(still, dtype="int64"),
        smallest=z * spread * np.sqrt(4 * design / cells["n"].where(cells["n"] > 0)),
    )
    numbers = ["n", "sd", "design", "monthly", "each", "still", "smallest"]
    planned = suppress(planned, [name for name in numbers if name in planned])
    shown = planned["shown"].tolist()
    hidden = Arrival(Status.TOO_FEW_PERSONS, None)
    told = [found if is_shown else hidden for found, is_shown in zip(arrivals, shown, strict=True)]
    return planned.assign(
        status=[found.status.value for found in told],
        month=pd.Series([found.month for found in told], index=planned.index, dtype=object),
    )


def _described(sums: pd.DataFrame) -> pd.DataFrame:
    """Turn the sums of each cell into spread, likeness and design effect."""
    n, clusters = sums["n"], sums["clusters"]
    total = (sums["squares"] - sums["total"] ** 2 / n).clip(lower=0)
    between = (sums["between"] - sums["total"] ** 2 / n).clip(lower=0)
    within = (sums["squares"] - sums["between"]).clip(lower=0)
    mean_between = between / (clusters - 1).where(clusters > 1)
    mean_within = within / (n - clusters).where(n > clusters)
    usual = (n - sums["sizes"] / n) / (clusters - 1).where(clusters > 1)
    bottom = mean_between + (usual - 1) * mean_within
    icc = ((mean_between - mean_within) / bottom.where(bottom > 0)).clip(0, 1).fillna(0.0)
    size = sums["sizes"] / n
    sd = np.sqrt(total / (n - 1).where(n > 1))
    return sums.assign(n=n, sd=sd, icc=icc, size=size, design=1 + (size - 1) * icc)
