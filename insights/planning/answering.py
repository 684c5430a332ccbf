"""How people answer: what they skip, whether their ratings are all alike, early against late."""

import ibis
import pandas as pd

from insights.cells import collect, overall, rated
from insights.comparing.changes import Period, changes
from insights.intervals import wilson
from insights.release.suppression import MINIMUM_PERSONS, suppress
from vocabulary import Metric, State

ALIKE_FROM = 4
"""A person must have rated so many touchpoints before it means anything that all are alike."""

_PASSED = (State.SKIPPED.value, State.MET_UNRATED.value)
_ASKED = (State.ANSWERED.value, State.NOT_APPLICABLE.value, *_PASSED)
_FREE = (Metric.SENTIMENT.value, Metric.MENTION.value)


def skipped(table: ibis.Table) -> pd.DataFrame:
    """Count per stage how many of the items that were asked were passed over.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        One row per stage, by name: ``stage``, ``persons``, ``n`` (items that were asked; comments
        are free to leave and do not count), ``share`` (passed over, 0-1), ``low``, ``high`` (as if
        items were independent) and ``shown``; see ``release.suppression.suppress``.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How people answer".

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "metric": "rating",
        ...          "state": "answered" if k else "skipped"} for k in range(8)]
        >>> skipped(ibis.memtable(rows))[["stage", "n", "share"]].values.tolist()
        [['buy', 8, 0.125]]
    """
    asked = table.filter(table.state.isin(_ASKED), ~table.metric.isin(_FREE)).drop_null("stage")
    counts = asked.group_by("stage").aggregate(
        persons=asked.respondent.nunique(),
        n=asked.count(),
        hits=asked.state.isin(_PASSED).sum(),
    )
    return _shares(collect(counts))


def alike(table: ibis.Table) -> pd.DataFrame:
    """Count per stage how many of those who rated much gave every touchpoint the same.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        One row per stage, by name: ``stage``, ``persons``, ``n`` (responses that rated four
        touchpoints or more), ``share`` (of them, with all ratings alike; 0-1), ``low``, ``high``
        and ``shown``. Somebody who is content with everything rates all alike, too.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How people answer". J. A. Krosnick, Applied Cognitive Psychology 5(3),
        1991, on answering without differentiating.

    Example:
        >>> rows = [{"stage": "buy", "response": f"r{k}", "respondent": k, "touchpoint": str(at),
        ...          "metric": "rating", "state": "answered", "score": 75.0 if k else 25.0 * at}
        ...         for k in range(5) for at in range(4)]
        >>> alike(ibis.memtable(rows))[["stage", "n", "share"]].values.tolist()
        [['buy', 5, 0.8]]
    """
    ratings = rated(table).drop_null("stage")
    each = ratings.group_by(["stage", "response"]).aggregate(
        respondent=ratings.respondent.min(),
        rated=ratings.count(),
        is_alike=ratings.score.min() == ratings.score.max(),
    )
    much = each.filter(each.rated >= ALIKE_FROM)
    counts = much.group_by("stage").aggregate(
        persons=much.respondent.nunique(), n=much.count(), hits=much.is_alike.sum()
    )
    return _shares(collect(counts))


def early_and_late(table: ibis.Table) -> pd.DataFrame:
    """Compare per stage who answered early in a month with who answered late.

    Who answers late is, of all who answer, most like those who do not. Each survey's month is
    halved at its middle answer; only months that have five persons on either side count.

    Args:
        table: the facts of one journey, filtered to months in which people were invited.

    Returns:
        One row per stage with such months: ``stage``, ``persons_before``, ``persons_after``,
        ``n_before``, ``n_after``, ``score_before`` (early, points), ``score_after`` (late),
        ``change`` (late less early), ``low``, ``high``, ``p``, ``smallest``, ``p_adjusted``
        (over the stages), ``is_proven``, ``shown``, ``reason``: see ``comparing.changes.changes``.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How people answer". J. S. Armstrong, T. S. Overton, Journal of Marketing
        Research 14(3), 1977, on estimating nonresponse from late answers.

    Example:
        >>> from datetime import datetime
        >>> rows = [{"stage": "buy", "survey": "s", "month": "2026-10", "respondent": k,
        ...          "cluster": k, "touchpoint": None, "metric": "satisfaction",
        ...          "state": "answered", "is_overall": True,
        ...          "score": 50.0 + 25 * (k % 3 - k // 10),
        ...          "answered_at": datetime(2026, 10, 1 + k)} for k in range(20)]
        >>> types = {"stage": "string", "survey": "string", "month": "string",
        ...     "respondent": "int64", "cluster": "int64", "touchpoint": "string",
        ...     "metric": "string", "state": "string", "is_overall": "boolean",
        ...     "score": "float64", "answered_at": "timestamp"}
        >>> found = early_and_late(ibis.memtable(rows, schema=types))
        >>> found[["stage", "n_before", "n_after", "change"]].round(1).values.tolist()
        [['buy', 10, 10, -22.5]]
    """
    answers = overall(table).drop_null("stage")
    keys = ["stage", "survey", "month"]
    # By the place in the month, so that answers of one moment stay together.
    place = ibis.percent_rank().over(group_by=keys, order_by=answers.answered_at)
    halved = answers.mutate(half=(place < 0.5).ifelse("early", "late"))  # noqa: PLR2004 -- the middle
    sides = halved.group_by([*keys, "half"]).aggregate(persons=halved.respondent.nunique())
    enough = sides.filter(sides.persons >= MINIMUM_PERSONS)
    both = enough.group_by(keys).aggregate(n_sides=enough.count())
    kept = halved.semi_join(both.filter(both.n_sides > 1), keys)
    relabelled = kept.mutate(month=kept.half).drop("half")
    found = changes(relabelled, Period("early", "early"), Period("late", "late"))
    return found.drop(columns="touchpoint")


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Turn counts into shares with their intervals, and hide what is about too few."""
    counts = counts.sort_values("stage", ignore_index=True)
    counts["n"] = counts["n"].astype("int64")
    hits = counts.pop("hits").astype("float64")
    ends = [wilson(hit, n) for hit, n in zip(hits, counts["n"], strict=True)]
    counts = counts.assign(
        share=hits / counts["n"], low=[end.low for end in ends], high=[end.high for end in ends]
    ).astype({"share": "float64", "low": "float64", "high": "float64"})
    return suppress(counts, ["n", "share", "low", "high"])
