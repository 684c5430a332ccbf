"""An answer: what one response says to one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Model, Slug

if TYPE_CHECKING:
    from models.response import Response


class Answer(Model):
    """What one response says to one question: a point, options, words, or "does not apply".

    A question that was passed over has no row; what its version asked tells that it was.
    """

    __tablename__ = "answer"
    # SQLite would number the rows behind our back, and so keep the order in which people answered.
    __table_args__ = ({"sqlite_with_rowid": False},)

    response_id: Mapped[int] = mapped_column(
        ForeignKey("response.id", ondelete="CASCADE"), primary_key=True
    )
    question: Mapped[Slug] = mapped_column(primary_key=True)  # the question's key
    point: Mapped[int | None]
    options: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    text: Mapped[str | None] = mapped_column(Text)
    is_not_applicable: Mapped[bool] = mapped_column(default=False)
    response: Mapped[Response] = relationship(back_populates="answers", lazy="raise")
