"""A known mix held against the answers: whom they lack, and whom the mix does not name."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import ibis
import pandas as pd

from insights.cells import collect, overall
from insights.release.suppression import MINIMUM_PERSONS, protect
from insights.weighting.mix import KnownMix, Margin, column_of

OTHERS = ""
"""The group of those whom a mix does not name, or of whom the property is not known."""


class WeightReason(StrEnum):
    """Why a score is not weighted."""

    NO_MIX = "no_mix"
    ONE_GROUP = "one_group"  # all answers are of one group: nothing to weight
    TOO_FEW_OF_A_GROUP = "too_few_of_a_group"  # fewer than five persons would carry a share
    TOO_FEW_PERSONS = "too_few_persons"  # the stage itself is not shown


class Fitted(NamedTuple):
    """What the answers of a stage can be weighted to.

    Attributes:
        mix: per property the shares of the groups that answered; together 1.
        absent: groups of the known mix without any answer, as (property, value).
        absent_share: the largest part of all people, 0-1, that a property lacks through them.
        has_others: whether some answers are of people whom the mix does not name; those keep the
            share they have.
        reason: why there is nothing to weight to, or None.
    """

    mix: KnownMix
    absent: tuple[tuple[str, str], ...] = ()
    absent_share: float = 0.0
    has_others: bool = False
    reason: WeightReason | None = None


def group_name(dimension_number: int) -> str:
    """Name the column of a group while the engine works, whatever the property is called.

    Args:
        dimension_number: the place of the property in the mix.

    Returns:
        A name that no column of the facts has.

    References:
        ``insights.pain.rows``, which does the same.

    Example:
        >>> group_name(0)
        'group_0'
    """
    return f"group_{dimension_number}"


def grouped(table: ibis.Table, mix: KnownMix) -> ibis.Table:
    """Put beside every answer which group of each property it is of.

    Args:
        table: the facts.
        mix: the known mix.

    Returns:
        The same rows with a column per property, ``OTHERS`` where the mix does not name the value.

    References:
        docs/metrics.md, "Weighting to a known mix".

    Example:
        >>> facts = ibis.memtable([{"market": "b2b"}, {"market": "b2c"}])
        >>> mix = (Margin("market", (("b2b", 1.0),)),)
        >>> sorted(grouped(facts, mix)["group_0"].to_pyarrow().to_pylist())
        ['', 'b2b']
    """
    columns = {}
    for number, margin in enumerate(mix):
        column = column_of(table, margin.dimension)
        named = [value for value, share in margin.shares if share > 0]
        columns[group_name(number)] = column.isin(named).ifelse(column, OTHERS).fill_null(OTHERS)
    return table.mutate(**columns)


def fit_mix(mix: KnownMix, groups: Sequence[Mapping[str, tuple[int, int]]]) -> Fitted:
    """Hold a mix against those who answered.

    Args:
        mix: the known mix.
        groups: per property of the mix, by group, how many answers there are and of how many
            persons.

    Returns:
        What can be weighted to. Groups without answers are named, and the shares of the others
        keep their proportions; so what comes of it is about the groups that answered, and must be
        shown with ``absent`` beside it.

    References:
        docs/metrics.md, "Weighting to a known mix".

    Example:
        >>> mix = (Margin("audience", (("customer", 0.6), ("ex", 0.2), ("prospect", 0.2))),)
        >>> found = fit_mix(mix, [{"customer": (90, 80), "ex": (30, 30)}])
        >>> [round(share, 3) for _, share in found.mix[0].shares], found.absent
        ([0.75, 0.25], (('audience', 'prospect'),))
    """
    if not mix:
        return Fitted((), reason=WeightReason.NO_MIX)
    margins, absent, lacking, has_others, is_few = [], [], 0.0, False, False
    for margin, there in zip(mix, groups, strict=True):
        named = {value: share for value, share in margin.shares if share > 0}
        present = {value: share for value, share in named.items() if value in there}
        missing = [value for value in named if value not in there]
        absent += [(margin.dimension, value) for value in missing]
        lacking = max(lacking, sum(named[value] for value in missing))
        has_others |= OTHERS in there
        is_few |= any(persons < MINIMUM_PERSONS for _, persons in there.values())
        margins.append(_based(margin.dimension, present, there))
    kept = tuple(margin for margin in margins if len(margin.shares) > 1)
    reason = None
    if not kept:
        reason = WeightReason.ONE_GROUP
    elif is_few:
        reason = WeightReason.TOO_FEW_OF_A_GROUP
    return Fitted(kept, tuple(absent), lacking, has_others, reason)


def mix_beside_answers(table: ibis.Table, margin: Margin) -> pd.DataFrame:
    """Show the shares of a known mix beside those among the people who answered.

    Args:
        table: the facts of one journey, filtered.
        margin: one property of the mix.

    Returns:
        One row per group in the order of the mix, ``OTHERS`` last if there are any: ``value``,
        ``known`` (share, 0-1; null for others), ``persons``, ``answered`` (share of the persons
        who answered a stage's overall question; null where fewer than five could be told) and
        ``shown``.

    References:
        docs/metrics.md, "Weighting to a known mix".

    Example:
        >>> rows = [{"audience": "customer" if k < 8 else "prospect", "respondent": k,
        ...          "score": 50.0, "state": "answered", "is_overall": True} for k in range(16)]
        >>> facts = ibis.memtable(rows)
        >>> mix = Margin("audience", (("customer", 0.9), ("prospect", 0.1)))
        >>> mix_beside_answers(facts, mix)[["value", "known", "answered"]].values.tolist()
        [['customer', 0.9, 0.5], ['prospect', 0.1, 0.5]]
    """
    answers = grouped(overall(table), (margin,))
    name = group_name(0)
    counted = collect(answers.group_by(name).aggregate(persons=answers.respondent.nunique()))
    there = dict(zip(counted[name], counted["persons"], strict=True))
    known = {value: share for value, share in margin.shares if share > 0}
    values = [*known, *([OTHERS] if OTHERS in there else [])]
    frame = pd.DataFrame(
        {
            "value": values,
            "known": [known.get(value) for value in values],
            "persons": [int(there.get(value, 0)) for value in values],
        }
    )
    whole = frame["persons"].sum()
    frame["answered"] = frame["persons"] / whole if whole else 0.0
    given = frame[frame["persons"] > 0]
    told = [protect(given, ["answered"]), frame.drop(given.index).assign(shown=True)]
    return pd.concat(told).sort_index().astype({"shown": bool, "answered": "float64"})


def _based(
    dimension: str, present: Mapping[str, float], there: Mapping[str, tuple[int, int]]
) -> Margin:
    """The shares of the groups that answered; others keep the share they have."""
    n = sum(answers for answers, _ in there.values())
    others = there.get(OTHERS, (0, 0))[0] / n if n else 0.0
    whole = sum(present.values())
    shares = [(value, share / whole * (1 - others)) for value, share in present.items()]
    return Margin(dimension, (*shares, *([(OTHERS, others)] if others else [])))
