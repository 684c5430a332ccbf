"""Whoever subtracts one selection from another: what every selection tells, and of how few."""

from dataclasses import replace
from itertools import product

import numpy as np

from insights.cells import collect
from insights.filters import DIMENSIONS, Filters
from insights.release.release import release

MINIMUM = 5


class Attacker:
    """Sees which answers each selection tells, and looks for pairs that differ by few persons."""

    def __init__(self, table, journey):
        self.table = table
        answers = table.filter(table.journey == journey, table.state == "answered")
        names = ["stage", "touchpoint", "metric", "month", "respondent", *DIMENSIONS, "attributes"]
        rows = collect(answers.select(*names))
        place = rows[["stage", "touchpoint", "metric"]].fillna("").agg("|".join, axis=1)
        self.rows = rows.assign(place=place).sort_values("place", ignore_index=True)
        self.rows["text"] = self.rows["place"] + "|" + self.rows["month"]
        self.respondents = self.rows["respondent"].to_numpy()
        changes = self.rows["place"].ne(self.rows["place"].shift())
        self.starts = np.flatnonzero(changes.to_numpy())
        self.ends = np.r_[self.starts[1:], len(self.rows)]

    def passes(self, filters):
        """The answers that pass the filters, whatever their month."""
        mask = np.ones(len(self.rows), dtype=bool)
        for name in DIMENSIONS:
            wanted = getattr(filters, name)
            if wanted is not None:
                mask &= (self.rows[name] == wanted).to_numpy()
        for name, wanted in filters.attributes:
            mask &= np.array([dict(each).get(name) == wanted for each in self.rows["attributes"]])
        return mask

    def told(self, filters, periods):
        """The answers that each period of a selection tells."""
        allowed, passing, found = release(self.table, filters), self.passes(filters), {}
        for first, last in periods:
            held = allowed.withheld(first, last, by_month=False)
            inside = self.rows["month"].between(first or "", last or "9").to_numpy()
            mask = passing & inside & ~self.rows["text"].isin(held).to_numpy()
            found[replace(filters, month_from=first, month_to=last)] = mask
        return found

    def few(self, wider, narrower):
        """How many persons make up the smallest difference in any place; five if none is small."""
        assert not (narrower & ~wider).any(), "the narrower selection tells more than the wider"
        left = wider & ~narrower
        sizes, smallest = np.add.reduceat(left, self.starts), MINIMUM
        for at in np.flatnonzero((sizes > 0) & (sizes < 40)):
            here = slice(self.starts[at], self.ends[at])
            smallest = min(smallest, np.unique(self.respondents[here][left[here]]).size)
        return smallest

    def leaks(self, wider, narrower):
        """The pairs of two selections' periods that differ by fewer than five persons."""
        return [
            (outer, inner)
            for (outer, every), (inner, part) in product(wider.items(), narrower.items())
            if is_within(inner, outer) and part.any() and self.few(every, part) < MINIMUM
        ]


def periods_of(months):
    """Everything, the last year, the year before, quarters, and each month."""
    quarters = [
        (months[at], months[min(at + 2, len(months) - 1)]) for at in range(0, len(months), 3)
    ]
    single = [(month, month) for month in months]
    years = [(None, None), (months[-12:][0], months[-1]), (months[0], months[-12:][0])]
    return list(dict.fromkeys([*years, *quarters, *single]))


def single_filters(table, journey):
    """Each way to filter on one property."""
    facts = table.filter(table.journey == journey)
    found = []
    for name in DIMENSIONS:
        values = sorted(set(collect(facts.select(name).distinct())[name].dropna()))
        found += [Filters(journey, **{name: value}) for value in values]
    attributes = facts.attributes
    pairs = facts.select(name=attributes.keys().unnest(), value=attributes.values().unnest())
    rows = collect(pairs.distinct()).sort_values(["name", "value"]).itertuples(index=False)
    return [*found, *(Filters(journey, attributes=((row.name, row.value),)) for row in rows)]


def both(one, other):
    """Two filters at once; None where they are about the same property."""
    if any(getattr(one, name) and getattr(other, name) for name in DIMENSIONS):
        return None
    if {name for name, _ in one.attributes} & {name for name, _ in other.attributes}:
        return None
    given = {name: getattr(one, name) or getattr(other, name) for name in DIMENSIONS}
    return Filters(one.journey, **given, attributes=(*one.attributes, *other.attributes))


def is_within(inner, outer):
    """Whether a period lies in another."""
    begins = (outer.month_from or "") <= (inner.month_from or "")
    return begins and (inner.month_to or "9") <= (outer.month_to or "9")
