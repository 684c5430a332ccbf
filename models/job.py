"""A job: work that is done outside a request, kept until it is done."""

from typing import Any

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment

OPEN = "done_at IS NULL AND failed_at IS NULL"


class Job(Model):
    """One thing to do: put in the transaction that caused it, claimed with a lease, then run.

    It is done, failed for good, leased to a worker, or waiting: derived from the moments here.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_open", "due_at", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(60))
    once: Mapped[str | None] = mapped_column(String(200), unique=True)  # put twice, there is one
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[Moment]
    due_at: Mapped[Moment]
    leased_until: Mapped[Moment | None]
    worker: Mapped[str | None] = mapped_column(String(120))
    attempts: Mapped[int] = mapped_column(default=0)
    progress: Mapped[float | None]  # share done, 0-1
    error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[Moment | None]
    failed_at: Mapped[Moment | None]
