"""Changes between two periods, of every stage and touchpoint, and which of them are proven."""

from typing import NamedTuple

import ibis
import pandas as pd

from insights.comparing.contrast import contrast, places_of
from insights.comparing.differences import FALSE_DISCOVERIES

_NAMES = {
    "persons_a": "persons_before",
    "persons_b": "persons_after",
    "n_a": "n_before",
    "n_b": "n_after",
    "score_a": "score_before",
    "score_b": "score_after",
    "difference": "change",
}
_KEPT = ["low", "high", "p", "smallest", "p_adjusted", "is_proven", "shown", "reason"]


class Period(NamedTuple):
    """From the first to the last month, both "YYYY-MM" and included."""

    first: str
    last: str


def changes(
    table: ibis.Table, before: Period, after: Period, share: float = FALSE_DISCOVERIES
) -> pd.DataFrame:
    """Compare two periods, for every stage and every touchpoint of a report at once.

    Args:
        table: the facts of one journey, filtered by anything but time.
        before: the earlier period.
        after: the later one; may not overlap the earlier.
        share: how many of the changes called proven may be chance, on average, 0-1.

    Returns:
        One row per stage (``touchpoint`` null) and touchpoint that has answers in both periods,
        sorted: ``stage``, ``touchpoint``, ``persons_before``, ``persons_after``, ``n_before``,
        ``n_after``, ``score_before``, ``score_after``, ``change``, ``low``, ``high`` (points),
        ``p``, ``smallest`` (points: a true change this large would have been found in 80% of
        cases, looked at alone), ``p_adjusted`` (over all rows), ``is_proven``, ``shown`` and
        ``reason`` ("too_few_persons", "asked_differently", "too_few_accounts", "no_variation" or
        null). All numbers are null when a period has fewer than five persons.

    Raises:
        ValueError: the periods overlap, or stand in the wrong order.
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Change".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": None, "month": f"2026-{9 + k % 2:02}",
        ...          "respondent": k, "cluster": k, "metric": "satisfaction", "state": "answered",
        ...          "is_overall": True, "score": 25.0 * (k % 5 > 1) + 50.0 * (k % 2)}
        ...         for k in range(40)]
        >>> types = {"stage": "string", "touchpoint": "string", "month": "string",
        ...          "respondent": "int64", "cluster": "int64", "metric": "string",
        ...          "state": "string", "is_overall": "boolean", "score": "float64"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> found = changes(facts, Period("2026-09", "2026-09"), Period("2026-10", "2026-10"))
        >>> found[["stage", "change", "is_proven"]].values.tolist()
        [['buy', 50.0, True]]
    """
    if not before.first <= before.last < after.first <= after.last:
        raise ValueError("periods: the earlier one must end before the later one begins")
    is_before = table.month.between(before.first, before.last)
    is_after = table.month.between(after.first, after.last)
    placed = places_of(table.filter(is_before | is_after))
    answers = placed.filter(placed.is_answer)  # who was asked and said nothing is not compared
    sides = answers.mutate(is_b=answers.month >= after.first)
    found = contrast(sides, share).rename(columns=_NAMES)
    kept = found[~found["reason"].isin(["not_asked_a", "not_asked_b"])]
    return kept[["stage", "touchpoint", *_NAMES.values(), *_KEPT]].reset_index(drop=True)
