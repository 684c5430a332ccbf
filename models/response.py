"""A response: one sitting of one respondent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, word
from models.answer import Answer
from models.survey import Survey
from models.version import Version
from vocabulary import Audience, Channel, Market

WAITING = "projected_at IS NULL"


class Response(Model):
    """One sitting: who answered (as far as the survey may know), when, and about which version.

    The number is drawn at random, and an anonymous one keeps no person, no account and no moment
    finer than a day, so that the order of rows tells nothing.
    """

    __tablename__ = "response"
    __table_args__ = (
        CheckConstraint(
            "finished_at IS NULL OR finished_at >= started_at", name="started_before_finished"
        ),
        Index(
            "ix_response_waiting",
            "answered_at",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
    )

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(
        String(64), unique=True
    )  # opaque; names it in facts and exports
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import.id"), index=True)
    audience: Mapped[Audience] = mapped_column(word(Audience))
    market: Mapped[Market] = mapped_column(word(Market))
    channel: Mapped[Channel | None] = mapped_column(word(Channel))
    language: Mapped[str] = mapped_column(String(8))
    person: Mapped[str | None] = mapped_column(String(128), index=True)
    account: Mapped[str | None] = mapped_column(String(128), index=True)
    attributes: Mapped[dict[str, Any]]  # str to str
    weight: Mapped[float] = mapped_column(default=1.0)
    n_pages: Mapped[int] = mapped_column(default=0)  # pages sent so far
    started_at: Mapped[Moment]
    answered_at: Mapped[Moment]  # when the last page was sent
    finished_at: Mapped[Moment | None]
    excluded_at: Mapped[Moment | None]  # set aside as junk; kept, but no fact
    projected_at: Mapped[Moment | None]  # its facts are in the table
    survey: Mapped[Survey] = relationship(lazy="raise")
    version: Mapped[Version] = relationship(lazy="raise")
    answers: Mapped[list[Answer]] = relationship(back_populates="response", lazy="raise")

    @property
    def is_finished(self) -> bool:
        """Whether the last page was sent."""
        return self.finished_at is not None
