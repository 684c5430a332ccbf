"""A subscription: who gets the monthly summary of a journey."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Name
from models.journey import Journey


class Subscription(Model):
    """One address gets one journey's summary, in one language, until it says no.

    A row is never deleted: it remembers what was sent, and who does not want to be asked again.
    """

    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("journey_id", "email"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), index=True)
    # The colleague who subscribed; none where an analyst added the address of somebody else.
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))  # in lower case
    name: Mapped[Name]
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
    # Ended by who got the mail: only they themselves may begin again.
    was_declined: Mapped[bool] = mapped_column(default=False)
    journey: Mapped[Journey] = relationship(lazy="raise")

    @property
    def is_active(self) -> bool:
        """Whether it still gets mail."""
        return self.ended_at is None
