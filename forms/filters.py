"""The filters of a page, as they stand in its address."""

from collections.abc import Mapping

from insights.choices import Choices
from insights.filters import DIMENSIONS, Filters
from insights.months import is_month

ATTRIBUTE = "attribute."
"""What an attribute's name begins with in the address: attribute.region=north."""


def read_filters(sent: Mapping[str, str], journey: str, choices: Choices) -> Filters:
    """Read the filters; what is unknown or malformed counts as not chosen.

    Args:
        sent: the address's parameters: from, to, audience, market, channel, language and
            attribute.<name>.
        journey: the journey's key.
        choices: what can be chosen; a period is the usual one unless given.
    """
    first, last = choices.usual_period
    start, end = _month(sent.get("from")) or first, _month(sent.get("to")) or last
    if start and end and start > end:
        start, end = end, start
    chosen = {
        name: sent[name] if sent.get(name) in choices.values[name] else None for name in DIMENSIONS
    }
    attributes = tuple(
        (name, sent[ATTRIBUTE + name])
        for name, values in sorted(choices.attributes.items())
        if sent.get(ATTRIBUTE + name) in values
    )
    return Filters(journey, start, end, attributes=attributes, **chosen)


def as_parameters(filters: Filters) -> dict[str, str]:
    """The filters as parameters of an address; the other way round of ``read_filters``."""
    chosen = {"from": filters.month_from, "to": filters.month_to}
    chosen |= {name: getattr(filters, name) for name in DIMENSIONS}
    chosen |= {ATTRIBUTE + name: value for name, value in filters.attributes}
    return {name: value for name, value in chosen.items() if value}


def _month(text: str | None) -> str | None:
    """A month, if it is one."""
    return text if text and is_month(text) else None
