"""Those who said nothing: how far they could move a score, and how they would have to differ."""

import math
from enum import StrEnum
from typing import NamedTuple

WORST, BEST = 0.0, 100.0

POINTS = 5.0
"""The move of a score that is asked about."""


class SilentReason(StrEnum):
    """Why nothing is said of the silent."""

    NO_ANSWERS = "no_answers"
    NOT_TOLD = "not_told"  # nobody said how many were asked
    MORE_ANSWERS = "more_answers_than_invited"


class Silent(NamedTuple):
    """What the silent could make of a score.

    Attributes:
        n: how many were silent.
        share: of those who were asked, 0-1.
        low: the score of all, if every silent one were at 0.
        high: the same at 100.
        apart: how many points the silent must differ, on average, to move the score by ``points``.
        below: the score of the silent at which all together are ``points`` lower; null where even
            0 would not do.
        above: the same for higher; null where even 100 would not do.
        reason: why none of this can be said, or None.
    """

    n: int = 0
    share: float = math.nan
    low: float = math.nan
    high: float = math.nan
    apart: float = math.nan
    below: float = math.nan
    above: float = math.nan
    reason: SilentReason | None = None


def silent_bounds(
    score: float, answered: int, eligible: float | None, points: float = POINTS
) -> Silent:
    """Bound what the score of everybody who was asked can be.

    Args:
        score: the mean of those who answered, 0-100.
        answered: how many those are.
        eligible: how many were asked and should have been; None or null where nobody said.
        points: the move that is asked about.

    Returns:
        The bounds, which assume nothing of the silent but that they, too, lie between 0 and 100.
        When nobody was silent both equal the score, and no difference would move it.

    Raises:
        ValueError: the score lies outside 0 to 100, or ``points`` is not positive.

    References:
        docs/metrics.md, "Those who say nothing". C. F. Manski, "Nonparametric Bounds on Treatment
        Effects", American Economic Review 80(2), 1990.

    Example:
        >>> found = silent_bounds(70, 220, 1000)
        >>> round(found.low, 1), round(found.high, 1), round(found.apart, 1), round(found.below, 1)
        (15.4, 93.4, 6.4, 63.6)
    """
    if not points > 0:
        raise ValueError("points: must be positive")
    if not answered:
        return Silent(reason=SilentReason.NO_ANSWERS)
    if not WORST <= score <= BEST:
        raise ValueError("score: lies between 0 and 100")
    if eligible is None or not math.isfinite(eligible):
        return Silent(reason=SilentReason.NOT_TOLD)
    if answered > eligible:
        return Silent(reason=SilentReason.MORE_ANSWERS)
    n = int(eligible) - answered
    share = n / int(eligible)
    if not n:
        return Silent(0, 0.0, score, score)
    apart = points / share
    heard = score * (1 - share)
    return Silent(
        n,
        share,
        heard + WORST * share,
        heard + BEST * share,
        apart,
        score - apart if score - apart >= WORST else math.nan,
        score + apart if score + apart <= BEST else math.nan,
    )
