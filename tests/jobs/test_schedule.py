from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from extensions import db
from jobs import queue
from jobs.queue import Lane
from jobs.schedule import SCHEDULES, next_due, plan
from models import Job

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def due(kind, now):
    schedule = next(each for each in SCHEDULES if each.kind == kind)
    return next_due(schedule, datetime.fromisoformat(now), AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("kind", "now", "expected"),
    [
        ("project_partial", "2026-11-02T12:19:59+00:00", "2026-11-02T12:20:00+00:00"),
        ("project_partial", "2026-11-02T12:20:00+00:00", "2026-11-02T13:20:00+00:00"),
        ("project_anonymous", "2026-11-02T12:00:00+00:00", "2026-11-02T23:30:00+00:00"),
        ("compact_facts", "2026-10-24T12:00:00+00:00", "2026-10-25T02:00:00+00:00"),
        ("compact_facts", "2026-03-28T12:00:00+00:00", "2026-03-29T01:00:00+00:00"),
        ("send_summaries", "2026-11-01T04:59:59+00:00", "2026-11-01T05:00:00+00:00"),
        ("send_summaries", "2026-11-01T05:00:00+00:00", "2026-12-01T05:00:00+00:00"),
        ("send_summaries", "2026-12-31T23:30:00+00:00", "2027-01-01T05:00:00+00:00"),
    ],
)
def test_work_is_due_at_its_local_time_in_summer_and_winter(kind, now, expected):
    assert due(kind, now).isoformat() == expected


def test_planning_twice_puts_each_repeating_job_once(app):
    plan(NOON, AMSTERDAM)
    plan(NOON, AMSTERDAM)

    planned = dict(db.session.execute(select(Job.kind, Job.payload)).all())
    assert planned == {
        "project_partial": {},
        "project_anonymous": {},
        "compact_facts": {},
        "send_summaries": {"month": "2026-11"},
    }
    assert db.session.query(Job).count() == len(SCHEDULES)


def test_work_missed_while_no_worker_ran_is_done_late_and_then_planned_anew(app):
    plan(NOON, AMSTERDAM)
    january = datetime(2027, 1, 15, tzinfo=UTC)

    late = queue.claim("ann", Lane.OTHER, january)
    plan(january, AMSTERDAM)

    assert late.payload == {"month": "2026-11"}
    waiting = select(Job.payload).where(Job.kind == late.kind, Job.leased_until.is_(None))
    assert db.session.scalars(waiting).all() == [{"month": "2027-01"}]
