"""What a reader can filter on: the months, audiences and attributes that occur in the facts."""

from dataclasses import dataclass

import ibis

from insights.cells import collect
from insights.filters import DIMENSIONS
from insights.months import YEAR, months_before
from insights.release.suppression import MINIMUM_PERSONS

MOST_VALUES = 30
"""An attribute with more values than this is no filter but a name."""


@dataclass(frozen=True)
class Choices:
    """What can be chosen, each in order.

    Attributes:
        months: "YYYY-MM", every month that has answers.
        values: per dimension the values that enough persons share.
        attributes: per attribute its values that enough persons share.
    """

    months: tuple[str, ...]
    values: dict[str, tuple[str, ...]]
    attributes: dict[str, tuple[str, ...]]

    @property
    def usual_period(self) -> tuple[str | None, str | None]:
        """The first and last month of the last year that has answers: what a page shows first."""
        if not self.months:
            return None, None
        last = self.months[-1]
        return months_before(last, YEAR - 1), last


def choices(table: ibis.Table, journey: str) -> Choices:
    """List what the facts of a journey can be filtered on.

    Args:
        table: the facts.
        journey: the journey's key.

    Returns:
        The months that occur, and the values of audience, market, channel, language and of each
        attribute that at least five persons share; nothing else may be told about a few people.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"journey": "buy", "month": "2026-10", "respondent": k, "audience": "customer",
        ...          "market": "b2c", "channel": None, "language": "nl",
        ...          "attributes": {"region": "north"}} for k in range(5)]
        >>> types = {"journey": "string", "month": "string", "respondent": "int64",
        ...          "audience": "string", "market": "string", "channel": "string",
        ...          "language": "string", "attributes": "map<string, string>"}
        >>> found = choices(ibis.memtable(rows, schema=types), "buy")
        >>> found.months, found.attributes
        (('2026-10',), {'region': ('north',)})
    """
    facts = table.filter(table.journey == journey)
    months = collect(facts.select("month").distinct().order_by("month"))["month"]
    values = {name: _shared(facts, name) for name in DIMENSIONS}
    return Choices(tuple(months), values, _attributes(facts))


def _shared(facts: ibis.Table, name: str) -> tuple[str, ...]:
    """The values of a column that at least five persons share."""
    counts = facts.group_by(name).aggregate(persons=facts.respondent.nunique())
    kept = counts.filter(counts.persons >= MINIMUM_PERSONS).drop_null(name).order_by(name)
    return tuple(collect(kept)[name])


def _attributes(facts: ibis.Table) -> dict[str, tuple[str, ...]]:
    """The attributes and their values that at least five persons share."""
    people = facts.select("respondent", "attributes").filter(facts.attributes.length() > 0)
    pairs = people.select(
        people.respondent,
        name=people.attributes.keys().unnest(),
        value=people.attributes.values().unnest(),
    )
    counts = pairs.group_by("name", "value").aggregate(persons=pairs.respondent.nunique())
    kept = collect(counts.filter(counts.persons >= MINIMUM_PERSONS))
    grouped = kept.sort_values(["name", "value"]).groupby("name")["value"].apply(tuple)
    return {str(name): values for name, values in grouped.items() if len(values) <= MOST_VALUES}
