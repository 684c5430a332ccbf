"""What comments say, counted: mean sentiment and the shares positive, neutral and negative."""

from collections.abc import Sequence

import ibis
import pandas as pd

from insights.cells import answered, beside, collect, mean_cells
from insights.release.suppression import FEW_ANSWERS, suppress
from insights.sentiment.reading import NEGATIVE_BELOW, POSITIVE_ABOVE
from vocabulary import Metric

_SHARES = ("positive", "neutral", "negative")


def sentiment_scores(
    table: ibis.Table, by: Sequence[str] = ("stage", "touchpoint")
) -> pd.DataFrame:
    """Summarise the sentiment of the comments, per cell.

    Args:
        table: the facts of one journey, filtered; only scored comments count.
        by: the columns that name a cell; at least one. A comment on a stage as a whole has no
            touchpoint (null).

    Returns:
        One row per cell, sorted: ``by``, ``persons``, ``n`` (comments), ``mean`` (polarity, -1 to
        1), ``low``, ``high``, ``positive``, ``neutral``, ``negative`` (shares, 0-1, that sum to
        1; neutral with mixed), ``shown``, ``few``. Comments nobody could read do not count. All
        null for fewer than five persons.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Sentiment"; the cut-offs are ``insights.sentiment.reading``'s.

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "value": polarity,
        ...          "score": 50.0, "metric": "sentiment", "state": "answered"}
        ...         for k, polarity in enumerate([0.8, 0.4, 0.0, -0.4, -0.8])]
        >>> types = {"stage": "string", "respondent": "int64", "cluster": "int64",
        ...          "value": "float64", "score": "float64", "metric": "string",
        ...          "state": "string"}
        >>> found = sentiment_scores(ibis.memtable(rows, schema=types), ["stage"])
        >>> found[["n", "mean", "positive", "neutral", "negative"]].values.tolist()
        [[5, 0.0, 0.4, 0.2, 0.4]]
    """
    comments = answered(table.filter(table.metric == Metric.SENTIMENT.value)).drop_null("value")
    comments = comments.mutate(value=comments["value"].cast("float64"))
    cells = mean_cells(comments, by, "value").drop(columns=["clusters", "error"])
    if cells.empty:
        cells = cells.assign(**dict.fromkeys(_SHARES, cells["mean"]))
    else:
        cells = beside(cells, _shares(comments, by), by)
    cells = cells.assign(low=cells["low"].clip(-1, 1), high=cells["high"].clip(-1, 1))
    cells = suppress(cells, ("n", "mean", "low", "high", *_SHARES))
    return cells.assign(few=(cells["n"] < FEW_ANSWERS).fillna(False).astype(bool))


def _shares(comments: ibis.Table, by: Sequence[str]) -> pd.DataFrame:
    """Split the comments of a cell in three."""
    polarity = comments["value"]
    is_positive = polarity > POSITIVE_ABOVE
    is_negative = polarity < NEGATIVE_BELOW
    return collect(
        comments.group_by(list(by)).aggregate(
            positive=is_positive.cast("float64").mean(),
            neutral=(~is_positive & ~is_negative).cast("float64").mean(),
            negative=is_negative.cast("float64").mean(),
        )
    )
