"""The to-do table: put, claim with a lease, finish, fail, give back, retry.

A job is run at least once: who does it must bear doing it twice. Every function but ``put``
commits, for the table is theirs alone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from extensions import db
from jobs.kinds import FACT_KINDS
from models import Job

LEASE = timedelta(seconds=20)
"""How long a claimed job is left alone; its worker renews the lease while it runs."""

MAX_ATTEMPTS = 12
"""How often a job is tried; with the waits between them, for about two hours."""

FAILS_OFTEN = 4
"""From this attempt on a job is no longer merely unlucky."""

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)

PATIENCE = timedelta(minutes=10)
"""How long answers may wait for the fact table before something is wrong."""

KEPT = timedelta(days=7)
"""How long a job that was done stays on the list."""

CLAIMING = 0x0751DE
"""The number of the PostgreSQL lock under which workers claim, one after the other."""


class Lane(StrEnum):
    """Work that does not wait for the other kind of work."""

    FACTS = "facts"  # answers on their way to the board, within seconds
    OTHER = "other"


@dataclass(frozen=True)
class Claim:
    """A job that a worker holds: what to do, and which attempt at it this is."""

    id: int
    kind: str
    payload: dict[str, Any]
    worker: str
    attempt: int


def put(
    kind: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    due_at: datetime | None = None,
    once: str | None = None,
) -> None:
    """Add a job in the caller's transaction; it exists if, and only if, that one commits.

    Jobs that say exactly the same and are due run as one, so putting one per cause is right.

    Args:
        kind: what to do, a ``jobs.kinds.JobKind``.
        payload: with what; plain JSON, no personal data.
        now: the moment.
        due_at: not before; at once by default.
        once: while a job with this key waits, another is not added. Not for work about what this
            transaction writes: the waiting job may start before it is committed.
    """
    job = {
        "kind": str(kind),
        "payload": payload,
        "created_at": now,
        "due_at": due_at or now,
        "once": once,
    }
    connection = db.session.connection()  # a statement, not an object: every answer puts a job
    connection.execute(_insert(connection.dialect.name, is_once=once is not None), job)


def is_any_due(lane: Lane, now: datetime) -> bool:
    """Whether there is something to claim: a look that disturbs no writer."""
    return bool(db.session.scalar(select(Job.id).where(_claimable(lane, now)).limit(1)))


def claim(worker: str, lane: Lane, now: datetime) -> Claim | None:
    """Take the job that is due longest, for the time of a lease; nothing if there is none.

    Other due jobs of the same kind and payload are taken off: this run does their work too.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(CLAIMING)))
    if lane is Lane.FACTS and _is_lane_taken(now):
        db.session.rollback()
        return None
    found = select(Job).where(_claimable(lane, now)).order_by(Job.due_at, Job.id)
    job = db.session.scalar(found.limit(1).with_for_update(skip_locked=True))
    if job is None:
        db.session.rollback()
        return None
    _merge_equals(job, now)
    job.worker, job.leased_until, job.attempts = worker, now + LEASE, job.attempts + 1
    job.once = None  # from here on the same may be put again: this run may miss what comes later
    taken = Claim(job.id, job.kind, job.payload, worker, job.attempts)
    db.session.commit()
    return taken


def renew(held: Claim, now: datetime, progress: float | None) -> bool:
    """Say that the job still runs, and how far it is; whether it is still ours."""
    return _change(held, leased_until=now + LEASE, progress=progress)


def finish(held: Claim, now: datetime) -> bool:
    """Say that the job is done; whether it was still ours."""
    return _change(held, done_at=now, leased_until=None, progress=1.0, error=None)


def give_back(held: Claim, now: datetime) -> bool:
    """Let another worker do the job at once, as if this attempt had not been."""
    return _change(held, leased_until=None, due_at=now, progress=None, attempts=held.attempt - 1)


def fail(held: Claim, now: datetime, error: str, *, is_final: bool = False) -> bool:
    """Say that the attempt failed: the job waits for the next one, or is given up.

    Args:
        held: the job.
        now: the moment.
        error: what went wrong, in one line without secrets.
        is_final: no further attempt can help.
    """
    if is_final or held.attempt >= MAX_ATTEMPTS:
        return _change(held, failed_at=now, leased_until=None, progress=None, error=error)
    due_at = now + wait(held.id, held.attempt)
    return _change(held, due_at=due_at, leased_until=None, progress=None, error=error)


def retry(job_id: int, now: datetime) -> bool:
    """Try a job again that was given up, as if it were new; whether there is such a job."""
    given_up = update(Job).where(Job.id == job_id, Job.failed_at.is_not(None))
    done = db.session.connection().execute(
        given_up.values(failed_at=None, due_at=now, attempts=0, error=None, progress=None)
    )
    db.session.commit()
    return bool(done.rowcount)


def sweep(now: datetime) -> None:
    """Forget what was done long ago, and give up what kept killing its workers."""
    db.session.execute(delete(Job).where(Job.done_at < now - KEPT))
    worn_out = update(Job).where(_is_open(), Job.leased_until < now, Job.attempts >= MAX_ATTEMPTS)
    error = f"Its worker stopped {MAX_ATTEMPTS} times while doing it."
    db.session.execute(worn_out.values(failed_at=now, leased_until=None, error=error))
    db.session.commit()


def are_facts_behind(now: datetime) -> bool:
    """Whether answers do not reach the fact table: that work waits too long, or keeps failing."""
    is_late = and_(_is_open(), or_(Job.due_at < now - PATIENCE, Job.attempts >= FAILS_OFTEN))
    stuck = select(Job.id).where(Job.kind.in_(FACT_KINDS), or_(is_late, Job.failed_at.is_not(None)))
    return db.session.scalar(stuck.limit(1)) is not None


def wait(job_id: int, attempt: int) -> timedelta:
    """How long to wait after a failed attempt: twice as long each time, spread by chance.

    The chance is drawn from the job and the attempt, so that it is the same when asked again.
    """
    longest = min(FIRST_WAIT * float(2 ** (attempt - 1)), LONGEST_WAIT)
    return longest * Random(f"{job_id}:{attempt}").uniform(0.5, 1)  # noqa: S311 -- no secret


@cache
def _insert(dialect: str, *, is_once: bool) -> Executable:
    """The statement that adds a job, on one kind of database."""
    make: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    job: Any = make(Job.__table__)
    added: Executable = job.on_conflict_do_nothing(index_elements=["once"]) if is_once else job
    return added


def _is_open() -> ColumnElement[bool]:
    """Neither done nor given up."""
    return and_(Job.done_at.is_(None), Job.failed_at.is_(None))


def _claimable(lane: Lane, now: datetime) -> ColumnElement[bool]:
    """Open, due, in no one's hands, and with an attempt left."""
    is_free = or_(Job.leased_until.is_(None), Job.leased_until < now)
    is_in_lane = Job.kind.in_(FACT_KINDS) if lane is Lane.FACTS else Job.kind.not_in(FACT_KINDS)
    return and_(_is_open(), Job.due_at <= now, is_free, is_in_lane, Job.attempts < MAX_ATTEMPTS)


def _is_lane_taken(now: datetime) -> bool:
    """Whether a worker is bringing answers to the fact table: one does so at a time."""
    held = select(Job.id).where(_is_open(), Job.leased_until >= now, Job.kind.in_(FACT_KINDS))
    return db.session.scalar(held.limit(1)) is not None


def _merge_equals(job: Job, now: datetime) -> None:
    """Take other jobs off that say exactly the same as this one and could be claimed too."""
    lane = Lane.FACTS if job.kind in FACT_KINDS else Lane.OTHER
    same_kind = select(Job.id, Job.payload).where(
        _claimable(lane, now), Job.kind == job.kind, Job.id != job.id
    )
    rows = db.session.execute(same_kind.limit(500).with_for_update(skip_locked=True))
    same = [row.id for row in rows if row.payload == job.payload]
    if same:
        db.session.execute(delete(Job).where(Job.id.in_(same)))


def _change(held: Claim, **values: Any) -> bool:  # noqa: ANN401 -- values of columns
    """Change a job if this worker still holds this attempt at it."""
    ours = update(Job).where(
        Job.id == held.id, Job.worker == held.worker, Job.attempts == held.attempt, _is_open()
    )
    done = db.session.connection().execute(ours.values(**values))
    db.session.commit()
    return bool(done.rowcount)
