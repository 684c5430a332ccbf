"""What was said beside what was scored, by one person, of one thing."""

from collections.abc import Collection

import ibis

from insights.cells import collect  # noqa: F401 -- for the examples
from vocabulary import Metric, State


def explained(table: ibis.Table) -> ibis.Table:
    """Put each comment beside the ratings it explains.

    A comment that names touchpoints the person rated stands beside those ratings, each with what
    it says of that touchpoint; any other beside the score of what it is about as a whole.

    Args:
        table: the facts of one journey, filtered.

    Returns:
        As ``pairs``; a comment may have several rows.

    References:
        docs/metrics.md, "Sentiment".

    Example:
        >>> rows = [{"response": "r1", "stage": "buy", "touchpoint": touchpoint, "question": "why",
        ...          "state": "answered", "metric": metric, "value": value, "score": score,
        ...          "is_overall": metric == "nps"}
        ...         for touchpoint, metric, value, score in [
        ...             (None, "sentiment", -0.5, None), ("shop", "mention", -0.7, None),
        ...             ("shop", "rating", 1.0, 0.0), (None, "nps", 9.0, 90.0)]]
        >>> types = dict.fromkeys(rows[0], "string") | {"value": "float64", "score": "float64",
        ...     "is_overall": "boolean"}
        >>> found = explained(ibis.memtable(rows, schema=types))
        >>> collect(found)[["polarity", "score"]].values.tolist()
        [[-0.7, 0.0]]
    """
    named = pairs(table, {Metric.MENTION})
    whole = pairs(table).anti_join(named, ["response", "question"])
    return whole.union(named.select(whole.columns))


def pairs(
    table: ibis.Table, metrics: Collection[Metric] = frozenset({Metric.SENTIMENT})
) -> ibis.Table:
    """Put what a comment says beside the score that was given of the same thing.

    Args:
        table: the facts of one journey, filtered.
        metrics: what counts as said.

    Returns:
        The facts of the comments with ``polarity`` (-1 to 1) and ``score``: the rating of the
        comment's touchpoint by the same response, or, of a comment on a whole stage, its overall
        score. A comment without such a score has no row.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"response": "r1", "stage": "buy", "touchpoint": "shop", "state": "answered",
        ...          "metric": metric, "value": value, "score": score, "is_overall": False}
        ...         for metric, value, score in [("sentiment", -0.5, None), ("rating", 1.0, 0.0)]]
        >>> types = dict.fromkeys(rows[0], "string") | {"value": "float64", "score": "float64",
        ...     "is_overall": "boolean"}
        >>> collect(pairs(ibis.memtable(rows, schema=types)))[["polarity", "score"]].values.tolist()
        [[-0.5, 0.0]]
    """
    given = table.filter(table.state == State.ANSWERED.value)
    said = given.filter(given.metric.isin([str(metric) for metric in metrics]))
    said = said.mutate(
        polarity=said["value"].cast("float64"), place=ibis.coalesce(said.touchpoint, "")
    )
    said = said.drop("score").drop_null(["polarity", "stage"])
    is_rating = (given.metric == Metric.RATING.value) & given.touchpoint.notnull()
    scored = given.filter(is_rating | given.is_overall).drop_null(["score", "stage"])
    scored = scored.mutate(at=ibis.ifelse(scored.is_overall, "", scored.touchpoint))
    scores = scored.group_by(of="response", within="stage", at="at").aggregate(
        score=scored.score.cast("float64").mean()
    )
    same = [said.response == scores.of, said.stage == scores.within, said.place == scores.at]
    return said.join(scores, same).drop("of", "within", "at", "place")
