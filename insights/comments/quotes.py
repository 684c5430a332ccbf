"""Which comments may be quoted in a summary: never of a few people, one per account or person."""

from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect
from insights.comments.comments import Order, comments
from insights.release.suppression import MINIMUM_PERSONS
from vocabulary import Metric

MOST_CANDIDATES = 40
"""So many comments are looked at for one place, the most telling first."""


class Place(NamedTuple):
    """What a quote is about, and whether to look for blame or praise."""

    stage: str
    touchpoint: str | None
    order: Order


def quotable(table: ibis.Table, place: Place) -> pd.DataFrame:
    """Find the comments about one place that may be quoted with the audience of who wrote them.

    Args:
        table: the facts of one journey and one month.
        place: the stage and, where there is one, the touchpoint the writers rated.

    Returns:
        One row per comment, the most telling first: ``response``, ``question`` (keys, by which the
        words are found), ``audience``, ``score`` (of the touchpoint, points), ``cluster`` (who or
        whose account wrote it). Only of audiences of which at least five persons wrote about the
        place; someone whose survey is anonymous counts as one person per response.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> texts = ["response", "question", "stage", "touchpoint", "metric", "state", "month",
        ...          "audience", "language"]
        >>> rows = [{"response": f"r{k}", "respondent": k, "cluster": k, "question": "why",
        ...          "stage": "buy", "metric": "sentiment", "state": "answered", "value": k / 10,
        ...          "answered_at": k, "audience": "customer"} for k in range(5)]
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "value": "float64", "score": "float64", "answered_at": "int64"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> quotable(facts, Place("buy", None, Order.WORST))["response"].tolist()
        ['r0', 'r1', 'r2', 'r3', 'r4']
    """
    found = []
    for audience in _audiences(table, place.stage):
        here = table.filter(table.audience == audience)
        kept = comments(here, *place[:2], order=place.order, limit=MOST_CANDIDATES)
        if len(kept):
            found.append(kept)
    if not found:
        return pd.DataFrame(columns=["response", "question", "audience", "score", "cluster"])
    is_rising = place.order is Order.WORST
    every = pd.concat(found).sort_values(
        ["score", "polarity", "response", "question"],
        ascending=[is_rising, is_rising, True, True],
        na_position="last",
    )
    who = collect(_writers(table, place.stage).select("response", "cluster").distinct())
    every = every.merge(who, on="response")
    return every[["response", "question", "audience", "score", "cluster"]].head(MOST_CANDIDATES)


def _writers(table: ibis.Table, stage: str) -> ibis.Table:
    """The comments of a stage."""
    return table.filter(table.stage == stage, table.metric == Metric.SENTIMENT.value)


def _audiences(table: ibis.Table, stage: str) -> list[str]:
    """The audiences of which enough persons wrote in the stage."""
    written = _writers(table, stage)
    counts = written.group_by("audience").aggregate(persons=written.respondent.nunique())
    enough = counts.filter(counts.persons >= MINIMUM_PERSONS).order_by("audience")
    return [str(audience) for audience in collect(enough)["audience"]]
