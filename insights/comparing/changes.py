"""Changes between two periods, of every stage and touchpoint, and which of them are proven."""

from collections.abc import Sequence
from typing import NamedTuple

import ibis
import pandas as pd

from insights.comparing.contrast import contrast, contrasts, places_of
from insights.comparing.differences import FALSE_DISCOVERIES
from insights.months import months_before

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
    answers = _answers(table.filter(is_before | is_after))
    return _named(contrast(answers.mutate(is_b=answers.month >= after.first), share))


def changes_by_month(
    table: ibis.Table, months: Sequence[str], share: float = FALSE_DISCOVERIES
) -> list[pd.DataFrame]:
    """Compare each of some months with the one before it; the engine is asked for all at once.

    Args:
        table: as for ``changes``.
        months: the later months, "YYYY-MM", each once.
        share: of each comparison, as for ``changes``.

    Returns:
        Per month what ``changes`` gives.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Change".

    Example:
        >>> types = {"stage": "string", "touchpoint": "string", "month": "string",
        ...          "respondent": "int64", "cluster": "int64", "metric": "string",
        ...          "state": "string", "is_overall": "boolean", "score": "float64"}
        >>> found = changes_by_month(ibis.memtable([], schema=types), ["2026-10", "2026-09"])
        >>> [len(each) for each in found]
        [0, 0]
    """
    followed = {months_before(month, 1): month for month in months}
    answers = _answers(table.filter(table.month.isin({*months, *followed})))
    sides = [
        answers.filter(answers.month.isin(list(ends))).mutate(
            end=answers.month.substitute(ends), is_b=is_b
        )
        for is_b, ends in ((False, followed), (True, dict(zip(months, months, strict=True))))
    ]
    found = contrasts(ibis.union(*sides), "end", months, share)
    return [_named(each) for each in found]


def _answers(table: ibis.Table) -> ibis.Table:
    """What is compared: who was asked and said nothing is not."""
    placed = places_of(table)
    return placed.filter(placed.is_answer)


def _named(found: pd.DataFrame) -> pd.DataFrame:
    """A contrast in the words of a change, without what has no answers in one of the periods."""
    found = found.rename(columns=_NAMES)
    kept = found[~found["reason"].isin(["not_asked_a", "not_asked_b"])]
    return kept[["stage", "touchpoint", *_NAMES.values(), *_KEPT]].reset_index(drop=True)
