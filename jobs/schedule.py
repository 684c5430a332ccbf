"""Work that repeats: what, and when in the organisation's time zone."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from extensions import db
from jobs.kinds import JobKind
from jobs.queue import put


class Every(StrEnum):
    """How often."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class Schedule(NamedTuple):
    """One kind of job, how often, and at what time; of an hour only the minute counts."""

    kind: JobKind
    every: Every
    at: time


SCHEDULES = (
    Schedule(JobKind.PROJECT_PARTIAL, Every.HOUR, time(0, 20)),
    Schedule(JobKind.PROJECT_ANONYMOUS, Every.DAY, time(0, 30)),
    Schedule(JobKind.COMPACT_FACTS, Every.DAY, time(3, 0)),
    Schedule(JobKind.SEND_SUMMARIES, Every.MONTH, time(6, 0)),
)


def next_due(schedule: Schedule, now: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after now at which the work is due, in local time.

    Example:
        >>> from datetime import UTC
        >>> now = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # 1 November, 0:30 in Amsterdam
        >>> next_due(SCHEDULES[3], now, ZoneInfo("Europe/Amsterdam")).isoformat()
        '2026-11-01T06:00:00+01:00'
    """
    local = now.astimezone(zone)
    if schedule.every is Every.HOUR:
        due = now.replace(minute=schedule.at.minute, second=0, microsecond=0)
        return due if due > now else due + timedelta(hours=1)
    day = local.date().replace(day=1) if schedule.every is Every.MONTH else local.date()
    due = datetime.combine(day, schedule.at, zone)
    if due <= now:
        step = timedelta(days=32) if schedule.every is Every.MONTH else timedelta(days=1)
        later = day + step
        day = later.replace(day=1) if schedule.every is Every.MONTH else later
        due = datetime.combine(day, schedule.at, zone)
    return due


def plan(now: datetime, zone: ZoneInfo) -> None:
    """Put the next job of each schedule, unless it waits already; one missed runs late, once.

    A monthly job is told the month that closed, as ``{"month": "2026-10"}``.
    """
    for schedule in SCHEDULES:
        due = next_due(schedule, now, zone)
        payload = {}
        if schedule.every is Every.MONTH:
            closed = due.date().replace(day=1) - timedelta(days=1)
            payload = {"month": f"{closed:%Y-%m}"}
        put(schedule.kind, payload, now=now, due_at=due, once=f"schedule:{schedule.kind}")
    db.session.commit()
