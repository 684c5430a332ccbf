"""Which answers may be told under a selection, so that no two selections can be subtracted.

A month in which fewer than five persons answered waits until others have joined it, and what two
selections differ by is then nobody, or five persons and more. Docs: "What is never shown".
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import ibis
import pandas as pd

from insights.cells import collect
from insights.filters import DIMENSIONS, Filters, select
from insights.months import YEAR, months_before
from insights.release.pooling import Crowd, Pools, gather, pool_apart, units_within
from insights.release.suppression import MINIMUM_PERSONS
from insights.release.waiting import listed, place_and_month, wait
from insights.weighting.mix import column_of
from vocabulary import State

Place = tuple[str, str, str]
"""A stage, a touchpoint and a metric; "" where there is none. A stage as a whole has no metric."""

Cell = tuple[str, ...]
"""The values of the properties that are filtered on."""

Cells = Mapping[str, Mapping[Cell, Crowd]]
"""Per month and cell who answered."""

_CELL = ["stage", "touchpoint", "metric"]


@dataclass(frozen=True)
class Release:
    """What may be told, whatever the period.

    Attributes:
        places: per place the months that may be told alone, or only together.
    """

    places: Mapping[Place, Pools]

    def withheld(self, first: str | None, last: str | None, *, by_month: bool) -> tuple[str, ...]:
        """Name the places and months that may not be told in a period.

        Args:
            first: the first month of the period, "YYYY-MM"; None for all there are.
            last: the last.
            by_month: whether each month is told for itself.

        Returns:
            A text per place and month, as ``withhold`` takes them, sorted.
        """
        held = set()
        for place, pools in self.places.items():
            kept = set(pools.pending)
            for block in pools.blocks:
                is_cut = (first or "") > min(block) or (last or "9") < max(block)
                if len(block) > 1 and (by_month or is_cut):
                    kept |= block
            held |= {_text(place, month) for month in kept}
        return tuple(sorted(held))


def release(table: ibis.Table, filters: Filters) -> Release:
    """Find out which months may be told under a selection.

    Args:
        table: the facts.
        filters: the selection; its period makes no difference.

    Returns:
        The months of each place. Under a filter a month waits, too, while those whom the filter
        leaves out are few, for whoever knows the whole could subtract. The last year is gathered
        for itself, so that the period a page shows first lacks hardly anything.

    Raises:
        ibis.common.exceptions.IbisTypeError: the table lacks a column that is filtered on.

    References:
        docs/metrics.md, "What is never shown". L. Willenborg, T. de Waal, "Elements of Statistical
        Disclosure Control", Springer 2001, on secondary suppression and linked tables.

    Example:
        >>> rows = [{"journey": "a", "stage": "buy", "touchpoint": None, "metric": "nps",
        ...          "month": f"2026-{1 + (k > 5):02}", "respondent": k, "state": "answered"}
        ...         for k in range(8)]
        >>> types = {"journey": "string", "stage": "string", "touchpoint": "string",
        ...     "metric": "string", "month": "string", "respondent": "int64", "state": "string"}
        >>> found = release(ibis.memtable(rows, schema=types), Filters("a"))
        >>> found.withheld(None, None, by_month=False)  # eight persons together
        ()
        >>> found.withheld("2026-01", "2026-01", by_month=False)
        ('buy||nps|2026-01', 'buy||nps|2026-02')
    """
    wanted = _wanted(filters)
    facts = table.filter(table.journey == filters.journey, table.state == State.ANSWERED.value)
    named = facts.select(
        stage=facts.stage.fill_null(""),
        touchpoint=facts.touchpoint.fill_null(""),
        metric=facts.metric,
        month=facts.month,
        respondent=facts.respondent,
        **{f"is_{at}": column_of(facts, name).fill_null("") for at, (name, _) in enumerate(wanted)},
    )
    cells = _cells(named, _CELL, len(wanted)) | _cells(named, ["stage"], len(wanted))
    target = tuple(value for _, value in wanted)
    newest = max((month for each in cells.values() for month in each), default="0001-12")
    year = months_before(newest, YEAR - 1)
    found: dict[tuple[Place, tuple[int, ...]], Pools] = {}
    for size in range(len(target) + 1):
        for chosen in combinations(range(len(target)), size):
            for place in sorted(cells, key=lambda each: bool(each[2])):  # whole stages first
                wider = [found[place, _without(chosen, at)] for at in chosen]
                if place[2]:
                    wider.append(found[(place[0], "", ""), chosen])
                found[place, chosen] = _pools(cells[place], chosen, target, wider, year)
    every = tuple(range(len(target)))
    places = {place: found[place, every] for place in cells if place[2]}
    return Release({place: pools for place, pools in places.items() if _is_partly_held(pools)})


def withhold(table: ibis.Table, withheld: Iterable[str]) -> ibis.Table:
    """Let answers wait: their facts stay, but say nothing.

    Args:
        table: the facts, selected.
        withheld: what ``Release.withheld`` gives.

    Returns:
        The same columns and rows; state "waiting" and neither value nor score where it is withheld.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> fact = {"stage": "buy", "touchpoint": None, "metric": "nps", "month": "2026-02",
        ...         "state": "answered", "value": 9.0, "score": 90.0}
        >>> types = dict.fromkeys("stage touchpoint metric month state".split(), "string")
        >>> facts = ibis.memtable([fact], schema=types | {"value": "float64", "score": "float64"})
        >>> withhold(facts, ["buy||nps|2026-02"]).state.to_pyarrow().to_pylist()
        ['waiting']
    """
    texts = list(withheld)
    if not texts:
        return table
    return wait(table, place_and_month(table).isin(listed(texts)))


def telling(
    table: ibis.Table, filters: Filters, *, by_month: bool = False, known: Release | None = None
) -> ibis.Table:
    """Select the facts that may be told.

    Args:
        table: the facts.
        filters: the selection.
        by_month: whether each month is told for itself, as in a trend.
        known: what ``release`` gave for these filters; found out here where left out.

    Returns:
        As ``filters.select``; what may not be told says nothing.

    References:
        ``release`` and ``withhold``.

    Example:
        >>> fact = {"journey": "a", "stage": "buy", "touchpoint": None, "metric": "nps",
        ...     "month": "2026-02", "respondent": 1, "state": "answered", "value": 9.0,
        ...     "score": 90.0}
        >>> types = dict.fromkeys("journey stage touchpoint metric month state".split(), "string")
        >>> types |= {"respondent": "int64", "value": "float64", "score": "float64"}
        >>> facts = ibis.memtable([fact], schema=types)
        >>> telling(facts, Filters("a")).state.to_pyarrow().to_pylist()
        ['waiting']
    """
    allowed = known or release(table, replace(filters, month_from=None, month_to=None))
    held = allowed.withheld(filters.month_from, filters.month_to, by_month=by_month)
    return withhold(select(table, filters), held)


def _text(place: Place, month: str) -> str:
    """A place and month as one text, which an engine compares at once."""
    return "|".join((*place, month))


def _wanted(filters: Filters) -> list[tuple[str, str]]:
    """The properties that are filtered on, each with its value."""
    given = [(name, getattr(filters, name)) for name in DIMENSIONS]
    return [(name, value) for name, value in [*given, *filters.attributes] if value is not None]


def _without(chosen: tuple[int, ...], at: int) -> tuple[int, ...]:
    """The same properties but one."""
    return tuple(each for each in chosen if each != at)


def _cells(
    named: ibis.Table, by: list[str], count: int
) -> dict[Place, dict[str, dict[Cell, Crowd]]]:
    """Count who answered, per place, month and values; name them where they are few."""
    properties = [f"is_{at}" for at in range(count)]
    keys = [*by, "month", *properties]
    each = named.group_by([*keys, "respondent"]).aggregate()
    counted = collect(each.group_by(keys).aggregate(n=each.count()))
    windowed = each.mutate(n=each.count().over(ibis.window(group_by=keys)))
    few = windowed.filter(windowed.n < MINIMUM_PERSONS).drop("n")
    who: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for *key, respondent in _rows(collect(few), [*keys, "respondent"]):
        who[tuple(key)].add(respondent)
    found: dict[Place, dict[str, dict[Cell, Crowd]]] = {}
    for *key, n in _rows(counted, [*keys, "n"]):
        place = (*key[: len(by)], "", "")[:3] if len(by) == 1 else tuple(key[: len(by)])
        crowd = Crowd(int(n), n >= MINIMUM_PERSONS, frozenset(who.get(tuple(key), ())))
        month, values = key[len(by)], tuple(key[len(by) + 1 :])
        found.setdefault(place, {}).setdefault(month, {})[values] = crowd
    return found


def _rows(frame: pd.DataFrame, names: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as plain tuples."""
    return zip(*(frame[name].tolist() for name in names), strict=True)


def _pools(
    cells: Cells, chosen: tuple[int, ...], target: Cell, wider: list[Pools], year: str
) -> Pools:
    """Gather the months of one place under some of the filters, the last year apart."""
    months = sorted(month for month in cells if _has_answers(cells[month], chosen, target))
    units = units_within(months, wider)
    parts = (
        [unit for unit in units if max(unit) < year],
        [unit for unit in units if min(unit) >= year],
        [unit for unit in units if min(unit) < year <= max(unit)],
    )
    found = pool_apart(parts, lambda some: _may_tell(cells, some, chosen, target))
    told = frozenset[str]().union(*found.blocks)
    return Pools(found.blocks, frozenset(months) - told)


def _has_answers(cells: Mapping[Cell, Crowd], chosen: tuple[int, ...], target: Cell) -> bool:
    """Whether anybody who passes the filters answered."""
    return any(all(cell[at] == target[at] for at in chosen) for cell in cells)


def _may_tell(cells: Cells, months: Iterable[str], chosen: tuple[int, ...], target: Cell) -> bool:
    """Whether some months may be told together, beside what is told without one of the filters."""
    here = [item for month in months for item in cells.get(month, {}).items()]
    passing = gather(crowd for cell, crowd in here if all(cell[at] == target[at] for at in chosen))
    if not passing.is_enough:
        return False
    for at in chosen:
        rest = _without(chosen, at)
        groups: defaultdict[str, list[Crowd]] = defaultdict(list)
        for cell, crowd in here:
            if all(cell[each] == target[each] for each in rest):
                groups[cell[at]].append(crowd)
        if not _is_protected(
            {value: gather(crowds) for value, crowds in groups.items()}, target[at]
        ):
            return False
    return True


def _is_protected(groups: Mapping[str, Crowd], value: str) -> bool:
    """Whether a group may be told although the whole is, and its other groups may be.

    Those left out must be safe together. And of those too few to be told, another must be hidden
    with them as long as they would follow from the whole: this one, if it is the next smallest.
    """
    others = [crowd for each, crowd in groups.items() if each != value]
    if not gather(others).is_safe:
        return False
    hidden = [crowd for crowd in groups.values() if not crowd.is_safe]
    if not hidden or (len(hidden) > 1 and gather(hidden).is_enough):
        return True
    shown = sorted((crowd.size, each) for each, crowd in groups.items() if crowd.is_enough)
    return shown[0][1] != value


def _is_partly_held(pools: Pools) -> bool:
    """Whether anything of a place is ever withheld."""
    return bool(pools.pending) or any(len(block) > 1 for block in pools.blocks)
