"""An effect as plain values: what JSON holds."""

from typing import Any

from insights.effects.contrast import Contrast
from insights.effects.effects import Effect
from insights.effects.months import Step
from insights.plain import number, plain_rows
from insights.release.suppression import MINIMUM_PERSONS


def effect_content(effect: Effect) -> dict[str, Any]:
    """Give an effect without frames and without NaN.

    Args:
        effect: what is known of an improvement.

    Returns:
        ``verdict``, ``reason``, ``before`` and ``after`` (months, or null), ``verdict_in`` (the
        month a first verdict can be given), ``n_before``, ``n_after`` (ratings), ``change``,
        ``low``, ``high``, ``smallest`` (points), ``before_start`` and ``step`` (each with
        ``change``, ``low``, ``high``, or null), ``needed`` (``ratings``, ``per_month``, ``month``,
        or null), ``controls`` (``touchpoint``, ``change``, ``reason``), ``breaks`` and ``months``.

    References:
        RFC 8259, section 6: JSON has no NaN.

    Example:
        >>> from datetime import date
        >>> import pandas as pd
        >>> from insights.effects.controls import Plan
        >>> from insights.effects.sums import Sums
        >>> from insights.effects.effects import weigh
        >>> ratings = pd.DataFrame(columns=["cluster", "touchpoint", "month", "n", "total"])
        >>> persons = pd.DataFrame(columns=["touchpoint", "month", "persons"])
        >>> changed = pd.DataFrame(columns=["touchpoint", "month"])
        >>> plan = Plan("buy", ("shop",), None, date(2026, 3, 1), 5.0)
        >>> content = effect_content(weigh(Sums(ratings, persons), changed, plan, "2026-01"))
        >>> content["verdict"], content["reason"], content["change"], content["verdict_in"]
        ('too_early', 'not_started', None, '2026-09')
    """
    case = effect.case
    window, compared = case.window, case.compared
    is_told = compared.is_sure
    return {
        "verdict": effect.verdict.value,
        "reason": effect.reason.value if effect.reason else None,
        "before": list(window.before),
        "after": list(window.after) if window.after else None,
        "verdict_in": window.verdict_in,
        "n_before": _count(case.amount.n_before),
        "n_after": _count(case.amount.n_after),
        "change": compared.change if is_told else None,
        "low": number(compared.interval.low),
        "high": number(compared.interval.high),
        "smallest": number(compared.smallest),
        "before_start": _contrast(case.before_start),
        "step": _step(case.step),
        "needed": effect.needed._asdict() if effect.needed else None,
        "controls": [
            {"touchpoint": each.touchpoint, "change": number(each.change), "reason": each.reason}
            for each in effect.controls
        ],
        "breaks": list(effect.breaks),
        "months": plain_rows(effect.scores),
    }


def _count(n: int) -> int | None:
    """A number of ratings; None where there are fewer than five."""
    return n if n >= MINIMUM_PERSONS else None


def _contrast(found: Contrast | None) -> dict[str, float] | None:
    """A contrast with its interval, where there is one."""
    if found is None or not found.is_sure:
        return None
    return {"change": found.change, "low": found.interval.low, "high": found.interval.high}


def _step(found: Step | None) -> dict[str, Any] | None:
    """What the months say, where they say anything."""
    if found is None:
        return None
    low, high = found.interval
    return {
        "change": found.change,
        "low": low,
        "high": high,
        "n_months": found.n_months,
        "is_robust": found.is_robust,
        "has_seasons": found.has_seasons,
    }
