"""The closed months the demonstration fills, how much happens in each, and moments inside them."""

import calendar
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from demo.company import TIME_ZONE
from vocabulary import Market

MONTHS: Final = 24

LEVELS: Final = (1.0, 1.0, 1.05, 1.0, 1.0, 1.0, 0.75, 0.8, 1.05, 1.1, 1.1, 0.85)
"""How much is answered in each month of a year, January first; 1 is a usual month."""

HOURS: Final = {Market.B2B: range(8, 18), Market.B2C: range(7, 23)}
WEEKEND: Final = 5


def closed_months(now: datetime) -> list[tuple[int, int]]:
    """The last ``MONTHS`` months that are over, oldest first, as (year, month).

    Example:
        >>> closed_months(datetime(2026, 3, 1, tzinfo=UTC))[-2:]
        [(2026, 1), (2026, 2)]
    """
    here = now.astimezone(ZoneInfo(TIME_ZONE))
    last = here.year * 12 + here.month - 2  # months since year 0, January being 0
    return [(month // 12, month % 12 + 1) for month in range(last - MONTHS + 1, last + 1)]


def spread(responses: int, months: Sequence[tuple[int, int]]) -> list[int]:
    """How many responses each month gets: a little more every month, fewer in summer.

    The largest remainders are rounded up, so that the counts add up exactly.
    """
    wanted = [
        LEVELS[month - 1] * (0.85 + 0.3 * step / len(months))
        for step, (_, month) in enumerate(months)
    ]
    exact = [responses * part / sum(wanted) for part in wanted]
    counts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: counts[i] - exact[i])
    for i in by_remainder[: responses - sum(counts)]:
        counts[i] += 1
    return counts


def moment(random: Random, month: tuple[int, int], market: Market) -> datetime:
    """A moment in a month, in UTC: by day, and for firms on a working day."""
    year, number = month
    day = random.randint(1, calendar.monthrange(year, number)[1])
    hour = random.choice(HOURS[market])
    local = datetime(
        year,
        number,
        day,
        hour,
        random.randrange(60),
        random.randrange(60),
        tzinfo=ZoneInfo(TIME_ZONE),
    )
    if market is Market.B2B and local.weekday() >= WEEKEND:
        back = timedelta(days=local.weekday() - WEEKEND + 1)
        local = local - back if day > back.days else local + timedelta(days=2)
    return local.astimezone(UTC)
