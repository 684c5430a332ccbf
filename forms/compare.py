"""What to compare, as it stands in the address of the page."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.filters import ATTRIBUTE, as_parameters
from insights.choices import Choices
from insights.filters import DIMENSIONS, Filters
from insights.months import YEAR, is_month, months_before

if TYPE_CHECKING:
    from insights.comparing.compare import Comparison

QUARTER = 3
"""So many months are compared with as many others, unless asked otherwise."""


def ways(choices: Choices) -> dict[str, tuple[str, ...]]:
    """What can be compared, as the address names it, each with its values; months for periods.

    Args:
        choices: what can be filtered on; only what at least two groups differ in can be compared.
    """
    from insights.comparing.compare import PERIOD

    named = {name: choices.values[name] for name in DIMENSIONS}
    named |= {
        ATTRIBUTE + name: values
        for name, values in sorted(choices.attributes.items())
        if name not in {*DIMENSIONS, PERIOD}
    }
    named[PERIOD] = choices.months
    return {way: values for way, values in named.items() if len(values) > 1}


def read_comparison(
    sent: Mapping[str, str], filters: Filters, choices: Choices
) -> "Comparison | None":
    """Read what to compare; what is unknown or malformed counts as not chosen.

    Args:
        sent: the address's parameters: ``by``, and ``a`` and ``b``; of periods ``a_from``,
            ``a_to``, ``b_from`` and ``b_to``.
        filters: what else is chosen.
        choices: what can be chosen.

    Returns:
        The comparison, the first that is possible unless one was chosen; None where there is
        nothing to compare.
    """
    from insights.comparing.compare import PERIOD, Comparison, with_value

    possible = ways(choices)
    if not possible:
        return None
    way = sent["by"] if sent.get("by") in possible else next(iter(possible))
    if way == PERIOD:
        return Comparison(PERIOD, *_periods(sent, filters, choices.months))
    by, values = way.removeprefix(ATTRIBUTE), possible[way]
    a = sent["a"] if sent.get("a") in values else None
    b = sent["b"] if sent.get("b") in values else None
    a = a or next(value for value in values if value != b)
    b = b or next(value for value in values if value != a)
    return Comparison(by, with_value(filters, by, a), with_value(filters, by, b))


def as_address(comparison: "Comparison") -> dict[str, str]:
    """The comparison as parameters of an address; the other way round of ``read_comparison``."""
    from insights.comparing.compare import PERIOD, value_of

    a, b = comparison.a, comparison.b
    if comparison.by == PERIOD:
        chosen = {
            "a_from": a.month_from,
            "a_to": a.month_to,
            "b_from": b.month_from,
            "b_to": b.month_to,
        }
    else:
        chosen = {"a": value_of(a, comparison.by), "b": value_of(b, comparison.by)}
    return {"by": way_of(comparison.by)} | {name: value or "" for name, value in chosen.items()}


def way_of(by: str) -> str:
    """What the address calls a property."""
    from insights.comparing.compare import PERIOD

    return by if by in {*DIMENSIONS, PERIOD} else ATTRIBUTE + by


def other_filters(comparison: "Comparison") -> dict[str, str]:
    """What both sides have in common, as parameters of an address."""
    from insights.comparing.compare import PERIOD, with_value

    if comparison.by == PERIOD:
        return as_parameters(replace(comparison.a, month_from=None, month_to=None))
    return as_parameters(with_value(comparison.a, comparison.by, None))


def other_choices(choices: Choices, by: str) -> Choices:
    """What can be filtered on beside what is compared."""
    from insights.comparing.compare import PERIOD

    if by == PERIOD:
        return replace(choices, months=())
    values = {name: () if name == by else each for name, each in choices.values.items()}
    attributes = {name: each for name, each in choices.attributes.items() if name != by}
    return replace(choices, values=values, attributes=attributes)


def _periods(
    sent: Mapping[str, str], filters: Filters, months: tuple[str, ...]
) -> tuple[Filters, Filters]:
    """Two periods: as sent, else the newest quarter and the same one of the year before.

    Without answers a year before it is the quarter before; without two quarters, the newest two
    months.
    """
    last = months[-1]
    begin = months_before(last, QUARTER - 1)
    back = YEAR if months_before(begin, YEAR) >= months[0] else QUARTER
    if months_before(begin, QUARTER) >= months[0]:
        usual = {"a_from": months_before(begin, back), "a_to": months_before(last, back)}
        usual |= {"b_from": begin, "b_to": last}
    else:
        usual = {"a_from": months[-2], "a_to": months[-2], "b_from": last, "b_to": last}
    found = {
        name: sent[name] if is_month(sent.get(name, "")) else month for name, month in usual.items()
    }
    a, b = (
        replace(filters, month_from=found[f"{letter}_from"], month_to=found[f"{letter}_to"])
        for letter in "ab"
    )
    return a, b
