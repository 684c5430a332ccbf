"""What changed since the month before, judged together with the eleven months before it."""

import ibis
import pandas as pd

from insights.comparing.changes import changes_by_month
from insights.comparing.differences import FALSE_DISCOVERIES, adjusted
from insights.months import YEAR, months_before


def month_changes(table: ibis.Table, month: str, share: float = FALSE_DISCOVERIES) -> pd.DataFrame:
    """Compare a month with the one before, so that a year of reports holds few false alarms.

    A summary comes every month. Were each judged for itself, one in ten months without any change
    would still report one.

    Args:
        table: the facts of one journey, month by month as they may be told.
        month: the later month, "YYYY-MM".
        share: how many of the changes called proven may be chance, on average over a year, 0-1.

    Returns:
        As ``changes.changes``; ``p_adjusted`` is over all comparisons of a month with the one
        before that end with this month or one of the eleven before.

    References:
        docs/metrics.md, "Change". Y. Benjamini, Y. Hochberg, JRSS B 57(1), 1995.

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": None, "month": f"2026-{9 + k % 2:02}",
        ...          "respondent": k, "cluster": k, "metric": "satisfaction", "state": "answered",
        ...          "is_overall": True, "score": 25.0 * (k % 5 > 1) + 50.0 * (k % 2)}
        ...         for k in range(40)]
        >>> types = {"stage": "string", "touchpoint": "string", "month": "string",
        ...          "respondent": "int64", "cluster": "int64", "metric": "string",
        ...          "state": "string", "is_overall": "boolean", "score": "float64"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> month_changes(facts, "2026-10")[["change", "is_proven"]].values.tolist()
        [[50.0, True]]
    """
    every = year_changes(table, month, share)
    return every[every["month"] == month].drop(columns="month").reset_index(drop=True)


def year_changes(table: ibis.Table, month: str, share: float = FALSE_DISCOVERIES) -> pd.DataFrame:
    """Compare a month and each of the eleven before it with the one before, judged together.

    Args:
        table: the facts of one journey, month by month as they may be told.
        month: the last of the twelve months, "YYYY-MM".
        share: how many of the changes called proven may be chance, on average, 0-1.

    Returns:
        As ``month_changes``, with ``month``, the later of the two; the last month first.

    References:
        docs/metrics.md, "Change". Y. Benjamini, Y. Hochberg, JRSS B 57(1), 1995.

    Example:
        >>> types = {"stage": "string", "touchpoint": "string", "month": "string",
        ...          "respondent": "int64", "cluster": "int64", "metric": "string",
        ...          "state": "string", "is_overall": "boolean", "score": "float64"}
        >>> len(year_changes(ibis.memtable([], schema=types), "2026-10"))
        0
    """
    ends = [months_before(month, count) for count in range(YEAR)]
    found = changes_by_month(table, ends, share)
    every = pd.concat(
        [each.assign(month=end) for end, each in zip(ends, found, strict=True)], ignore_index=True
    )
    p_adjusted = adjusted(every["p"])
    return every.assign(p_adjusted=p_adjusted, is_proven=p_adjusted <= share)
