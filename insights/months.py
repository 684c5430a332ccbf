"""Months as "YYYY-MM": which one is over, and which came before."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

YEAR = 12
FIRST = "2000-01"
"""No month that is typed lies before this one."""


def is_month(text: str) -> bool:
    """Whether a text names a month.

    Args:
        text: anything a reader may have typed.

    Returns:
        True for "YYYY-MM" with a month from 01 to 12.

    References:
        ISO 8601.

    Example:
        >>> is_month("2026-10"), is_month("2026-13"), is_month("2026-1")
        (True, False, False)
    """
    return re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])", text, re.ASCII) is not None


def last_likely(this_month: str) -> str:
    """The last month that may be typed: a year ahead.

    Args:
        this_month: the month it is, "YYYY-MM".

    Returns:
        "YYYY-MM".

    References:
        ISO 8601.

    Example:
        >>> last_likely("2026-10")
        '2027-10'
    """
    return months_before(this_month, -YEAR)


def months_before(month: str, count: int) -> str:
    """The month so many months earlier.

    Args:
        month: "YYYY-MM".
        count: how many months to go back.

    Returns:
        "YYYY-MM".

    References:
        ISO 8601.

    Example:
        >>> months_before("2026-02", 3)
        '2025-11'
    """
    total = int(month[:4]) * YEAR + int(month[5:]) - 1 - count
    return f"{total // YEAR:04d}-{total % YEAR + 1:02d}"


def months_from(first: str, last: str) -> list[str]:
    """List the months from one to another, both included.

    Args:
        first: "YYYY-MM".
        last: "YYYY-MM".

    Returns:
        The months in order; none when the last lies before the first.

    References:
        ISO 8601.

    Example:
        >>> months_from("2025-12", "2026-02")
        ['2025-12', '2026-01', '2026-02']
    """
    year, month = int(last[:4]) - int(first[:4]), int(last[5:]) - int(first[5:])
    count = year * YEAR + month
    return [months_before(last, back) for back in range(count, -1, -1)]


def last_closed(now: datetime, zone: ZoneInfo) -> str:
    """The last month that is over where the organisation is.

    Args:
        now: the moment, aware.
        zone: the organisation's time zone.

    Returns:
        "YYYY-MM".

    References:
        ISO 8601.

    Example:
        >>> from datetime import UTC
        >>> last_closed(datetime(2026, 10, 31, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Amsterdam"))
        '2026-10'
    """
    return months_before(f"{now.astimezone(zone):%Y-%m}", 1)


def end_of(month: str, zone: ZoneInfo) -> datetime:
    """The first moment after a month where the organisation is.

    Args:
        month: "YYYY-MM".
        zone: the organisation's time zone.

    Returns:
        The moment, aware.

    References:
        ISO 8601.

    Example:
        >>> end_of("2026-10", ZoneInfo("Europe/Amsterdam")).isoformat()
        '2026-11-01T00:00:00+01:00'
    """
    following = months_before(month, -1)
    return datetime(int(following[:4]), int(following[5:]), 1, tzinfo=zone)
