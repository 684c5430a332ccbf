"""Which comments may be quoted in a summary: never of a few people, one per account or person."""

from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect, rated
from insights.comments.comments import Order
from insights.release.suppression import MINIMUM_PERSONS
from insights.sentiment.reading import NEGATIVE_BELOW, POSITIVE_ABOVE
from vocabulary import Metric, State

MOST_CANDIDATES = 40
"""So many comments are looked at for one place, the most telling first."""

_KEYS = ("response", "question")
"""By what the words of a comment are found."""


class Place(NamedTuple):
    """What a quote is about, and whether to look for blame or praise."""

    stage: str
    touchpoint: str | None
    order: Order


def quotable(table: ibis.Table, place: Place) -> pd.DataFrame:
    """Find the comments about one place that may be quoted with the audience of who wrote them.

    A comment is about a touchpoint where it names it, or where it answers the touchpoint's own
    question; that its writer rated the touchpoint is not enough. Only clear blame or clear praise
    is quoted as such.

    Args:
        table: the facts of one journey and one month.
        place: the stage and, where there is one, the touchpoint the comments are about.

    Returns:
        One row per comment, the most telling first: ``response``, ``question`` (keys, by which the
        words are found), ``audience``, ``score`` (the writer's rating of the touchpoint, points;
        null where there is none), ``cluster`` (who or whose account wrote it). Only of audiences
        of which at least five persons wrote about the place; someone whose survey is anonymous
        counts as one person per response.

    References:
        docs/metrics.md, "What is never shown" and "Sentiment".

    Example:
        >>> texts = ["response", "question", "stage", "touchpoint", "metric", "state", "month",
        ...          "audience", "language"]
        >>> rows = [{"response": f"r{k}", "respondent": k, "cluster": k, "question": "why",
        ...          "stage": "buy", "metric": "sentiment", "state": "answered",
        ...          "value": k / 4 - 0.75, "answered_at": k, "audience": "customer"}
        ...         for k in range(5)]
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "value": "float64", "score": "float64", "answered_at": "int64"}
        >>> facts = ibis.memtable(rows, schema=types)
        >>> quotable(facts, Place("buy", None, Order.WORST))["response"].tolist()
        ['r0', 'r1', 'r2']
    """
    found = _about(table, place)
    counts = found.group_by("audience").aggregate(persons=found.respondent.nunique())
    heard = found.semi_join(counts.filter(counts.persons >= MINIMUM_PERSONS), "audience")
    told = heard.group_by([*_KEYS, "audience", "cluster"]).aggregate(
        polarity=heard["value"].mean(), score=heard.rating.mean()
    )
    if place.order is Order.WORST:
        told = told.filter(told.polarity < NEGATIVE_BELOW)
        first = [told.score.asc(nulls_first=False), told.polarity.asc()]
    else:
        told = told.filter(told.polarity > POSITIVE_ABOVE)
        first = [told.score.desc(nulls_first=False), told.polarity.desc()]
    rows = told.order_by([*first, *_KEYS]).limit(MOST_CANDIDATES)
    return collect(rows.select(*_KEYS, "audience", "score", "cluster"))


def _about(table: ibis.Table, place: Place) -> ibis.Table:
    """What comments say of a place, each beside the writer's rating of the touchpoint."""
    here = table.filter(table.stage == place.stage, table.state == State.ANSWERED.value)
    is_comment = here.metric == Metric.SENTIMENT.value
    if place.touchpoint is None:
        return here.filter(is_comment).mutate(rating=ibis.null("float64"))
    here = here.filter(here.touchpoint == place.touchpoint)
    said = here.filter(here.metric.isin([Metric.SENTIMENT.value, Metric.MENTION.value]))
    ratings = rated(here)
    ratings = ratings.group_by(of="response").aggregate(rating=ratings.score.mean())
    return said.left_join(ratings, said.response == ratings.of)
