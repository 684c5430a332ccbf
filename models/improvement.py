"""An improvement: what the company changes at touchpoints, registered before it starts."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Name, Slug


class Improvement(Model):
    """What is to change, where, from which day, and how many points are expected of it."""

    __tablename__ = "improvement"
    __table_args__ = (CheckConstraint("expected > 0", name="expects_something"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), index=True
    )
    stage: Mapped[Slug]  # its key
    title: Mapped[Name]
    description: Mapped[str | None] = mapped_column(Text)
    touchpoints: Mapped[list[str]] = mapped_column(JSON)  # keys within the stage
    controls: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # none: all others
    starts_on: Mapped[date]
    expected: Mapped[float]  # points of the touchpoints' score
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    registered_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]  # it did not take place; kept, for it was announced
