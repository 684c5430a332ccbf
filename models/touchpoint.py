"""A touchpoint: where people meet the company within a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Slug, Texts, word
from vocabulary import Channel, Media, Team

if TYPE_CHECKING:
    from models.stage import Stage


class Touchpoint(Model):
    """One place or moment where people meet the company."""

    __tablename__ = "touchpoint"
    __table_args__ = (UniqueConstraint("stage_id", "key"),)

    id: Mapped[Key]
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    key: Mapped[Slug]
    position: Mapped[int]
    name: Mapped[Texts]
    channel: Mapped[Channel] = mapped_column(word(Channel))
    media: Mapped[Media] = mapped_column(word(Media))
    team: Mapped[Team] = mapped_column(word(Team))
    stems: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))
    retired_at: Mapped[Moment | None]
    stage: Mapped[Stage] = relationship(back_populates="touchpoints", lazy="raise")
