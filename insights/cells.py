"""The engine half of every score: sums per cell, from which a mean and its interval are exact."""

from collections.abc import Sequence

import ibis
import pandas as pd

from insights.clusters import clustered_mean
from vocabulary import Metric, State


def collect(expression: ibis.Table) -> pd.DataFrame:
    """Let the engine compute a table and fetch it as a frame.

    Args:
        expression: what to compute; few rows, please.

    Returns:
        One row per row; a null is NaN (numbers become float), a null text NaN.

    References:
        The way over Arrow keeps whole numbers whole.

    Example:
        >>> collect(ibis.memtable([{"n": 3}], schema={"n": "int64"}))["n"].tolist()
        [3]
    """
    frame: pd.DataFrame = expression.to_pyarrow().to_pandas()
    if frame.empty:  # pandas 3 cannot merge text columns that have no chunk of memory at all
        frame = frame.astype(dict.fromkeys(frame.select_dtypes("string").columns, "object"))
    return frame


def answered(table: ibis.Table) -> ibis.Table:
    """Keep the facts that are an answer with a score.

    Args:
        table: the facts.

    Returns:
        The same columns; state "answered", score not null and a 64-bit float.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"state": "answered", "score": 75}, {"state": "not_met", "score": None}]
        >>> facts = ibis.memtable(rows, schema={"state": "string", "score": "decimal(5, 2)"})
        >>> answered(facts).score.to_pyarrow().to_pylist()
        [75.0]
    """
    return _answers(table)


def overall(table: ibis.Table) -> ibis.Table:
    """Keep the answers to the stages' own overall questions.

    Args:
        table: the facts.

    Returns:
        As ``answered``; one row per response and stage.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"state": "answered", "score": 75.0, "is_overall": True}]
        >>> types = {"state": "string", "score": "float64", "is_overall": "boolean"}
        >>> len(collect(overall(ibis.memtable(rows, schema=types))))
        1
    """
    return _answers(table, table.is_overall)


def rated(table: ibis.Table) -> ibis.Table:
    """Keep the ratings of touchpoints.

    Args:
        table: the facts.

    Returns:
        As ``answered``; metric "rating" and a touchpoint.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"state": "answered", "score": 75.0, "metric": "rating", "touchpoint": "shop"}]
        >>> types = {"state": "string", "score": "float64", "metric": "string",
        ...          "touchpoint": "string"}
        >>> len(collect(rated(ibis.memtable(rows, schema=types))))
        1
    """
    has_touchpoint = table.touchpoint.notnull()  # noqa: PD004 -- Ibis, not pandas
    return _answers(table, table.metric == Metric.RATING.value, has_touchpoint)


def mean_cells(answers: ibis.Table, by: Sequence[str], column: str = "score") -> pd.DataFrame:
    """Average a column per cell, with an interval that knows who answered together.

    The engine groups twice: first by cell and cluster, then by cell and size of cluster. The few
    rows left hold all that the delete-one-cluster jackknife needs.

    Args:
        answers: facts that are answers; ``column`` is a 64-bit float, never null.
        by: the columns that name a cell; at least one. A null is a value like others.
        column: what to average.

    Returns:
        One row per cell, sorted: ``by``, ``persons`` (distinct respondents), ``n`` (answers),
        ``clusters``, ``mean``, ``error``, ``low``, ``high`` (units of the column; null where
        ``clusters.clustered_mean`` knows none). Nothing is suppressed here.

    Raises:
        ibis.common.exceptions.IbisTypeError: a column is missing.

    References:
        docs/metrics.md, "How sure a score is".

    Example:
        >>> rows = [{"stage": "buy", "respondent": k, "cluster": k, "score": 20.0 * k}
        ...         for k in range(5)]
        >>> types = {"stage": "string", "respondent": "int64", "cluster": "int64",
        ...          "score": "float64"}
        >>> cells = mean_cells(ibis.memtable(rows, schema=types), ["stage"])
        >>> cells[["stage", "persons", "n", "mean"]].values.tolist()
        [['buy', 5, 5, 40.0]]
    """
    sizes = collect(_sizes(answers, by, column))
    rows = [
        (*_key(key), *_numbers(group))
        for key, group in sizes.groupby(list(by), dropna=False, sort=True)
    ]
    names = [*by, "persons", "n", "clusters", "mean", "error", "low", "high"]
    cells = pd.DataFrame(rows, columns=names).astype({name: sizes[name].dtype for name in by})
    # A frame without rows must know, too, what its columns hold.
    cells = cells.astype(dict.fromkeys(names[-7:-4], "int64"))
    cells = cells.astype(dict.fromkeys(names[-4:], "float64"))
    if (sizes["own"] == sizes["clusters"]).all():
        return cells  # everybody is a cluster of their own, so clusters are persons
    persons = collect(_persons(answers, by))
    return beside(cells.drop(columns="persons"), persons, by)[names]


def _answers(table: ibis.Table, *conditions: ibis.Value) -> ibis.Table:
    """Filter once, for every further step costs milliseconds before the engine even begins."""
    has_score = table.score.notnull()  # noqa: PD004 -- Ibis, not pandas
    given = table.filter(*conditions, table.state == State.ANSWERED.value, has_score)
    if given.score.type().is_float64():
        return given
    return given.mutate(score=given.score.cast("float64"))


def beside(cells: pd.DataFrame, more: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Put more numbers beside those of the same cells.

    Args:
        cells: one row per cell.
        more: one row per cell, not necessarily all of them.
        by: the columns that name a cell, in both; a null is a value like others.

    Returns:
        ``cells`` with the other columns of ``more``, null where it has no such cell.

    References:
        An engine types a column of nothing but nulls as it likes; so keys are typed alike here.

    Example:
        >>> cells = pd.DataFrame({"stage": ["buy", "use"], "n": [1, 2]})
        >>> beside(cells, pd.DataFrame({"stage": ["use"], "met": [3]}), ["stage"])["met"].tolist()
        [nan, 3.0]
    """
    keys = list(by)
    return cells.merge(more.astype({key: cells[key].dtype for key in keys}), on=keys, how="left")


def _sizes(answers: ibis.Table, by: Sequence[str], column: str) -> ibis.Table:
    """Sum per cell and size of cluster; ``own`` counts the clusters that are one respondent."""
    clusters = answers.group_by([*by, "cluster"]).aggregate(
        size=answers.count(),
        total=answers[column].sum(),
        is_own=(answers.cluster == answers.respondent).all(),
    )
    return clusters.group_by([*by, "size"]).aggregate(
        clusters=clusters.count(),
        total=clusters.total.sum(),
        squares=(clusters.total * clusters.total).sum(),
        own=clusters.is_own.sum(),
    )


def _persons(answers: ibis.Table, by: Sequence[str]) -> ibis.Table:
    """Count distinct respondents per cell; grouping twice is quicker than counting distinct."""
    each = answers.group_by([*by, "respondent"]).aggregate()
    return each.group_by(list(by)).aggregate(persons=each.count())


def _key(key: object) -> tuple[object, ...]:
    """Bring the key of a group into one form."""
    return key if isinstance(key, tuple) else (key,)


def _numbers(group: pd.DataFrame) -> tuple[float, ...]:
    """Turn the sums of one cell into its numbers."""
    found = clustered_mean(
        group["size"], group["total"], clusters=group["clusters"], squares=group["squares"]
    )
    return (found.clusters, found.n, found.clusters, found.mean, found.error, *found.interval)
