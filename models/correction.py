"""A correction: what a colleague says of one comment, instead of the reader."""

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model, Moment, Slug, word
from vocabulary import Draw, SentimentLabel


class Correction(Model):
    """What a colleague says of one comment; kept apart from the reading, which it overrules.

    A label, the touchpoints it is about, or both. Each touchpoint is named as "stage/touchpoint".
    """

    __tablename__ = "correction"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question"],
            ["answer.response_id", "answer.question"],
            ondelete="CASCADE",
        ),
        CheckConstraint(
            "label IS NULL OR label IN ('positive', 'neutral', 'negative', 'mixed')",
            name="label_says_something",
        ),
    )

    response_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    question: Mapped[Slug] = mapped_column(primary_key=True)
    label: Mapped[SentimentLabel | None] = mapped_column(word(SentimentLabel))
    touchpoints: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    draw: Mapped[Draw] = mapped_column(word(Draw))
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    corrected_at: Mapped[Moment]
