"""Changes of pain of a journey's stages under one selection, computed with its pain."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis

    from facts.engine import Facts
    from insights.filters import Filters
    from insights.pain.change_content import Span
    from insights.weighting.mix import KnownMix


def changes_to(
    facts: "Facts",
    filters: "Filters",
    stages: Sequence[str],
    progress: Callable[[float], None] | None = None,
    *,
    mix: "KnownMix" = (),
) -> list[Any]:
    """What changed in each stage since the same length of time before a selection.

    Args:
        facts: the facts.
        filters: the selection.
        stages: the keys of its stages.
        progress: told the share done, from 0.5 to 1: the pain itself comes first.
        mix: known shares of the people there are, to weight each period to.

    Returns:
        Per stage what ``insights.pain.change_content.with_proof`` gives; None where there is
        nothing to compare with, or the selection has no first or no last month.
    """
    from insights.pain.change_content import Span, span_before

    if filters.month_from is None or filters.month_to is None:
        return [None] * len(stages)
    after = Span(filters.month_from, filters.month_to)
    half = (lambda share: progress(0.5 + share / 2)) if progress else None
    return changes_between(facts, filters, stages, (span_before(after), after), half, mix=mix)


def changes_between(  # noqa: PLR0913 -- where, which stages, when, and two choices
    facts: "Facts",
    filters: "Filters",
    stages: Sequence[str],
    spans: "tuple[Span, Span]",
    progress: Callable[[float], None] | None = None,
    *,
    mix: "KnownMix" = (),
) -> list[Any]:
    """What changed in each stage between two periods.

    The periods may not overlap, and the earlier one comes first.

    Args:
        facts: the facts.
        filters: the selection, whose own period makes no difference.
        stages: the keys of its stages.
        spans: the earlier period and the later one.
        progress: told the share done, 0-1.
        mix: as for ``changes_to``.
    """
    from insights.pain.change_content import stage_changes, with_proof

    kept, found = _told(facts, filters, *spans), []
    for one in stage_changes(kept, stages, mix):
        found.append(one)
        if progress:
            progress(len(found) / len(stages))
    (first, last), (start, end) = spans
    named = {"before": [first, last], "after": [start, end]}
    return [one and named | one for one in with_proof(found)]


def _told(
    facts: "Facts", filters: "Filters", before: "Span", after: "Span"
) -> "dict[str, ibis.Table]":
    """The facts that may be told of each period, and of other months, if there are any."""
    from insights.months import months_from
    from insights.pain.change_content import span_of_slopes

    def of(first: str, last: str) -> "ibis.Table":
        return facts.narrow(facts.table, replace(filters, month_from=first, month_to=last))

    kept = {"before": of(*before), "after": of(*after)}
    every = span_of_slopes(before, after)
    months = set(months_from(*every)) - {*months_from(*before), *months_from(*after)}
    if months:
        kept["neither"] = of(*every).filter(lambda facts: facts.month.isin(sorted(months)))
    return kept
