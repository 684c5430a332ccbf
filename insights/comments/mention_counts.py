"""The touchpoints named in comments, counted: how often, and what is said of them."""

from collections.abc import Sequence

import ibis
import pandas as pd

from insights.cells import beside, collect, mean_cells
from insights.release.suppression import suppress
from vocabulary import Metric, State

CLEAR = 0.2
"""A polarity above this is praise, and one below its negative blame."""

_BY = ("stage", "touchpoint")
_SAID = ("mean", "low", "high", "positive", "negative")


def mention_counts(table: ibis.Table) -> pd.DataFrame:
    """Count the touchpoints named in comments, with what is said of them.

    Args:
        table: the facts of one journey, filtered; each mention is a fact whose value is the
            polarity, null where nobody read the language.

    Returns:
        One row per stage and touchpoint, sorted: ``stage``, ``touchpoint``, ``persons``, ``n``
        (mentions), ``mean`` (polarity, -1 to 1), ``low``, ``high``, ``positive``, ``negative``
        (shares of the mentions that were read, 0-1), ``shown``, ``asked`` (whether the survey
        asked about it at all: it has facts of another metric). All numbers are null for fewer
        than five persons, and what is said also where fewer than five persons were read.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "Sentiment".

    Example:
        >>> rows = [{"stage": "buy", "touchpoint": "app", "respondent": k, "cluster": k,
        ...          "value": polarity, "metric": "mention", "state": "answered"}
        ...         for k, polarity in enumerate([0.5, 0.5, 0.5, 0.0, -1.0])]
        >>> types = {"stage": "string", "touchpoint": "string", "respondent": "int64",
        ...          "cluster": "int64", "value": "float64", "metric": "string",
        ...          "state": "string"}
        >>> found = mention_counts(ibis.memtable(rows, schema=types))
        >>> found[["touchpoint", "n", "mean", "positive", "negative", "asked"]].values.tolist()
        [['app', 5, 0.1, 0.6, 0.2, False]]
    """
    is_mention = table.metric == Metric.MENTION.value
    named = table.filter(is_mention, table.state.isin([State.ANSWERED.value, State.WAITING.value]))
    counts = collect(_counted(named)).sort_values([*_BY], ignore_index=True)
    counts = suppress(counts, ("n",))
    if counts.empty:
        return counts.assign(**dict.fromkeys(_SAID, counts["n"]), asked=counts["shown"])[_names()]
    read = named.drop_null("value").mutate(value=lambda fact: fact["value"].cast("float64"))
    said = beside(_means(read), collect(_shares(read)), _BY)
    said = suppress(said, _SAID).drop(columns=["persons", "shown"])
    asked = collect(table.filter(~is_mention).select(*_BY).distinct()).assign(asked=True)
    found = beside(beside(counts, said, _BY), asked, _BY)
    found.loc[~found["shown"], [*_SAID]] = None
    return found.assign(asked=found["asked"].eq(True))[_names()]


def _counted(named: ibis.Table) -> ibis.Table:
    """Persons and mentions per touchpoint; nobody where all that is said of it still waits."""
    is_told = named["state"] == State.ANSWERED.value
    return named.group_by([*_BY]).aggregate(
        persons=named["respondent"].nunique(where=is_told), n=is_told.sum()
    )


def _means(read: ibis.Table) -> pd.DataFrame:
    """The mean polarity per touchpoint, with an interval within -1 to 1."""
    cells = mean_cells(read, _BY, "value").drop(columns=["clusters", "error", "n"])
    return cells.assign(low=cells["low"].clip(-1, 1), high=cells["high"].clip(-1, 1))


def _shares(read: ibis.Table, by: Sequence[str] = _BY) -> ibis.Table:
    """How many of the mentions praise and how many blame."""
    polarity = read["value"]
    return read.group_by(list(by)).aggregate(
        positive=(polarity > CLEAR).cast("float64").mean(),
        negative=(polarity < -CLEAR).cast("float64").mean(),
    )


def _names() -> list[str]:
    """The columns, in order."""
    return [*_BY, "persons", "n", *_SAID, "shown", "asked"]
