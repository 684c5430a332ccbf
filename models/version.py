"""A version of a survey's questionnaire: frozen when it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment

if TYPE_CHECKING:
    from models.survey import Survey


class Version(Model):
    """A questionnaire as it was published; never changed, for answers belong to it."""

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: Mapped[Key]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    number: Mapped[int]
    content: Mapped[dict[str, Any]]  # questionnaires.value.Questionnaire as JSON
    published_at: Mapped[Moment]
    survey: Mapped[Survey] = relationship(back_populates="versions", lazy="raise")
