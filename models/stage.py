"""A stage of a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Slug, Texts, word
from models.touchpoint import Touchpoint
from vocabulary import Lifecycle

if TYPE_CHECKING:
    from models.journey import Journey


class Stage(Model):
    """One part of a journey, with its goal and the lifecycle states it leads from and to."""

    __tablename__ = "stage"
    __table_args__ = (UniqueConstraint("journey_id", "key"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), index=True)
    key: Mapped[Slug]
    position: Mapped[int]
    name: Mapped[Texts]
    goal: Mapped[Texts]
    leads_from: Mapped[Lifecycle | None] = mapped_column(word(Lifecycle, "leads_from"))
    leads_to: Mapped[Lifecycle | None] = mapped_column(word(Lifecycle, "leads_to"))
    retired_at: Mapped[Moment | None]
    journey: Mapped[Journey] = relationship(back_populates="stages", lazy="raise")
    touchpoints: Mapped[list[Touchpoint]] = relationship(
        order_by=Touchpoint.position, back_populates="stage", lazy="raise"
    )
