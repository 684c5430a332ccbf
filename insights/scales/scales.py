"""Scales: how an answer of any kind and length becomes a score from 0 to 100."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from vocabulary import Kind, Metric


class Scale(NamedTuple):
    """How one kind of question is answered.

    Attributes:
        worst: the worst answer, in the units of the usual scale.
        best: the best answer.
        shortest: the fewest points it may be asked with; 0 where it has no points.
        longest: the most.
    """

    worst: float
    best: float
    shortest: int = 0
    longest: int = 0


SCALES: Mapping[Kind | Metric, Scale] = MappingProxyType(
    {
        Kind.SATISFACTION: Scale(1, 5, 2, 11),
        Kind.STARS: Scale(1, 5, 2, 11),
        Kind.SMILEYS: Scale(1, 5, 3, 5),
        Kind.AGREEMENT: Scale(1, 5, 2, 11),
        Kind.YES_NO: Scale(0, 1, 2, 2),
        Kind.RATING: Scale(1, 5, 2, 11),
        Kind.EFFORT: Scale(1, 7, 2, 11),
        Kind.NPS: Scale(0, 10, 11, 11),
        Metric.SENTIMENT: Scale(-1, 1),
        Metric.MENTION: Scale(-1, 1),
    }
)
"""Every kind of answer that has a score; a ``Metric`` of the same name finds it too."""

ENDS: Mapping[Kind | Metric, tuple[float, float]] = MappingProxyType(
    {kind: (scale.worst, scale.best) for kind, scale in SCALES.items()}
)
"""The worst and the best answer of each kind, where it has its usual length."""

FULL = 100.0
"""The score of the best answer of any scale."""

FROM_ZERO = 11
"""A scale of so many points runs from 0 to 10; shorter ones begin at 1."""


def ends_of(
    kind: Kind | Metric, points: int | None = None, *, is_reversed: bool = False
) -> tuple[float, float]:
    """Give the worst and the best answer of a kind of question that has so many points.

    Args:
        kind: of the question.
        points: how many points it has; its usual number unless given.
        is_reversed: whether its lowest point is the best answer, as in "Did you have to call
            again?" with 1 for yes.

    Returns:
        The worst and the best answer, for ``to_score``.

    Raises:
        KeyError: answers of this kind have no score.
        ValueError: the kind is not asked with so many points.

    References:
        docs/metrics.md, "Score".

    Example:
        >>> ends_of(Kind.STARS), ends_of(Kind.STARS, 10), ends_of(Kind.RATING, 11)
        ((1, 5), (1, 10), (0, 10))
        >>> ends_of(Kind.YES_NO, is_reversed=True)
        (1, 0)
    """
    worst, best, shortest, longest = SCALES[kind]
    if points is not None and points != best - worst + 1:
        if not shortest <= points <= longest:
            raise ValueError(f"points: {kind} has {shortest} to {longest}, not {points}")
        worst = 0 if points == FROM_ZERO else 1
        best = worst + points - 1
    return (best, worst) if is_reversed else (worst, best)


def to_score(value: float, low: float, high: float) -> float:
    """Place an answer between the worst (0) and the best (100) of its scale, in a straight line.

    Args:
        value: the answer, in the units of its scale.
        low: the worst answer of the scale; may be the larger number where 1 is best.
        high: the best answer of the scale.

    Returns:
        A score in points, 0 to 100.

    Raises:
        ValueError: the scale has no length, or the answer lies outside it.

    References:
        C. Fornell et al., "The American Customer Satisfaction Index", Journal of Marketing
        60(4), 1996: the same straight line, on scales of ten points.

    Example:
        >>> [to_score(value, *ENDS[Kind.SATISFACTION]) for value in (1, 2, 3, 4, 5)]
        [0.0, 25.0, 50.0, 75.0, 100.0]
        >>> to_score(7, *ENDS[Metric.NPS])
        70.0
    """
    if low == high:
        raise ValueError("scale: its worst and its best answer are the same")
    score = FULL * (value - low) / (high - low) + 0.0  # never -0.0
    if not 0.0 <= score <= FULL:
        raise ValueError(f"value: {value} lies outside {low} to {high}")
    return score


def points_of(metric: str, values: tuple[float, float], scores: tuple[float, float]) -> float:
    """Find how many points a scale has, from answers on it and their scores.

    Values and scores lie on one line, so two different answers tell its length. Where all answers
    were alike the usual length is taken if it fits, else a scale that begins at 1.

    Args:
        metric: what was measured.
        values: the lowest and the highest answer given, in the units of the scale.
        scores: the lowest and the highest score, 0-100, of the same answers.

    Returns:
        The number of points; null where the answers do not tell it.

    References:
        docs/metrics.md, "NPS, share satisfied, effort".

    Example:
        >>> points_of("rating", (2, 6), (20.0, 60.0)), points_of("rating", (4, 4), (75.0, 75.0))
        (11.0, 5.0)
        >>> points_of("rating", (3, 3), (100.0, 100.0))
        3.0
    """
    spread = scores[1] - scores[0]
    if spread > 0:
        return round((values[1] - values[0]) / spread * FULL, 6) + 1
    value, score = values[0], scores[0]
    worst, best = ENDS.get(Metric(metric), (math.nan, math.nan))
    if math.isclose(worst + (best - worst) * score / FULL, value, abs_tol=1e-9):
        return best - worst + 1.0
    return round((value - 1) / score * FULL, 6) + 1 if score > 0 and value > 1 else math.nan
