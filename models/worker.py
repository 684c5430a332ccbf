"""A worker: a process that does jobs, and when it was last seen alive."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model, Moment


class Worker(Model):
    """One worker process; its row goes when it stops in good order."""

    __tablename__ = "worker"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    started_at: Mapped[Moment]
    seen_at: Mapped[Moment]
