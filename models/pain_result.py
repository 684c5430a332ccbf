"""A pain result: what an analysis of one stage said, kept until newer answers come in."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Slug


class PainResult(Model):
    """The pain of one stage under one selection, with the state of the facts it was made from.

    It is a copy that any job can make again; a newer one takes its place.
    """

    __tablename__ = "pain_result"
    __table_args__ = (UniqueConstraint("journey_id", "stage", "selection"),)

    id: Mapped[Key]
    journey_id: Mapped[int] = mapped_column(ForeignKey("journey.id", ondelete="CASCADE"))
    stage: Mapped[Slug]
    selection: Mapped[str] = mapped_column(String(64))  # a hash of the filters
    content: Mapped[dict[str, Any]]  # the table and the whole, as insights.pain.pain gives them
    facts_version: Mapped[int]
    as_of: Mapped[Moment]  # the last commit of the facts it was made from
    computed_at: Mapped[Moment]
