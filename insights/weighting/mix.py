"""A known mix of people, as a value: what answers can be weighted to."""

from dataclasses import dataclass

import ibis

from insights.filters import DIMENSIONS


@dataclass(frozen=True)
class Margin:
    """The shares of one property among all people there are.

    Attributes:
        dimension: "audience", "market", "channel", "language", or the name of an attribute.
        shares: value and share, 0-1; together 1.
    """

    dimension: str
    shares: tuple[tuple[str, float], ...]


KnownMix = tuple[Margin, ...]
"""One margin per property; none means that every answer counts once."""


def column_of(table: ibis.Table, dimension: str) -> ibis.Value:
    """The column of the facts that holds a property.

    Args:
        table: the facts.
        dimension: as in ``Margin``.

    Returns:
        A text per fact; null where it is not known.

    References:
        facts/schema.py.

    Example:
        >>> facts = ibis.memtable([{"market": "b2b"}], schema={"market": "string"})
        >>> column_of(facts, "market").to_pyarrow().to_pylist()
        ['b2b']
    """
    if dimension in DIMENSIONS:
        return table[dimension]
    return table.attributes.get(dimension)
