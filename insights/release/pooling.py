"""Months that are told together, because alone they would tell of too few persons."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from insights.release.suppression import MINIMUM_PERSONS


class Crowd(NamedTuple):
    """How many persons there are; who, only while they are few.

    Attributes:
        size: their number, or more where somebody was counted in several months.
        is_many: whether they surely are enough.
        few: who they are, as far as they were counted in small numbers.
    """

    size: int = 0
    is_many: bool = False
    few: frozenset[int] = frozenset()

    @property
    def is_nobody(self) -> bool:
        """Whether there is nobody."""
        return not self.size

    @property
    def is_enough(self) -> bool:
        """Whether something may be told of them."""
        return self.is_many or len(self.few) >= MINIMUM_PERSONS

    @property
    def is_safe(self) -> bool:
        """Whether a difference that consists of them tells nothing of few persons."""
        return self.is_nobody or self.is_enough


def gather(crowds: Iterable[Crowd]) -> Crowd:
    """Put crowds together.

    Args:
        crowds: of several months or groups; somebody may be in several.

    Returns:
        All of them.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> gather([Crowd(2, few=frozenset({1, 2})), Crowd(2, few=frozenset({2, 3}))]).is_enough
        False
    """
    every = list(crowds)
    return Crowd(
        sum(crowd.size for crowd in every),
        any(crowd.is_many for crowd in every),
        frozenset().union(*(crowd.few for crowd in every)),
    )


class Pools(NamedTuple):
    """Which months are told together, and which wait.

    Attributes:
        blocks: months, each a group that may be told as a whole.
        pending: months of which nothing is told yet.
    """

    blocks: tuple[frozenset[str], ...]
    pending: frozenset[str]


def pool(units: Sequence[frozenset[str]], may_tell: Callable[[frozenset[str]], bool]) -> Pools:
    """Gather months until they may be told.

    Args:
        units: groups of months that are told together anyway, in order.
        may_tell: whether some months may be told as a whole.

    Returns:
        A unit that may be told alone stays alone; the others are gathered, the oldest first, until
        they may be told together. What is left joins others that may be told with it, rather ones
        that are gathered already; else it waits.

    References:
        docs/metrics.md, "What is never shown"; on microaggregation L. Willenborg, T. de Waal,
        "Elements of Statistical Disclosure Control", Springer 2001.

    Example:
        >>> persons = {"2026-01": 3, "2026-02": 9, "2026-03": 2, "2026-04": 1}
        >>> units = [frozenset({month}) for month in persons]
        >>> found = pool(units, lambda months: sum(persons[month] for month in months) >= 5)
        >>> [sorted(block) for block in found.blocks], sorted(found.pending)
        ([['2026-02'], ['2026-01', '2026-03', '2026-04']], [])
    """
    blocks, gathered = [], frozenset[str]()
    for unit in units:
        if may_tell(unit):
            blocks.append(unit)
            continue
        gathered |= unit
        if may_tell(gathered):
            blocks.append(gathered)
            gathered = frozenset()
    if gathered:
        for block in sorted(blocks, key=lambda each: (len(each) > 1, max(each)), reverse=True):
            if may_tell(block | gathered):
                blocks[blocks.index(block)] = block | gathered
                return Pools(tuple(blocks), frozenset())
    return Pools(tuple(blocks), gathered)


def pool_apart(
    parts: Iterable[Sequence[frozenset[str]]], may_tell: Callable[[frozenset[str]], bool]
) -> Pools:
    """Gather the months of periods that are looked at apart, so that none is cut by the other.

    Args:
        parts: per period its units.
        may_tell: whether some months may be told as a whole.

    Returns:
        As ``pool`` for each; what is left of all of them is told together where it may be.

    References:
        ``pool``.

    Example:
        >>> parts = [[frozenset({"2025-12"})], [frozenset({"2026-01"})]]
        >>> pool_apart(parts, lambda months: len(months) == 2).pending
        frozenset()
    """
    pools = [pool(units, may_tell) for units in parts]
    blocks = tuple(block for each in pools for block in each.blocks)
    left = frozenset[str]().union(*(each.pending for each in pools))
    if left and may_tell(left):
        return Pools((*blocks, left), frozenset())
    return Pools(blocks, left)


def units_within(months: Sequence[str], wider: Iterable[Pools]) -> list[frozenset[str]]:
    """Say which months must be told together, as wider groups are told.

    Args:
        months: the months that have answers, in order.
        wider: the pools of groups that this one is part of.

    Returns:
        Groups of months, in the order of their first; months that wait in a wider group are left
        out.

    References:
        docs/metrics.md, "What is never shown".

    Example:
        >>> stage = Pools((frozenset({"01"}), frozenset({"02", "03"})), frozenset({"04"}))
        >>> [sorted(unit) for unit in units_within(["01", "02", "03", "04"], [stage])]
        [['01'], ['02', '03']]
    """
    pools = list(wider)
    waiting = frozenset().union(*(each.pending for each in pools))
    units = [frozenset({month}) for month in months]
    for block in (block for each in pools for block in each.blocks if len(block) > 1):
        touched = [unit for unit in units if unit & block]
        if touched:
            units = [unit for unit in units if not unit & block]
            units.append(block.union(*touched))
    kept = [unit for unit in units if not unit & waiting]
    return sorted(kept, key=min)
