"""The verdict on an improvement: what the numbers allow to be said, and why not more."""

import math
from enum import StrEnum
from typing import NamedTuple

from insights.clusters import MINIMUM_CLUSTERS
from insights.effects.contrast import Contrast
from insights.effects.months import Step
from insights.effects.window import MONTHS_AFTER, MONTHS_NEEDED, Window
from insights.intervals import Interval
from insights.months import months_before
from insights.release.suppression import FEW_ANSWERS

MONTHS_KNOWN_BEFORE = 3
"""Fewer months before the start than this are no measure of how it was."""


class Verdict(StrEnum):
    """What may be said of an improvement."""

    HELPED = "helped"
    NO_EFFECT = "no_effect"  # none seen; see ``smallest`` for what would have been
    HURT = "hurt"
    TOO_EARLY = "too_early"
    NO_PROOF = "no_proof"  # and time alone will bring none


class Reason(StrEnum):
    """Why it is too early, or why there is no proof."""

    NOT_STARTED = "not_started"
    FEW_MONTHS = "few_months"
    FEW_ANSWERS = "few_answers"
    REGISTERED_LATE = "registered_late"
    TOO_FEW_BEFORE = "too_few_before"
    TOO_FEW_AFTER = "too_few_after"
    NO_CONTROLS = "no_controls"
    OVERLAPS = "overlaps"  # another improvement of the same touchpoints
    QUESTIONS_CHANGED = "questions_changed"
    NO_VARIATION = "no_variation"
    NOT_PARALLEL = "not_parallel"  # the gap moved before the start, and the months do not confirm
    ONE_CONTROL = "one_control"  # and the months do not confirm
    MONTHS_DISAGREE = "months_disagree"
    FIRST_SEEN = "first_seen"  # not yet without the last month


class Amount(NamedTuple):
    """How much there is to judge by: ratings, clusters and months of the acted touchpoints."""

    n_before: int
    n_after: int
    clusters_before: int
    clusters_after: int
    months_before: int


class Needed(NamedTuple):
    """What it takes to know more.

    Attributes:
        ratings: how many more ratings of the acted touchpoints; None where no number would do.
        per_month: how many come in a month at the rate since the start; None without any.
        month: the month in which they are there at that rate; None where it cannot be said, or
            not within the year that counts.
    """

    ratings: int | None
    per_month: float | None
    month: str | None


class Case(NamedTuple):
    """Everything a verdict rests on.

    Attributes:
        window: the months compared.
        amount: how much there is.
        n_controls: how many untouched touchpoints are left to compare with.
        compared: the difference in differences.
        before_start: the same between two halves of the time before; None where there is none.
        step: the segmented regression; None where the months do not allow it.
        is_late: whether it was registered when it had started.
        overlaps: whether another improvement changed the same touchpoints in these months.
        has_break: whether the questionnaire changed in these months.
    """

    window: Window
    amount: Amount
    n_controls: int
    compared: Contrast
    before_start: Contrast | None
    step: Step | None
    is_late: bool = False
    overlaps: bool = False
    has_break: bool = False


def judge(case: Case, before: Case | None = None) -> tuple[Verdict, Reason | None]:
    """Say what may be said of an improvement.

    Args:
        case: the numbers and circumstances.
        before: the same without the last month. Whoever looks every month will see chance pass
            for an effect once; an effect is there without the last month too.

    Returns:
        The verdict, and why it is no more than that. Where the interval holds 0, or lies to one
        side and nothing contradicts it, there is no reason to give.

    References:
        docs/metrics.md, "Effect of an improvement". P. Armitage, C. K. McPherson, B. C. Rowe,
        JRSS A 132(2), 1969, on looking again and again.

    Example:
        >>> from datetime import date
        >>> from insights.effects.window import window
        >>> start = window(date(2026, 3, 1), "2026-04")
        >>> case = Case(start, Amount(90, 20, 90, 20, 12), 3,
        ...     Contrast(9.0, 2.0, 50.0, True, 1.0), None, None)
        >>> [word.value for word in judge(case)]
        ['too_early', 'few_months']
    """
    no_proof = _never(case)
    if no_proof is not None:
        return Verdict.NO_PROOF, no_proof
    too_early = _not_yet(case)
    if too_early is not None:
        return Verdict.TOO_EARLY, too_early
    verdict, doubt = _found(case)
    is_effect = verdict in {Verdict.HELPED, Verdict.HURT}
    if is_effect and before is not None and _found(before)[0] != verdict:
        return Verdict.NO_PROOF if case.window.is_over else Verdict.TOO_EARLY, Reason.FIRST_SEEN
    return verdict, doubt


def needed_ratings(case: Case, expected: float) -> Needed | None:
    """Say how many more ratings it takes to see an effect as large as was expected.

    Args:
        case: the numbers.
        expected: points.

    Returns:
        What it takes; None where the ratings there are suffice already, or before the start. Of
        the two numbers, those a verdict needs at all and those that find the expected effect in
        80% of cases, the larger.

    References:
        docs/metrics.md, "Effect of an improvement": errors of the ratings after the start fall with
        their number, those of the ratings before and the drift of touchpoints do not.

    Example:
        >>> from datetime import date
        >>> from insights.effects.window import window
        >>> start = window(date(2026, 3, 1), "2026-08")
        >>> case = Case(start, Amount(900, 60, 90, 60, 12), 3,
        ...     Contrast(1.0, 2.5, 500.0, True, 1.25), None, None)
        >>> tuple(needed_ratings(case, 6.0))
        (31, 10.0, '2026-12')
    """
    n, window = case.amount.n_after, case.window
    if not window.n_months_after:
        return None
    per_month = n / window.n_months_after
    wanted: float = FEW_ANSWERS
    if case.compared.is_sure:
        room = (expected / case.compared.reach) ** 2 - case.compared.fixed
        varies = case.compared.error**2 - case.compared.fixed
        wanted = max(wanted, n * varies / room) if room > 0 else math.inf
    if wanted <= n:
        return None
    if math.isinf(wanted) or not per_month:
        return Needed(None if math.isinf(wanted) else int(wanted) - n, per_month or None, None)
    missing = math.ceil(wanted - n)
    months = math.ceil(missing / per_month)
    is_in_time = window.n_months_after + months <= MONTHS_AFTER
    month = months_before(window.last, -months) if is_in_time else None
    return Needed(missing, per_month, month)


def _never(case: Case) -> Reason | None:
    """Why this improvement cannot be proven, however long one waits."""
    amount = case.amount
    has_started = case.window.n_months_after > 0
    is_unknown = (
        amount.n_before < FEW_ANSWERS
        or amount.clusters_before < MINIMUM_CLUSTERS
        or amount.months_before < MONTHS_KNOWN_BEFORE
    )
    reasons = {
        Reason.REGISTERED_LATE: case.is_late,
        Reason.TOO_FEW_BEFORE: has_started and is_unknown,
        Reason.OVERLAPS: case.overlaps,
        Reason.QUESTIONS_CHANGED: has_started and case.has_break,
        Reason.NO_CONTROLS: has_started and _has_enough(case) and not case.n_controls,
        Reason.TOO_FEW_AFTER: case.window.is_over and not _has_enough(case),
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _not_yet(case: Case) -> Reason | None:
    """Why it is too early."""
    if not case.window.n_months_after:
        return Reason.NOT_STARTED
    if case.window.n_months_after < MONTHS_NEEDED:
        return Reason.FEW_MONTHS
    return None if _has_enough(case) else Reason.FEW_ANSWERS


def _found(case: Case) -> tuple[Verdict, Reason | None]:
    """What the numbers say, if they are enough."""
    if not case.compared.is_sure:
        return Verdict.NO_PROOF, Reason.NO_VARIATION
    if not case.compared.is_seen:
        return Verdict.NO_EFFECT, None
    doubt = _doubt(case, math.copysign(1.0, case.compared.change))
    if doubt is not None:
        return Verdict.NO_PROOF, doubt
    return (Verdict.HELPED if case.compared.change > 0 else Verdict.HURT), None


def _has_enough(case: Case) -> bool:
    """Whether enough was answered since the start."""
    amount = case.amount
    return amount.n_after >= FEW_ANSWERS and amount.clusters_after >= MINIMUM_CLUSTERS


def _doubt(case: Case, sign: float) -> Reason | None:
    """What speaks against an effect whose interval lies on one side of 0."""
    is_confirmed = case.step is not None and _lies(case.step.interval, sign)
    was_moving = case.before_start is not None and case.before_start.is_seen
    if was_moving and not is_confirmed:
        return Reason.NOT_PARALLEL
    if case.n_controls == 1 and not is_confirmed:
        return Reason.ONE_CONTROL
    if case.step is None:
        return None
    agrees = sign * case.step.change > 0 and _holds(case.step.interval, case.compared.change)
    return None if agrees else Reason.MONTHS_DISAGREE


def _lies(interval: Interval, sign: float) -> bool:
    """Whether an interval lies wholly on one side of 0."""
    return interval.low > 0 if sign > 0 else interval.high < 0


def _holds(interval: Interval, value: float) -> bool:
    """Whether a value lies within an interval."""
    return interval.low <= value <= interval.high
