"""A summary: what was composed about one journey and one closed month."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Summary(Model):
    """What the mail about one month says, so that the preview is exactly what is mailed.

    The content holds numbers, names and masked quotes; the words around them come from the
    reader's language. Until the first mail goes out it may be composed anew; then it is frozen.
    """

    __tablename__ = "summary"
    __table_args__ = (UniqueConstraint("journey_id", "month"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id", ondelete="CASCADE"))
    month: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    content: Mapped[dict[str, Any]]  # see actions.summary
    n_answers: Mapped[dict[str, Any]]  # responses by month, to tell later which came in late
    facts_version: Mapped[int]
    as_of: Mapped[Moment]  # the last commit of the facts it was made from
    composed_at: Mapped[Moment]
    frozen_at: Mapped[Moment | None]  # when its first mail was planned

    @property
    def is_frozen(self) -> bool:
        """Whether it was sent to anybody, and so stays as it is."""
        return self.frozen_at is not None
