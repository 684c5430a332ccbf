"""The engine half of pain: one row per response, one column per touchpoint."""

from typing import NamedTuple

import ibis
import numpy as np
import pandas as pd

from insights.cells import answered, collect, overall
from insights.weighting.groups import Fitted, fit_mix, group_name, grouped
from insights.weighting.mix import KnownMix
from vocabulary import Metric, State

MANY = 1_000_000
"""More ratings than this are brought month by month: it takes less memory, and less time."""


class PainRows(NamedTuple):
    """What ``insights.pain.pain.pain`` takes.

    Attributes:
        frame: one row per response with an overall answer, in an order of its own: ``y`` (points),
            ``cluster``, ``respondent``, ``month`` where the facts have it, a column of groups per
            property of the mix, and a column of scores per touchpoint (null where it was not
            rated).
        touchpoints: those columns, sorted.
        unrated: per touchpoint how many of the responses met it without rating it.
        unknown: true where a rating may not be told yet; None where all may.
        fitted: what the answers can be weighted to.
        until: the last month in which anything of the selection was answered, where that is known.
    """

    frame: pd.DataFrame
    touchpoints: list[str]
    unrated: dict[str, int]
    unknown: np.ndarray | None = None
    fitted: Fitted = Fitted(())
    until: str | None = None


def pain_rows(
    table: ibis.Table, stage: str, mix: KnownMix = (), *, by: str | None = None
) -> PainRows:
    """Bring the answers of a stage into one row per response.

    Args:
        table: the facts of one journey, filtered.
        stage: the key of the stage.
        mix: known shares of the people there are, to weight to.
        by: a column of the facts that is brought along as ``part``, such as "audience".

    Returns:
        The rows. A touchpoint nobody rated has no column. Should a response hold two answers to
        the same question, their mean counts.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> import pyarrow as pa
        >>> facts = pa.table({"response": ["r1", "r1", "r2"], "respondent": [1, 1, 2],
        ...     "cluster": [1, 1, 2], "stage": ["buy"] * 3, "touchpoint": [None, "shop", None],
        ...     "metric": ["satisfaction", "rating", "satisfaction"], "state": ["answered"] * 3,
        ...     "score": [50.0, 75.0, 100.0], "is_overall": [True, False, True]})
        >>> rows = pain_rows(ibis.memtable(facts), "buy")
        >>> rows.frame.values.tolist(), rows.touchpoints
        ([[50.0, 1.0, 1.0, 75.0], [100.0, 2.0, 2.0, nan]], ['shop'])
    """
    here = table.filter(table.stage == stage)
    ratings = _ratings(here)
    given = answered(ratings)
    counts = collect(given.group_by("touchpoint").aggregate(n=given.count()))
    names = sorted(counts["touchpoint"])
    parts = _months(here) if counts["n"].sum() > MANY else [here]
    collected = [collect(_wide(part, names, mix, by).order_by("response")) for part in parts]
    rows = pd.concat(collected, ignore_index=True)
    rows = rows.rename(columns={_place(place): name for place, name in enumerate(names)})
    other = (State.MET_UNRATED.value, State.WAITING.value)
    unscored = ratings.filter(ratings.state.isin(other)).select("response", "touchpoint", "state")
    others = collect(unscored)
    others = others[others["response"].isin(rows["response"])]
    is_waiting = others["state"] == State.WAITING.value
    met = others.loc[~is_waiting, "touchpoint"].value_counts().sort_index()
    unknown = _unknown(others[is_waiting], rows["response"], names)
    fitted, rows = _fitted(rows.drop(columns="response"), mix)
    unrated = {str(name): int(count) for name, count in met.items()}
    return PainRows(rows, names, unrated, unknown, fitted, _until(table))


def _ratings(here: ibis.Table) -> ibis.Table:
    """The questions of a stage that ask to rate a touchpoint, whatever became of them."""
    return here.filter(here.metric == Metric.RATING.value).drop_null("touchpoint")


def _months(here: ibis.Table) -> list[ibis.Table]:
    """The facts month by month; all of one response are of one month."""
    months = collect(here.select("month").distinct().order_by("month"))["month"]
    return [here.filter(here.month == month) for month in months]


def _until(table: ibis.Table) -> str | None:
    """The last month with any answer, of whatever stage."""
    if "month" not in table.columns:
        return None
    last = table.month.max().to_pyarrow().as_py()
    return None if last is None else str(last)


def _whole(here: ibis.Table, mix: KnownMix, by: str | None) -> ibis.Table:
    """One row per response: its overall score, and who gave it."""
    whole = grouped(overall(here), mix) if mix else overall(here)
    own = {name: whole[name].min() for name in ("cluster", "respondent")}
    if "month" in whole.columns:
        own["month"] = whole.month.min()
    if by:
        own["part"] = whole[by].min()
    groups = {group_name(at): whole[group_name(at)].min() for at in range(len(mix))}
    return whole.group_by("response").aggregate(y=whole.score.mean(), **own, **groups)


def _wide(here: ibis.Table, names: list[str], mix: KnownMix, by: str | None) -> ibis.Table:
    """One row per response: the overall score, and beside it a column of ratings per touchpoint."""
    whole, given = _whole(here, mix, by), answered(_ratings(here))
    if not names:
        return whole
    columns = [given.score.mean(where=given.touchpoint == name) for name in names]
    wide = given.group_by("response").aggregate(
        **{_place(place): column for place, column in enumerate(columns)}
    )
    return whole.left_join(wide, "response").drop("response_right")


def _unknown(
    waiting: pd.DataFrame, responses: "pd.Series[str]", names: list[str]
) -> np.ndarray | None:
    """Where a rating waits until it may be told together with others."""
    known = waiting[waiting["touchpoint"].isin(names)]
    if known.empty:
        return None
    unknown = np.zeros((len(responses), len(names)), dtype=bool)
    rows = pd.Index(responses).get_indexer(pd.Index(known["response"]))
    unknown[rows, pd.Index(names).get_indexer(pd.Index(known["touchpoint"]))] = True
    return unknown


def _fitted(rows: pd.DataFrame, mix: KnownMix) -> tuple[Fitted, pd.DataFrame]:
    """Hold the mix against those who answered, and keep the groups of what can be weighted to."""
    columns = [group_name(at) for at in range(len(mix))]
    counts = []
    for column in columns:
        there = rows.groupby(column)["respondent"].agg(["size", "nunique"])
        counts.append({str(group): (int(n), int(own)) for group, n, own in there.itertuples()})
    fitted = fit_mix(mix, counts)
    kept = () if fitted.reason else fitted.mix
    groups = [
        rows[columns[[margin.dimension for margin in mix].index(one.dimension)]] for one in kept
    ]
    rest = rows.drop(columns=columns)
    named = {group_name(at): of for at, of in enumerate(groups)}
    return fitted._replace(mix=kept), rest.assign(**named)


def _place(place: int) -> str:
    """Name a column while the engine works, so that no touchpoint's key can be in the way."""
    return f"touchpoint_{place}"
