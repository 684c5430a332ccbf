"""Scores weighted to the known mix of a journey's people, beside those that are not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from actions.mix import mix_of, mixes_in_force
from models import Journey

if TYPE_CHECKING:
    import ibis

    from facts.engine import Facts
    from insights.filters import Filters
    from insights.weighting.mix import KnownMix

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Weighted:
    """The stages' scores weighted to a known mix, and the mix beside those who answered.

    Attributes:
        mix: what is known of the people.
        since: per property the month from which on that holds.
        stages: see ``insights.weighting.scores``.
        beside: per property the groups with their known and their answered share.
    """

    mix: "KnownMix"
    since: dict[str, str]
    stages: Rows
    beside: dict[str, Rows]


def weighted_of(journey: Journey, facts: "Facts", filters: "Filters") -> Weighted:
    """Weight the stages' scores to the mix that holds at the end of a selection's period.

    Args:
        journey: which.
        facts: the facts.
        filters: the selection.
    """
    from insights.plain import plain_rows
    from insights.weighting.groups import mix_beside_answers
    from insights.weighting.scores import weighted_stage_scores

    mix = mix_of(journey, filters.month_to)
    since = {one.dimension: one.month_from for one in mixes_in_force(journey, filters.month_to)}
    told = told_per_group(facts, filters, mix)
    found = weighted_stage_scores(told, mix)
    absent = found.pop("absent").tolist()
    stages = [
        row | {"absent": groups} for row, groups in zip(plain_rows(found), absent, strict=True)
    ]
    beside = {margin.dimension: plain_rows(mix_beside_answers(told, margin)) for margin in mix}
    return Weighted(mix, since, stages, beside)


def told_per_group(facts: "Facts", filters: "Filters", mix: "KnownMix") -> "ibis.Table":
    """The facts that may be told weighted to a mix; see ``insights.weighting.release``."""
    from insights.release.release import release
    from insights.weighting.release import telling_per_group

    told = telling_per_group(
        facts.table,
        filters,
        mix,
        lambda of: facts.remember(("release", of), lambda: release(facts.table, of)),
    )
    return facts.hold(("per group", filters, mix), told)
