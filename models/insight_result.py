"""An insight result: what a job found for one journey and selection, kept until it is made anew."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class InsightResult(Model):
    """A copy that any job can make again, with the state of the facts it was made from."""

    __tablename__ = "insight_result"
    __table_args__ = (UniqueConstraint("journey_id", "name", "selection"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))  # which insight: "findings"
    selection: Mapped[str] = mapped_column(String(64))  # a hash of the filters
    content: Mapped[dict[str, Any]]
    facts_version: Mapped[int]
    as_of: Mapped[Moment]
    computed_at: Mapped[Moment]
