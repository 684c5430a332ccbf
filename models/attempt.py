"""An attempt: one try to sign in or to reset a password, counted to slow down guessing."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Attempt(Model):
    """One try for one account or from one address; which one is stored as a hash."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_subject_tried_at", "subject", "tried_at"),)

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(64))
    tried_at: Mapped[Moment]
