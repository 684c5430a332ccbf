"""Any two selections that differ in one thing: a period, or a property of the respondents."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import ibis
import pandas as pd

from insights.cells import collect
from insights.comparing.contrast import CELL, contrast, places_of
from insights.comparing.differences import FALSE_DISCOVERIES
from insights.filters import DIMENSIONS, Filters
from insights.release.release import telling
from insights.release.suppression import protect
from insights.weighting.mix import column_of

PERIOD = "period"
"""What two selections differ by when each has months of its own."""

_NEEDED = ("stage", "touchpoint", "metric", "state", "score", "is_overall", "respondent", "cluster")


@dataclass(frozen=True)
class Comparison:
    """Two selections of one journey.

    Attributes:
        by: what they differ in: ``PERIOD``, a name of ``DIMENSIONS``, or one of an attribute.
        a: the one that is compared with.
        b: the other one; a difference is B minus A.
    """

    by: str
    a: Filters
    b: Filters

    @property
    def is_possible(self) -> bool:
        """Whether nobody's answer can be on both sides."""
        if self.by != PERIOD:
            return value_of(self.a, self.by) != value_of(self.b, self.by)
        a, b = ((side.month_from or "", side.month_to or "9") for side in (self.a, self.b))
        return a[0] <= a[1] and b[0] <= b[1] and (a[1] < b[0] or b[1] < a[0])


def value_of(filters: Filters, by: str) -> str | None:
    """The value that a selection has of a property.

    Args:
        filters: the selection.
        by: a name of ``DIMENSIONS``, or of an attribute.

    Returns:
        The value; None where it takes all.

    References:
        ``insights.filters.Filters``.

    Example:
        >>> value_of(Filters("buy", attributes=(("region", "north"),)), "region")
        'north'
    """
    if by in DIMENSIONS:
        value: str | None = getattr(filters, by)
        return value
    return dict(filters.attributes).get(by)


def with_value(filters: Filters, by: str, value: str | None) -> Filters:
    """The same selection with another value of one property.

    Args:
        filters: the selection.
        by: a name of ``DIMENSIONS``, or of an attribute.
        value: what it should be; None for all.

    Returns:
        The other selection.

    References:
        ``insights.filters.Filters``.

    Example:
        >>> with_value(Filters("buy"), "market", "b2b").market
        'b2b'
    """
    if by in DIMENSIONS:
        named: dict[str, Any] = {by: value}
        return replace(filters, **named)
    kept = [(name, one) for name, one in filters.attributes if name != by]
    added = [] if value is None else [(by, value)]
    return replace(filters, attributes=tuple(sorted(kept + added)))


def compare(
    table: ibis.Table,
    comparison: Comparison,
    *,
    places: Collection[tuple[str, str | None]] | None = None,
    narrow: Callable[[ibis.Table, Filters], ibis.Table] = telling,
    share: float = FALSE_DISCOVERIES,
) -> pd.DataFrame:
    """Compare two selections in every stage and touchpoint at once.

    Args:
        table: the facts.
        comparison: the two selections.
        places: the cells of the report, stage and touchpoint; none means all that were asked.
        narrow: how to select what may be told; an engine may remember what that is.
        share: how many of the differences called proven may be chance, on average, 0-1.

    Returns:
        As ``insights.comparing.contrast.contrast``. Where two groups and the total would give away
        a third one of few persons, the smaller of the two is not told, and so nothing of the cell
        is.

    Raises:
        ValueError: an answer could be on both sides.

    References:
        docs/metrics.md, "Comparing" and "What is never shown".

    Example:
        >>> texts = "response month journey survey stage touchpoint metric state market".split()
        >>> types = dict.fromkeys(texts, "string") | {"respondent": "int64", "cluster": "int64",
        ...     "value": "float64", "score": "float64", "is_overall": "boolean"}
        >>> chosen = Comparison("market", Filters("a", market="b2b"), Filters("a", market="b2c"))
        >>> len(compare(ibis.memtable([], schema=types), chosen))
        0
    """
    if not comparison.is_possible:
        raise ValueError("comparison: an answer could be on both sides")
    a, b = (
        narrow(table, side).select(*_NEEDED).mutate(is_b=ibis.literal(is_b))
        for side, is_b in ((comparison.a, False), (comparison.b, True))
    )
    hidden = None if comparison.by == PERIOD else _hidden(table, comparison, narrow)
    return contrast(places_of(a.union(b)), share, places=places, hidden=hidden)


def _hidden(
    table: ibis.Table, comparison: Comparison, narrow: Callable[[ibis.Table, Filters], ibis.Table]
) -> pd.DataFrame:
    """The cells in which one of two groups may not be shown beside the total and the others."""
    by = comparison.by
    everybody = narrow(table, with_value(comparison.a, by, None))
    placed = places_of(everybody.mutate(group=column_of(everybody, by)))
    answers = placed.filter(placed.is_answer)
    each = answers.group_by([*CELL, "group", "respondent"]).aggregate()
    persons = collect(each.group_by([*CELL, "group"]).aggregate(persons=each.count()))
    cells = protect(persons.sort_values([*CELL, "group"], ignore_index=True), [], CELL)
    sides = [value_of(side, by) for side in (comparison.a, comparison.b)]
    return cells[cells["group"].isin(sides) & ~cells["shown"]].drop_duplicates(CELL)
