"""A delivery: one summary on its way to one subscriber."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment
from models.subscription import Subscription


class Delivery(Model):
    """One month's summary for one subscriber; there is never a second.

    Begun and neither sent nor refused means that a crash left its fate unknown: it is listed and
    only sent again by hand, with the same Message-ID.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("subscription_id", "month"),)

    id: Mapped[Key]
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    month: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    planned_at: Mapped[Moment]
    begun_at: Mapped[Moment | None]  # handed to the mail server, answer not yet known
    sent_at: Mapped[Moment | None]
    refused_at: Mapped[Moment | None]  # the mail server said no, for good
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)  # what the last attempt met
    subscription: Mapped[Subscription] = relationship(lazy="raise")
