"""Raking: factors that bring the answers of several groups to the shares of a known mix at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from insights.weighting.mix import KnownMix

MOST = 5.0
"""No answer counts for more than so many times the median one."""

_ROUNDS = 500
_CLOSE = 1e-12  # shares this close to those wanted are met


class Raked(NamedTuple):
    """What each answer of a cell counts for.

    Attributes:
        factors: one per cell; 1 on average over the answers.
        is_capped: whether some would have counted for more than ``MOST``, so that the mix is only
            nearly met.
    """

    factors: np.ndarray
    is_capped: bool


def rake(
    counts: ArrayLike,
    groups: Sequence[Sequence[str]],
    mix: KnownMix,
    *,
    start: ArrayLike | None = None,
    most: float = MOST,
) -> Raked:
    """Find what each cell must count for, so that every property has its known shares.

    Args:
        counts: answers per cell.
        groups: per property of the mix the group of each cell.
        mix: the known shares; each group of a cell is named in it.
        start: what each answer of a cell counts for to begin with; 1 each unless given.
        most: the cap, as a multiple of the median factor over the answers.

    Returns:
        The factors. A group of the mix that has no answers takes no part: the others share what it
        would have had, in proportion.

    Raises:
        ValueError: a cell is in a group that the mix does not name, or counts are not positive.

    References:
        W. E. Deming, F. F. Stephan, Annals of Mathematical Statistics 11(4), 1940; docs/metrics.md,
        "Weighting to a known mix".

    Example:
        >>> from insights.weighting.mix import Margin
        >>> audience = Margin("audience", (("customer", 0.5), ("prospect", 0.5)))
        >>> rake([75, 25], [["customer", "prospect"]], (audience,)).factors.round(3).tolist()
        [0.667, 2.0]
    """
    held = np.asarray(counts, dtype=float)
    if not (np.isfinite(held).all() and (held > 0).all()):
        raise ValueError("counts: every cell has answers")
    begun = np.ones_like(held) if start is None else np.asarray(start, dtype=float)
    found = rake_many(held[None], groups, mix, start=begun, most=most)
    return Raked(found.factors[0], bool(found.is_capped[0]))


class RakedOften(NamedTuple):
    """As ``Raked``, one row per sample."""

    factors: np.ndarray
    is_capped: np.ndarray


def rake_many(
    counts: np.ndarray,
    groups: Sequence[Sequence[str]],
    mix: KnownMix,
    *,
    start: np.ndarray | None = None,
    most: float = MOST,
) -> RakedOften:
    """Do what ``rake`` does for many samples at once, in which cells may be empty.

    Args:
        counts: answers, or the sum of what they count for to begin with; one row per sample, one
            column per cell.
        groups: as in ``rake``.
        mix: as in ``rake``.
        start: as in ``rake``, per cell.
        most: as in ``rake``.

    Returns:
        The factors, 1 on average in every sample; those of empty cells mean nothing.

    Raises:
        ValueError: a cell is in a group that the mix does not name.

    References:
        ``rake``.

    Example:
        >>> from insights.weighting.mix import Margin
        >>> audience = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)
        >>> counts = np.array([[75.0, 25.0], [50.0, 50.0]])
        >>> rake_many(counts, [["customer", "prospect"]], audience).factors.round(3).tolist()
        [[0.667, 2.0], [1.0, 1.0]]
    """
    margins = [_margin(of, dict(margin.shares)) for of, margin in zip(groups, mix, strict=True)]
    begun = np.ones(counts.shape[1]) if start is None else start
    factors = _scaled(np.broadcast_to(begun, counts.shape).astype(float), counts)
    for _ in range(_ROUNDS):
        furthest = 0.0
        for member, wanted in margins:
            held = (factors * counts) @ member
            aim = np.where(held > 0, wanted, 0.0)
            aim = aim / aim.sum(axis=1, keepdims=True) * held.sum(axis=1, keepdims=True)
            ratio = np.divide(aim, held, out=np.ones_like(held), where=held > 0)
            furthest = max(furthest, float(np.abs(ratio - 1).max(initial=0.0)))
            factors = factors * (ratio @ member.T)
        if furthest < _CLOSE:
            break
    return _capped(_scaled(factors, counts), counts, most)


def _margin(of: Sequence[str], shares: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Which cell is in which group, as ones and zeros, and the share each group shall have."""
    names, codes = np.unique(np.asarray(of, dtype=str), return_inverse=True)
    unknown = [str(name) for name in names if not shares.get(str(name), 0) > 0]
    if unknown:
        raise ValueError(f"mix: does not name {', '.join(unknown)}")
    wanted = np.array([shares[str(name)] for name in names])
    return np.eye(len(names))[codes], wanted


def _capped(factors: np.ndarray, counts: np.ndarray, most: float) -> RakedOften:
    """Let nobody count for more than so many times the median answer."""
    order = np.argsort(np.where(counts > 0, factors, np.inf), axis=1)
    reached = np.cumsum(np.take_along_axis(counts, order, axis=1), axis=1)
    place = (reached < reached[:, -1:] / 2).sum(axis=1, keepdims=True)
    median = np.take_along_axis(factors, np.take_along_axis(order, place, axis=1), axis=1)
    highest = most * median * (1 + _CLOSE)
    is_over = (factors > highest) & (counts > 0)
    is_capped = np.asarray(is_over.any(axis=1))
    lowered = np.where(is_capped[:, None], np.minimum(factors, most * median), factors)
    return RakedOften(_scaled(lowered, counts), is_capped)


def _scaled(factors: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Let the factors be 1 on average over the answers of each sample."""
    total = counts.sum(axis=1, keepdims=True)
    scaled: np.ndarray = factors * total / (factors * counts).sum(axis=1, keepdims=True)
    return scaled
