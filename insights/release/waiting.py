"""Facts that wait: they stay where they are, but say nothing."""

from collections.abc import Sequence

import ibis

from vocabulary import State

_BETWEEN = "\n"
"""Stands in no key."""


def place_and_month(table: ibis.Table) -> ibis.Value:
    """Name of each fact the place and month it is of, as ``Release.withheld`` does.

    Args:
        table: the facts.

    Returns:
        A text per row.

    References:
        ``insights.release.release.Release.withheld``.

    Example:
        >>> fact = {"stage": "buy", "touchpoint": "shop", "metric": "rating", "month": "2026-02"}
        >>> place_and_month(ibis.memtable([fact])).to_pyarrow().to_pylist()
        ['buy|shop|rating|2026-02']
    """
    parts = ("|", table.touchpoint.fill_null(""), "|", table.metric, "|", table.month)
    return table.stage.fill_null("").concat(*parts)


def listed(texts: Sequence[str]) -> ibis.Column:
    """Make many texts the column of a table, for ``isin``.

    They are one literal, which the engine splits: Ibis looks at hundreds of literals longer than
    the engine looks at the facts.

    Args:
        texts: without line breaks; at least one.

    Returns:
        A column of texts.

    References:
        ``insights.release.release.withhold``.

    Example:
        >>> facts = ibis.memtable([{"stage": "buy"}, {"stage": "use"}])
        >>> facts.filter(facts.stage.isin(listed(["use", "pay"]))).stage.to_pyarrow().to_pylist()
        ['use']
    """
    split = ibis.literal(_BETWEEN.join(texts)).split(_BETWEEN)
    return split.unnest().name("held").as_table().held


def wait(table: ibis.Table, is_held: ibis.Value) -> ibis.Table:
    """Let some facts say nothing.

    Args:
        table: the facts.
        is_held: which.

    Returns:
        The same columns and rows; state "waiting" and neither value nor score where it is held.

    References:
        ``insights.release.release.withhold``.

    Example:
        >>> facts = ibis.memtable([{"state": "answered", "value": 9.0, "score": 90.0}])
        >>> wait(facts, facts.value == 9).state.to_pyarrow().to_pylist()
        ['waiting']
    """
    return table.mutate(
        state=is_held.ifelse(State.WAITING.value, table.state),
        value=is_held.ifelse(ibis.null("float64"), table.value),
        score=is_held.ifelse(ibis.null("float64"), table.score),
    )
