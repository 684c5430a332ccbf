"""The cells that the planner plans: every stage as a whole, and every touchpoint."""

import ibis
import pandas as pd

from insights.cells import beside, collect, overall, rated
from insights.pain.design import MINIMUM_LOW
from insights.pain.guards import MINIMUM_ANSWERS
from insights.pain.pain import TARGET
from insights.planning.planner import RATE_MONTHS, arrival, plan, spreads
from insights.release.suppression import MINIMUM_PERSONS

_KEYS = ["stage", "touchpoint"]


def plan_cells(told: ibis.Table, recent: ibis.Table, points: float, last: str) -> pd.DataFrame:
    """Plan every stage and touchpoint of a journey.

    Args:
        told: the facts of the last year that may be told.
        recent: all facts of the last three closed months; only how many they are is used.
        points: the difference that is to be told, points.
        last: the last closed month, "YYYY-MM".

    Returns:
        One row per stage (``touchpoint`` null) and touchpoint with answers, sorted: ``stage``,
        ``touchpoint``, and what ``planner.plan`` gives. ``monthly`` is null where fewer than five
        persons answered of late. For pain ``pain_still`` (what is missing: of a stage overall
        answers, of a touchpoint ratings below 75), ``pain_status`` and ``pain_month`` as above.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How many answers it takes" and "Pain".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": None, "month": "2026-10", "respondent": k,
        ...          "cluster": k, "metric": "satisfaction", "state": "answered",
        ...          "is_overall": True, "score": 25.0 * (k % 5)} for k in range(60)]
        >>> types = {"stage": "string", "touchpoint": "string", "month": "string",
        ...     "respondent": "int64", "cluster": "int64", "metric": "string", "state": "string",
        ...     "is_overall": "boolean", "score": "float64"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> found = plan_cells(facts, facts, 10, "2026-10")
        >>> found[["n", "monthly", "each", "still", "month"]].values.tolist()
        [[60, 20.0, 200, 340, '2028-03']]
    """
    answers = _answers(told)
    cells = spreads(answers, _KEYS)
    counted = answers.group_by(_KEYS).aggregate(
        persons=answers.respondent.nunique(), n_low=(answers.score < TARGET).sum()
    )
    late = _answers(recent)
    rates = late.group_by(_KEYS).aggregate(
        persons_recent=late.respondent.nunique(),
        n_recent=late.count(),
        low_recent=(late.score < TARGET).sum(),
    )
    for more in (counted, rates):
        cells = beside(cells, collect(more), _KEYS)
    names = ["n_low", "persons_recent", "n_recent", "low_recent"]
    cells[names] = cells[names].fillna(0).astype("int64")
    cells = cells.assign(monthly=cells["n_recent"] / RATE_MONTHS)
    cells = cells.sort_values(_KEYS, ignore_index=True, na_position="first")
    planned = _with_pain(plan(cells, points, last), last)
    is_rare = planned["persons_recent"] < MINIMUM_PERSONS
    planned["monthly"] = planned["monthly"].mask(is_rare)
    return planned.drop(columns=names)


def _answers(table: ibis.Table) -> ibis.Table:
    """Overall answers without a touchpoint, and ratings with theirs, one under the other."""
    columns = ["stage", "touchpoint", "month", "cluster", "respondent", "score"]
    whole = overall(table).mutate(touchpoint=ibis.null("string"))
    both = whole.select(columns).union(rated(table).select(columns))
    return both.drop_null("stage")


def _with_pain(planned: pd.DataFrame, last: str) -> pd.DataFrame:
    """Say what is missing before a stage or touchpoint can be priced."""
    is_stage = planned["touchpoint"].isna()
    have = planned["n"].fillna(0).where(is_stage, planned["n_low"]).astype("int64")
    wanted = is_stage.map({True: MINIMUM_ANSWERS, False: MINIMUM_LOW})
    rate = planned["n_recent"].where(is_stage, planned["low_recent"]) / RATE_MONTHS
    still = (wanted - have).clip(lower=0).astype("Int64").mask(~planned["shown"])
    told = [
        arrival(int(rest), monthly, last) if shown else None
        for rest, monthly, shown in zip(still.fillna(0), rate, planned["shown"], strict=True)
    ]
    statuses = [each.status.value if each else None for each in told]
    months = [each.month if each else None for each in told]
    return planned.assign(
        pain_still=still,
        pain_status=pd.Series(statuses, index=planned.index, dtype=object),
        pain_month=pd.Series(months, index=planned.index, dtype=object),
    )
