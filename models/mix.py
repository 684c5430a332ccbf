"""A known mix: which shares of the people there are, so that answers can be weighted to it."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Slug


class Mix(Model):
    """The shares of one property among all people of a journey, from a month on."""

    __tablename__ = "mix"
    __table_args__ = (UniqueConstraint("journey_id", "dimension", "month_from"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), index=True
    )
    dimension: Mapped[Slug]  # audience, market, or the name of an attribute
    month_from: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    shares: Mapped[dict[str, Any]]  # value to share, 0-1, together 1
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    set_at: Mapped[Moment]
