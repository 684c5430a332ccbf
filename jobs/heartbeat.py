"""Signs of life: each worker says now and then that it is there."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from extensions import db
from models import Worker

BEAT = timedelta(seconds=5)
"""How often a worker says that it lives."""

SILENCE = timedelta(seconds=30)
"""After how long without a sign a worker is taken for dead."""


def beat(worker: str, now: datetime) -> None:
    """Say that the worker lives."""
    seen = db.session.connection().execute(
        update(Worker).where(Worker.name == worker).values(seen_at=now)
    )
    if not seen.rowcount:
        db.session.execute(delete(Worker).where(Worker.seen_at < now - timedelta(days=1)))
        db.session.add(Worker(name=worker, started_at=now, seen_at=now))
    db.session.commit()


def leave(worker: str) -> None:
    """Say that the worker stops."""
    db.session.execute(delete(Worker).where(Worker.name == worker))
    db.session.commit()


def n_alive(now: datetime) -> int:
    """How many workers gave a sign of life lately."""
    alive = select(func.count()).select_from(Worker).where(Worker.seen_at >= now - SILENCE)
    return db.session.scalar(alive) or 0
