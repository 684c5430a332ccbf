"""Which months lie before an improvement, and which after."""

from datetime import date
from typing import NamedTuple

from insights.comparing.changes import Period
from insights.months import YEAR, months_before, months_from

MONTHS_NEEDED = 6
"""No verdict before so many closed months have passed since the start."""

MONTHS_AFTER = YEAR
"""Later months no longer count: the verdict is final then."""

MONTHS_BEFORE = YEAR


class Window(NamedTuple):
    """The months that are compared.

    A month in which the improvement started half-way counts for neither side.

    Attributes:
        before: the year before the month of the start, as far as it is over.
        after: the closed months since the start, at most a year; None before the first is closed.
        first_after: the first month that is wholly after the start, "YYYY-MM".
        n_months_after: how many months ``after`` has.
        verdict_in: the month that begins when a verdict can first be given.
    """

    before: Period
    after: Period | None
    first_after: str
    n_months_after: int
    verdict_in: str

    @property
    def last(self) -> str:
        """The last month that is looked at."""
        return self.after.last if self.after else self.before.last

    @property
    def is_over(self) -> bool:
        """Whether no further month will count."""
        return self.n_months_after == MONTHS_AFTER


def window(starts_on: date, last_closed: str) -> Window:
    """Say which months are compared for an improvement.

    Args:
        starts_on: the first day of the improvement.
        last_closed: the last month that is over, "YYYY-MM".

    Returns:
        The months before and after.

    References:
        docs/metrics.md, "Effect of an improvement".

    Example:
        >>> found = window(date(2026, 3, 10), "2026-05")
        >>> tuple(found.before), tuple(found.after), found.verdict_in
        (('2025-03', '2026-02'), ('2026-04', '2026-05'), '2026-10')
    """
    month = f"{starts_on:%Y-%m}"
    first = month if starts_on.day == 1 else months_before(month, -1)
    closed = months_from(first, last_closed)[:MONTHS_AFTER]
    last_before = min(months_before(month, 1), last_closed)
    return Window(
        before=Period(months_before(month, MONTHS_BEFORE), last_before),
        after=Period(first, closed[-1]) if closed else None,
        first_after=first,
        n_months_after=len(closed),
        verdict_in=months_before(first, -MONTHS_NEEDED),
    )
