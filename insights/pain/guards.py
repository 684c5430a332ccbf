"""When nothing can be priced: the reasons, what is missing, and when it will be there."""

import math
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from insights.months import months_from
from insights.pain.design import MINIMUM_LOW, Design
from insights.planning.expectation import expected_month
from insights.release.suppression import MINIMUM_PERSONS
from insights.weighting.means import effective_n

MINIMUM_ANSWERS = 60
"""Below this number of overall answers of a stage nothing is priced."""

MINIMUM_ACCOUNTS = 10
"""Resampling fewer accounts than this would look surer than it is."""

ANSWERS_PER_COLUMN = 3
"""So many answers are needed per column of the model."""

PRICES = ("impact", "pain", "pain_low", "pain_high", "p_worst", "reward", "shrunk")
_NO_SPREAD = 1e-6  # points; overall answers that differ less are all alike
_ROUNDING = 1e-6  # weights that are all alike make as many answers as there are

RANKS = ("rank", "rank_low", "rank_high", "tie")


class Reason(StrEnum):
    """Why something has no pain; ``needed`` says how many there must be."""

    TOO_FEW_ANSWERS = "too_few_answers"  # overall answers of the stage
    TOO_FEW_ACCOUNTS = "too_few_accounts"
    TOO_FEW_PERSONS = "too_few_persons"  # who answered or rated: no number of it is shown
    TOO_FEW_LOW = "too_few_low_ratings"  # below the target
    NO_VARIATION = "no_variation"  # all overall answers are alike
    COLLINEAR = "collinear"  # its shortfall goes together with another's
    BAD_WEIGHTS = "bad_weights"  # some are negative or not finite, or all are nothing


class Obstacle(NamedTuple):
    """Why the stage as a whole cannot be priced: how many there must be, and are."""

    reason: Reason | None = None
    needed: int | None = None
    have: int | None = None


class Pace(NamedTuple):
    """How long the answers took to come: months, and the last one they were awaited in."""

    months: int
    last: str

    @classmethod
    def of(cls, rows: pd.DataFrame, until: str | None = None) -> "Pace | None":
        """Read it from the months of the answers; they were awaited ``until`` then, if later."""
        if "month" not in rows or rows.empty or rows["month"].isna().any():
            return None
        first, last = str(rows["month"].min()), str(rows["month"].max())
        last = max(last, until or last)
        return cls(len(months_from(first, last)), last)

    def expected(self, missing: int, have: int) -> str | None:
        """The month in which what is missing will be there at this rate, if it can be said."""
        return expected_month(missing, have / self.months, self.last)


def obstacle(design: Design, clusters: np.ndarray, *, is_shown: bool) -> Obstacle:
    """Say why the stage as a whole cannot be priced.

    Args:
        design: the columns of the model.
        clusters: the account of each response.
        is_shown: whether enough persons answered for anything to be shown.

    Returns:
        The first reason there is, or none. Weighted answers are as many as they are worth.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> from insights.pain.design import make_design
        >>> design = make_design(np.arange(7.0), np.full((7, 1), 50.0), 75.0)
        >>> obstacle(design, np.arange(7), is_shown=True)[1:]
        (60, 7)
    """
    answers = max(MINIMUM_ANSWERS, ANSWERS_PER_COLUMN * design.n_columns)
    n = math.floor(effective_n(design.weight) + _ROUNDING)
    if n < answers:
        return Obstacle(Reason.TOO_FEW_ANSWERS, answers, n if is_shown else None)
    if not is_shown:
        return Obstacle(Reason.TOO_FEW_PERSONS, MINIMUM_PERSONS)
    accounts = pd.unique(clusters).size
    if accounts < MINIMUM_ACCOUNTS:
        return Obstacle(Reason.TOO_FEW_ACCOUNTS, MINIMUM_ACCOUNTS, accounts)
    if np.ptp(design.y) <= _NO_SPREAD:
        return Obstacle(Reason.NO_VARIATION)
    if design.collinear.size and not design.priced.size:
        return Obstacle(Reason.COLLINEAR)
    return Obstacle() if design.priced.size else Obstacle(Reason.TOO_FEW_LOW, MINIMUM_LOW)


def excused(
    table: pd.DataFrame, design: Design, whole: Obstacle, pace: Pace | None
) -> pd.DataFrame:
    """Give every touchpoint the columns of a price, empty, and the reason why they are.

    Args:
        table: what ``table.describe`` gave.
        design: the columns of the model.
        whole: why nothing is priced at all, if so.
        pace: how quickly answers come.

    Returns:
        The table with ``PRICES``, ``RANKS``, ``is_tied``, ``kind``, ``reason``, ``needed``,
        ``have``, ``missing`` and ``expected_month``.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> from insights.pain.design import make_design
        >>> from insights.pain.table import describe
        >>> who = pd.DataFrame({"cluster": range(7), "respondent": range(7)})
        >>> ratings = np.full((7, 1), 80.0)
        >>> design = make_design(np.arange(7.0), ratings, 75.0)
        >>> row = excused(describe(ratings, who, ["shop"], {}, 75.0), design, Obstacle(), None)
        >>> row[["reason", "missing"]].values.tolist()
        [[<Reason.TOO_FEW_LOW: 'too_few_low_ratings'>, 5]]
    """
    place = np.arange(len(table))
    low = table.pop("n_low").fillna(0).to_numpy(dtype=int)
    is_hidden = ~table["shown"].to_numpy(dtype=bool)
    few_low = [Obstacle(Reason.TOO_FEW_LOW, MINIMUM_LOW, int(count)) for count in low]
    cases = [
        (is_hidden, [Obstacle(Reason.TOO_FEW_PERSONS, MINIMUM_PERSONS)] * len(table)),
        (np.full(len(table), whole.reason not in {None, Reason.TOO_FEW_LOW}), [whole] * len(table)),
        (low < MINIMUM_LOW, few_low),
        (np.isin(place, design.collinear), [Obstacle(Reason.COLLINEAR)] * len(table)),
    ]
    found = [Obstacle()] * len(table)
    for holds, whys in reversed(cases):
        for row in np.flatnonzero(holds):
            found[row] = whys[row]
    missing = [lacking(each) for each in found]
    for name in PRICES:
        table[name] = np.nan
    return table.assign(
        **{name: pd.array([pd.NA] * len(table), dtype="Int64") for name in RANKS},
        is_tied=False,
        kind=None,
        reason=pd.Series([each.reason for each in found], dtype=object),
        needed=pd.array([each.needed for each in found], dtype="Int64"),
        have=pd.array([each.have for each in found], dtype="Int64"),
        missing=pd.array(missing, dtype="Int64"),
        expected_month=pd.Series([when(each, pace) for each in found], dtype=object),
    )


def lacking(why: Obstacle) -> int | None:
    """How many more it takes, if that can be told.

    Args:
        why: the obstacle.

    Returns:
        needed - have; None where either is not told.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> lacking(Obstacle(Reason.TOO_FEW_LOW, 5, 3))
        2
    """
    if why.needed is None or why.have is None:
        return None
    return why.needed - why.have


def when(why: Obstacle, pace: Pace | None) -> str | None:
    """The month in which an obstacle will be gone at the present rate.

    Args:
        why: the obstacle.
        pace: how quickly answers come, if that is known.

    Returns:
        "YYYY-MM", or None where it cannot be said.

    References:
        ``insights.planning.expectation``.

    Example:
        >>> when(Obstacle(Reason.TOO_FEW_ANSWERS, 60, 40), Pace(4, "2026-10"))
        '2026-12'
    """
    missing = lacking(why)
    if missing is None or why.have is None or pace is None:
        return None
    return pace.expected(missing, why.have)
