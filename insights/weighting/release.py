"""Which answers may be told when they are weighted: those of each group that may be told alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ibis

from insights.cells import collect
from insights.filters import DIMENSIONS, Filters, select
from insights.release.release import Release, withhold
from insights.release.waiting import listed, place_and_month, wait
from insights.weighting.mix import KnownMix, column_of


def telling_per_group(
    table: ibis.Table, filters: Filters, mix: KnownMix, release_of: Callable[[Filters], Release]
) -> ibis.Table:
    """Select the facts that may be told both of the whole and of each group of a mix.

    Whoever knows a score weighted and unweighted can work out what the groups gave, as if each had
    been filtered on. So only those months of a group count that may be told under that filter; of
    groups that the mix does not name likewise, for the smallest of them may hide a named one.

    Args:
        table: the facts.
        filters: the selection.
        mix: the known mix.
        release_of: gives what ``insights.release.release.release`` gives for a selection of any
            period; a page remembers it.

    Returns:
        As ``insights.release.release.telling``; what may not be told says nothing.

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
    facts = select(table, filters)
    held = []
    for margin in mix:
        if margin.dimension in DIMENSIONS and getattr(filters, margin.dimension) is not None:
            continue
        texts = [
            f"{value}|{text}"
            for value in _values(table, filters, margin.dimension)
            for text in _held(_narrowed(filters, margin.dimension, value), release_of)
        ]
        if texts:
            group = column_of(facts, margin.dimension).fill_null("")
            held.append(group.concat("|", place_and_month(facts)).isin(listed(texts)))
    told = wait(facts, ibis.or_(*held)) if held else facts
    return withhold(told, _held(filters, release_of))


def _values(table: ibis.Table, filters: Filters, dimension: str) -> list[str]:
    """All groups of a property, "" for not known: one the mix does not name hides others, too."""
    facts = select(table, replace(filters, month_from=None, month_to=None))
    named = facts.select(value=column_of(facts, dimension).fill_null(""))
    return sorted(collect(named.distinct())["value"])


def _held(filters: Filters, release_of: Callable[[Filters], Release]) -> tuple[str, ...]:
    """What may not be told under a selection."""
    ever = replace(filters, month_from=None, month_to=None)
    return release_of(ever).withheld(filters.month_from, filters.month_to, by_month=False)


def _narrowed(filters: Filters, dimension: str, value: str) -> Filters:
    """The selection of one group."""
    if dimension in DIMENSIONS:
        changed: dict[str, Any] = {dimension: value}
        return replace(filters, **changed)
    others = [pair for pair in filters.attributes if pair[0] != dimension]
    return replace(filters, attributes=tuple(sorted([*others, (dimension, value)])))
