"""A reader: weights that were trained on an organisation's own labels."""

from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Reader(Model):
    """What a training came to: the weights, and how they did on comments they had not seen.

    Taken only where it reads better than the product's own; the newest that was taken reads.
    """

    __tablename__ = "reader"

    id: Mapped[Key]
    language: Mapped[str] = mapped_column(String(8), index=True)
    version: Mapped[str] = mapped_column(String(30))
    weights: Mapped[bytes] = mapped_column(LargeBinary)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # before, after, and of how many
    trained_at: Mapped[Moment]
    taken_at: Mapped[Moment | None]  # none where it was no better
    retired_at: Mapped[Moment | None]  # when the product's own was asked for again
