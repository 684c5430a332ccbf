"""Which facts a page is about: the filters of its URL, as a value that can be a cache key."""

from dataclasses import dataclass

import ibis

DIMENSIONS = ("audience", "market", "channel", "language")
"""The properties of a respondent that answers are filtered on and scores are split by."""


@dataclass(frozen=True)
class Filters:
    """What the reader chose to look at; ``None`` means everything.

    Attributes:
        journey: the key of the journey; always given.
        month_from: the first month that counts, "YYYY-MM".
        month_to: the last month that counts, "YYYY-MM".
        audience: a value of ``vocabulary.Audience``.
        market: a value of ``vocabulary.Market``.
        channel: a value of ``vocabulary.Channel``.
        language: "nl" or "en".
        attributes: pairs of name and value that a respondent must all have.
    """

    journey: str
    month_from: str | None = None
    month_to: str | None = None
    audience: str | None = None
    market: str | None = None
    channel: str | None = None
    language: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def of_everybody(self) -> "Filters":
        """The same period, by no property of people."""
        return Filters(self.journey, self.month_from, self.month_to)


def select(table: ibis.Table, filters: Filters) -> ibis.Table:
    """Keep the facts that pass every filter; nothing is computed yet.

    Args:
        table: the facts.
        filters: what to keep. Months count from the first to the last, both included.

    Returns:
        The facts that are left, with the same columns. A fact without the value that is
        filtered on (null channel, missing attribute) does not pass.

    Raises:
        ibis.common.exceptions.IbisTypeError: the table lacks a column that is filtered on.

    References:
        docs/metrics.md, "What counts".

    Example:
        >>> rows = [{"journey": "buy", "month": "2025-12"}, {"journey": "buy", "month": "2026-10"}]
        >>> facts = ibis.memtable(rows, schema={"journey": "string", "month": "string"})
        >>> select(facts, Filters("buy", month_from="2026-01")).month.to_pyarrow().to_pylist()
        ['2026-10']
    """
    kept = table.filter(table.journey == filters.journey)
    if filters.month_from is not None:
        kept = kept.filter(kept.month >= filters.month_from)
    if filters.month_to is not None:
        kept = kept.filter(kept.month <= filters.month_to)
    for name in DIMENSIONS:
        wanted = getattr(filters, name)
        if wanted is not None:
            kept = kept.filter(kept[name] == wanted)
    for name, wanted in filters.attributes:
        kept = kept.filter(kept.attributes.get(name) == wanted)
    return kept
