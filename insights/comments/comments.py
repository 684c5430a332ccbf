"""Which comments to read first about a touchpoint or a stage."""

from enum import StrEnum

import ibis
import pandas as pd

from insights.cells import collect, overall, rated
from insights.comments.disagreements import clash, distance
from insights.release.suppression import MINIMUM_PERSONS
from vocabulary import Metric


class Order(StrEnum):
    """Which comments come first."""

    WORST = "worst"
    BEST = "best"
    NEWEST = "newest"
    CONTRADICTING = "contradicting"  # the rating and the words say opposite things


_COLUMNS = ["response", "question", "polarity", "score", "month", "audience", "language"]


def comments(
    table: ibis.Table,
    stage: str,
    touchpoint: str | None = None,
    *,
    order: Order = Order.WORST,
    limit: int = 20,
) -> pd.DataFrame:
    """Find the comments people gave in a stage, or those of people who rated a touchpoint.

    Args:
        table: the facts of one journey, filtered.
        stage: the key of the stage.
        touchpoint: the key of a touchpoint; its own comments and the stage's open comments of
            the people who rated it. None means all comments of the stage.
        order: by the rating of the touchpoint and then by what the words say, by time, or by how
            far the words are from that rating (of a stage: from its overall score).
        limit: how many at most.

    Returns:
        One row per comment: ``response`` and ``question`` (keys, by which the words are found),
        ``polarity`` (-1 to 1, null where unread), ``score`` (0-100, the touchpoint's rating, null
        for a stage), ``month``, ``audience``, ``language``. ``score`` and ``month`` are null
        where fewer than five persons wrote in that month. No rows at all when fewer than five
        persons wrote.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> rows = [{"response": f"r{k}", "respondent": k, "question": "why", "stage": "buy",
        ...          "touchpoint": None, "metric": "sentiment", "state": "answered",
        ...          "value": k / 10, "score": 50.0, "answered_at": k, "month": "2026-10",
        ...          "audience": "customer", "language": "nl"} for k in range(5)]
        >>> types = dict.fromkeys(rows[0], "string") | {"respondent": "int64", "value": "float64",
        ...     "score": "float64", "answered_at": "int64"}
        >>> comments(ibis.memtable(rows, schema=types), "buy", limit=2)["response"].tolist()
        ['r0', 'r1']
    """
    here = table.filter(table.stage == stage)
    written = here.filter(here.metric == Metric.SENTIMENT.value)
    if touchpoint is None:
        found = written.mutate(rating=ibis.null("float64"))
    else:
        ratings = rated(here).filter(lambda fact: fact.touchpoint == touchpoint)
        ratings = ratings.group_by("response").aggregate(rating=ratings.score.mean())
        about = written.filter(
            ibis.or_(written.touchpoint.isnull(), written.touchpoint == touchpoint)  # noqa: PD003 -- Ibis
        )
        found = about.join(ratings, "response")
    writers = collect(found.aggregate(persons=found.respondent.nunique()))["persons"].iloc[0]
    if writers < MINIMUM_PERSONS:
        return pd.DataFrame(columns=_COLUMNS)
    first = _in_order(found, here, order).limit(limit)
    by_month = found.group_by("month").aggregate(writers=found.respondent.nunique())
    known = by_month.filter(by_month.writers >= MINIMUM_PERSONS)
    names = {"polarity": "value", "score": "rating"}
    rows = collect(first.select(*[first[names.get(name, name)].name(name) for name in _COLUMNS]))
    is_lonely = ~rows["month"].isin(collect(known)["month"])
    rows.loc[is_lonely, ["month", "score"]] = None
    return rows


def _in_order(found: ibis.Table, here: ibis.Table, order: Order) -> ibis.Table:
    """The comments, those to read first at the top."""
    if order is Order.NEWEST:
        keys = [found.answered_at.desc()]
    elif order is Order.CONTRADICTING:
        wholes = overall(here)
        wholes = wholes.group_by(of="response").aggregate(whole=wholes.score.mean())
        found = found.left_join(wholes, found.response == wholes.of)
        beside = ibis.coalesce(found.rating, found.whole)
        values = [ibis.coalesce(clash(found["value"], beside), ibis.literal(value=False))]
        values.append(distance(found["value"], beside))
        keys = [value.desc(nulls_first=False) for value in values]
    elif order is Order.WORST:
        keys = [key.asc(nulls_first=False) for key in (found.rating, found["value"])]
    else:
        keys = [key.desc(nulls_first=False) for key in (found.rating, found["value"])]
    return found.order_by([*keys, found.response, found.question])
