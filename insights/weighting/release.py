"""Which answers may be told when they are weighted: those of each group that may be told alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis

from insights.filters import DIMENSIONS, Filters, select
from insights.release.release import Release, withhold
from insights.weighting.mix import KnownMix, column_of


def telling_per_group(
    table: ibis.Table, filters: Filters, mix: KnownMix, release_of: Callable[[Filters], Release]
) -> ibis.Table:
    """Select the facts that may be told both of the whole and of each group of a mix.

    Whoever knows a score weighted and unweighted can work out what the groups gave, as if each had
    been filtered on. So only those months of a group count that may be told under that filter.

    Args:
        table: the facts.
        filters: the selection.
        mix: the known mix.
        release_of: gives what ``release.release`` gives for a selection of any period; a page
            remembers it.

    Returns:
        As ``release.telling``; what may not be told says nothing.

    Raises:
        ibis.common.exceptions.IbisTypeError: the table lacks a column.

    References:
        docs/metrics.md, "What is never shown" and "Weighting to a known mix".

    Example:
        >>> from insights.weighting.mix import Margin
        >>> from insights.release.release import release
        >>> rows = [{"journey": "a", "stage": "buy", "touchpoint": None, "metric": "nps",
        ...          "month": "2026-02" if k < 7 else "2026-01", "respondent": k, "value": 9.0,
        ...          "state": "answered", "score": 90.0,
        ...          "audience": "customer" if k % 7 else "prospect"} for k in range(70)]
        >>> facts = ibis.memtable(rows, schema=dict.fromkeys(rows[0], "string") | {
        ...     "respondent": "int64", "value": "float64", "score": "float64"})
        >>> mix = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)
        >>> for last in ("2026-01", "2026-02"):  # one prospect answered in February
        ...     period = Filters("a", "2026-01", last)
        ...     told = telling_per_group(facts, period, mix, lambda of: release(facts, of))
        ...     print(told.filter(told.state == "answered").count().to_pyarrow().as_py())
        0
        70
    """
    told = _withheld(select(table, filters), filters, release_of)
    for margin in mix:
        if margin.dimension in DIMENSIONS and getattr(filters, margin.dimension) is not None:
            continue
        for value, _ in margin.shares:
            narrower = _narrowed(filters, margin.dimension, value)
            column = column_of(told, margin.dimension).fill_null("")
            group = told.filter(column == value)
            kept = _withheld(group, narrower, release_of)
            if kept is not group:
                told = kept.union(told.filter(column != value))
    return told


def _withheld(
    selected: ibis.Table, filters: Filters, release_of: Callable[[Filters], Release]
) -> ibis.Table:
    """Let those answers wait that may not be told under a selection."""
    ever = replace(filters, month_from=None, month_to=None)
    held = release_of(ever).withheld(filters.month_from, filters.month_to, by_month=False)
    return withhold(selected, held)


def _narrowed(filters: Filters, dimension: str, value: str) -> Filters:
    """The selection of one group."""
    if dimension in DIMENSIONS:
        changed: dict[str, Any] = {dimension: value}
        return replace(filters, **changed)
    others = [pair for pair in filters.attributes if pair[0] != dimension]
    return replace(filters, attributes=tuple(sorted([*others, (dimension, value)])))
