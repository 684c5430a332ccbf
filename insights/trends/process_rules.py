"""The four rules by which months are a signal, once it is known where months usually lie."""

import math
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from insights.months import months_before

RUN = 7
"""So many months in a row on one side of the middle, or all rising or falling, are a signal."""

_OUTER = 2 / 3  # where the outer third between the middle and a limit begins
_OF_THREE = 2  # two of three months: at most so many places apart
_SURE = 3.0  # standard errors: as far from the middle as a limit


class Rule(StrEnum):
    """Why months are a signal."""

    OUTSIDE = "outside"  # one month beyond a limit, or several in a row
    NEAR = "near"  # two of three months in the outer third, on one side
    RUN = "run"  # seven months and more on one side of the middle
    DRIFT = "drift"  # seven months and more, each higher, or each lower, than the one before


class Signal(NamedTuple):
    """Months that lie otherwise than is usual: from ``first`` to ``last``, ``n`` of them.

    ``is_up`` says that they lie above the middle, or rise.
    """

    rule: Rule
    first: str
    last: str
    n: int
    is_up: bool


class Course(NamedTuple):
    """A series of months, in points from its middle.

    Attributes:
        months: "YYYY-MM", in order, with gaps perhaps.
        scores: how far from the middle.
        lows: the lower ends of their intervals, as far from the middle; may be null.
        highs: the upper ends.
        widths: how far a limit is from the middle, month by month.
        deviation: the usual standard deviation of a month.
        n_baseline: from how many of the first months the middle comes.
    """

    months: list[str]
    scores: np.ndarray
    lows: np.ndarray
    highs: np.ndarray
    widths: np.ndarray
    deviation: float
    n_baseline: int


def signals_of(course: Course) -> tuple[Signal, ...]:
    """Name the months that lie otherwise than is usual.

    Args:
        course: the series.

    Returns:
        The signals, the newest first, by four rules: a month beyond a limit; two of three months
        in the outer third; seven and more on one side of the middle, their mean three standard
        errors away; seven and more that rise or fall. For the first two a month's own interval must
        exclude the middle. What overlaps by one rule is one signal, and no rule reaches over a
        month without a score.

    References:
        NHS England, "Making Data Count" (rules); docs/metrics.md, "Trend".

    Example:
        >>> months = [f"2026-{n:02}" for n in range(1, 13)]
        >>> scores = np.array([1.0, -1.0] * 5 + [1.0, -9.0])
        >>> signals_of(Course(months, scores, scores - 4, scores + 4, np.full(12, 5.3), 1.8, 12))
        (Signal(rule=<Rule.OUTSIDE: 'outside'>, first='2026-12', last='2026-12', n=1, is_up=False),)
    """
    signals = [
        signal
        for first, after in _stretches(course.months)
        for is_up in (True, False)
        for signal in _on_side(course, first, after, is_up=is_up)
    ]
    return tuple(sorted(signals, key=lambda signal: (signal.last, signal.first), reverse=True))


def signal_months(signals: Sequence[Signal]) -> dict[str, list[Signal]]:
    """List per month the signals it is part of.

    Args:
        signals: of one series.

    Returns:
        By month ("YYYY-MM"); months that are no part of a signal are not in it.

    References:
        docs/metrics.md, "Trend".

    Example:
        >>> list(signal_months([Signal(Rule.NEAR, "2025-12", "2026-01", 2, True)]))
        ['2025-12', '2026-01']
    """
    found: dict[str, list[Signal]] = {}
    for signal in signals:
        month = signal.last
        while month >= signal.first:
            found.setdefault(month, []).append(signal)
            month = months_before(month, 1)
    return dict(sorted(found.items()))


def _stretches(months: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where months follow each other without a gap: the first place, and the one after the last."""
    first = 0
    for place, (month, later) in enumerate(pairwise(months), 1):
        if months_before(later, 1) != month:
            yield first, place
            first = place
    yield first, len(months)


def _on_side(course: Course, first: int, after: int, *, is_up: bool) -> Iterator[Signal]:
    """The signals of one stretch on one side of the middle."""
    months, here = course.months, slice(first, after)
    sign = 1 if is_up else -1
    scores, widths = sign * course.scores[here], course.widths[here]
    is_sure = (course.lows[here] > 0) if is_up else (course.highs[here] < 0)
    is_outside = (scores > widths) & is_sure
    is_near = (scores > _OUTER * widths) & is_sure
    for start, end in _rows(is_outside, 1):
        ends = months[first + start], months[first + end]
        yield Signal(Rule.OUTSIDE, *ends, end - start + 1, is_up)
    for chain in _chains(is_near):
        if not is_outside[chain].all():  # else each is named already
            ends = months[first + chain[0]], months[first + chain[-1]]
            yield Signal(Rule.NEAR, *ends, len(chain), is_up)
    for start, end in _rows(scores > 0, RUN):
        mean, is_named = float(scores[start : end + 1].mean()), is_outside[start : end + 1].all()
        if not is_named and mean > _SURE * _error(course, first + start, first + end):
            yield Signal(
                Rule.RUN, months[first + start], months[first + end], end - start + 1, is_up
            )
    for start, end in _rows(np.diff(scores) > 0, RUN - 1):
        ends = months[first + start], months[first + end + 1]
        yield Signal(Rule.DRIFT, *ends, end - start + 2, is_up)


def _error(course: Course, start: int, end: int) -> float:
    """How far the mean of a row usually lies from the middle, to which its own months add."""
    n, base = end - start + 1, course.n_baseline
    shared = max(0, min(end + 1, base) - start)
    share = 1 / n + 1 / base - 2 * shared / (n * base)
    return course.deviation * math.sqrt(max(share, 0.0))


def _chains(is_in: np.ndarray) -> Iterator[list[int]]:
    """Places of which each has another within three months; those that hang together are one."""
    chain: list[int] = []
    for place in [int(place) for place in np.flatnonzero(is_in)]:
        if chain and place - chain[-1] > _OF_THREE:
            if len(chain) >= _OF_THREE:
                yield chain
            chain = []
        chain.append(place)
    if len(chain) >= _OF_THREE:
        yield chain


def _rows(is_in: np.ndarray, least: int) -> Iterator[tuple[int, int]]:
    """Where so many and more in a row hold: the first and the last place of each row."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_in.astype(int), [0]])))
    for start, after in zip(edges[::2], edges[1::2], strict=True):
        if after - start >= least:
            yield int(start), int(after - 1)
