"""When what is missing will be there, at the rate at which it comes in."""

import math

from insights.months import months_before

FURTHEST = 24
"""No month is named beyond so many: nobody plans for later at today's rate."""

_ROUNDING = 1e-9  # 12 at 1.2 a month are ten months, whatever a machine makes of 12 / 1.2


def expected_month(missing: float, monthly: float, last: str) -> str | None:
    """Say in which month the last of what is missing will come in.

    Args:
        missing: how many are missing.
        monthly: how many come in per month; 0 when none do.
        last: the last month that was counted, "YYYY-MM".

    Returns:
        "YYYY-MM"; ``last`` itself where nothing is missing. None where it cannot be said: nothing
        comes in, or it would take more than two years.

    Raises:
        ValueError: ``monthly`` is negative or not finite.

    References:
        docs/metrics.md, "Pain".

    Example:
        >>> expected_month(23, 6, "2026-10")
        '2027-02'
    """
    if not (math.isfinite(monthly) and monthly >= 0):
        raise ValueError("monthly: it is finite and not negative")
    if missing <= 0:
        return last
    if monthly * FURTHEST < missing - _ROUNDING:
        return None
    return months_before(last, -math.ceil(missing / monthly - _ROUNDING))
