"""When a row was answered."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from questionnaires.interchange.parts import TimePart
from questionnaires.interchange.points import CellError

ISO = "iso"

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)

_HAS_HOUR = re.compile(r"%[HIcXs]")
_IS_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def read_moment(  # noqa: PLR0913 -- a date and its parts
    time: TimePart,
    cell: str,
    year: int | None,
    month: int | None,
    day: int | None,
    *,
    zone: ZoneInfo,
    now: datetime,
) -> datetime:
    """The moment a row tells, in UTC; noon where it tells a day, the first where it tells a month.

    Raises:
        CellError: there is no such day, it is written otherwise, or it lies in the future.
    """
    there = ZoneInfo(time.zone) if time.zone else zone
    if time.column is None:
        moment = _from_parts(year or 0, month or 0, day or 1, there)
    else:
        moment = _from_text(cell.strip(), time.format, there)
    if moment > now:
        raise CellError("this lies in the future")
    if moment < EARLIEST:
        raise CellError("this lies before 1900")
    return moment


@lru_cache(maxsize=10_000)
def _from_parts(year: int, month: int, day: int, zone: ZoneInfo) -> datetime:
    """Noon of a day."""
    try:
        return datetime(year, month, day, 12, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellError("there is no such day") from None


@lru_cache(maxsize=10_000)
def _from_text(text: str, pattern: str, zone: ZoneInfo) -> datetime:
    """The moment in a cell."""
    if not text:
        raise CellError("this is blank")
    try:
        if pattern == ISO:
            moment, is_day = datetime.fromisoformat(text), bool(_IS_DAY.fullmatch(text))
        else:
            moment = datetime.strptime(text, pattern)  # noqa: DTZ007 -- the zone follows
            is_day = not _HAS_HOUR.search(pattern)
        if is_day:
            moment = moment.replace(hour=12)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise CellError(f"this is no date written as {pattern}") from None
