"""A journey: the way people go with the company, in stages."""

from sqlalchemy.orm import Mapped, mapped_column, relationship

from extensions import Key, Model, Moment, Slug, Texts, word
from models.stage import Stage
from vocabulary import Market


class Journey(Model):
    """The way people go with the company, in one market."""

    __tablename__ = "journey"

    id: Mapped[Key]
    key: Mapped[Slug] = mapped_column(unique=True)
    name: Mapped[Texts]
    market: Mapped[Market] = mapped_column(word(Market))
    template: Mapped[Slug | None]
    created_at: Mapped[Moment]
    retired_at: Mapped[Moment | None]
    stages: Mapped[list[Stage]] = relationship(
        order_by=Stage.position, back_populates="journey", lazy="raise"
    )
