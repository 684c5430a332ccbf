"""The finding above a board, as values: the weakest stage and what hurts most in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from insights.plain import number

MOST = 3
"""A sentence names so many touchpoints at most."""

LEAST_PAIN = 0.05
"""Points; less would be shown as nothing, so no touchpoint is named for it."""


@dataclass(frozen=True)
class Hurt:
    """A touchpoint that surely costs something.

    Attributes:
        touchpoint: its key.
        pain: points lost, positive.
        low: the lower end of its interval; above 0.
        high: the upper end.
    """

    touchpoint: str
    pain: float
    low: float
    high: float


@dataclass(frozen=True)
class Headline:
    """What the sentence above the board says.

    Attributes:
        stage: the stage with the lowest score.
        score: that score, points.
        low: the lower end of its interval, or None.
        high: the upper end, or None.
        n: the answers it rests on.
        is_few: whether those are few.
        is_clear: whether its interval lies below that of every other stage shown.
        is_alone: whether no other stage is shown, so that there is nothing to compare.
        hurts: what hurts most there: the worst touchpoint, then those that cannot be told from
            it, then the next; only what surely costs something that shows; at most three.
        are_tied: whether the first two of them cannot be told apart.
        are_largest: whether no touchpoint of the stage that is not among them may cost more: one
            that costs more by its number, though not surely anything.
        share: what part of the stage's pain they are together, 0-1; None without any.
    """

    stage: str
    score: float
    low: float | None
    high: float | None
    n: int
    is_few: bool
    is_clear: bool
    is_alone: bool = False
    hurts: tuple[Hurt, ...] = ()
    are_tied: bool = False
    are_largest: bool = False
    share: float | None = None


def headline(
    stages: pd.DataFrame, pains: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Headline | None:
    """Find what the sentence above the board says.

    Args:
        stages: what ``scores.stage_scores`` returns.
        pains: per stage the rows of ``Pain.touchpoints`` as mappings, the most painful first;
            stages may be missing, numbers may be None or NaN.

    Returns:
        The finding, or None when no stage may be shown. Of stages with the same score the first
        by name is the weakest.

    References:
        docs/metrics.md, "Headline".

    Example:
        >>> stages = pd.DataFrame({"stage": ["buy", "use"], "n": [40, 90], "score": [72.0, 61.0],
        ...     "low": [70.0, 59.0], "high": [74.0, 63.0], "shown": True, "few": False})
        >>> invoice = {"touchpoint": "invoice", "pain": 3.2, "pain_low": 2.3, "pain_high": 4.1,
        ...            "tie": 1}
        >>> found = headline(stages, {"use": [invoice]})
        >>> found.stage, found.is_clear, found.hurts[0].touchpoint, found.are_tied, found.share
        ('use', True, 'invoice', False, 1.0)
    """
    shown = stages[stages["shown"].astype(bool)].sort_values(["score", "stage"])
    if shown.empty:
        return None
    weakest, others = shown.iloc[0], shown.iloc[1:]
    high = number(weakest["high"])
    hurts = _hurts(pains.get(weakest["stage"], ()))
    lost = [number(row["pain"]) or 0.0 for row in pains.get(weakest["stage"], ())]
    return Headline(
        stage=str(weakest["stage"]),
        score=float(weakest["score"]),
        low=number(weakest["low"]),
        high=high,
        n=int(weakest["n"]),
        is_few=bool(weakest["few"]),
        is_clear=high is not None
        and not others.empty
        and bool((others["low"].astype(float) > high).all()),
        is_alone=others.empty,
        hurts=tuple(_hurt(row) for row in hurts),
        are_tied=len(hurts) > 1 and hurts[0]["tie"] == hurts[1]["tie"],
        are_largest=bool(hurts)
        and [row["pain"] for row in hurts] == sorted(lost, reverse=True)[: len(hurts)],
        share=sum(row["pain"] for row in hurts) / sum(lost) if hurts else None,
    )


def _hurts(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Keep the worst touchpoints that surely cost something."""
    sure = [
        row for row in rows if (number(row["pain_low"]) or 0.0) > 0 and row["pain"] >= LEAST_PAIN
    ]
    return sorted(sure, key=lambda row: -row["pain"])[:MOST]


def _hurt(row: Mapping[str, Any]) -> Hurt:
    """Take the values of one touchpoint."""
    return Hurt(str(row["touchpoint"]), row["pain"], row["pain_low"], row["pain_high"])
