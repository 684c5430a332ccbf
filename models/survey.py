"""A survey: a questionnaire that people of one audience answer about a stage."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Slug, word
from models.journey import Journey
from models.version import Version
from vocabulary import Audience, Identity, Presentation


class Survey(Model):
    """A questionnaire that people answer while it is open.

    An imported survey has no stage or audience of its own and is never opened: its rows name them.
    """

    __tablename__ = "survey"
    __table_args__ = (
        CheckConstraint("closed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_closed"),
    )

    id: Mapped[Key]
    key: Mapped[Slug] = mapped_column(unique=True)  # in the public link: /s/<key>
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id"), index=True)
    stage: Mapped[Slug | None]  # the stage's key
    audience: Mapped[Audience | None] = mapped_column(word(Audience))
    identity: Mapped[Identity] = mapped_column(word(Identity))
    presentation: Mapped[Presentation] = mapped_column(word(Presentation))
    source: Mapped[str] = mapped_column(String(120), default="web")
    draft: Mapped[dict[str, Any]]  # a questionnaire, as it would be published next
    created_at: Mapped[Moment]
    opened_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    journey: Mapped[Journey] = relationship(lazy="raise")
    versions: Mapped[list[Version]] = relationship(
        order_by=Version.number, back_populates="survey", lazy="raise"
    )

    @property
    def is_open(self) -> bool:
        """Whether it takes answers now."""
        return self.opened_at is not None and self.closed_at is None
