"""Inside-out: what colleagues think that customers think, asked by a link."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Name, word
from models.journey import Journey
from vocabulary import Team


class EstimateRound(Model):
    """One time that colleagues are asked to estimate the touchpoints of a journey."""

    __tablename__ = "estimate_round"

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(
        ForeignKey("journey.id", ondelete="CASCADE"), index=True
    )
    token: Mapped[str] = mapped_column(String(64), unique=True)  # in the link
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
    journey: Mapped[Journey] = relationship(lazy="raise")
    sheets: Mapped[list[Estimate]] = relationship(back_populates="round", lazy="raise")


class Estimate(Model):
    """What one colleague estimated: points of five by "stage/touchpoint"."""

    __tablename__ = "estimate"

    id: Mapped[Key]
    round_id: Mapped[int] = mapped_column(
        ForeignKey("estimate_round.id", ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(String(64), unique=True)  # in the colleague's own browser
    name: Mapped[Name | None]
    team: Mapped[Team | None] = mapped_column(word(Team))
    points: Mapped[dict[str, Any]]  # 1-5; what was left out is not there
    given_at: Mapped[Moment]
    round: Mapped[EstimateRound] = relationship(back_populates="sheets", lazy="raise")
