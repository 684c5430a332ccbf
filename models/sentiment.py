"""Sentiment: what a reader made of one comment."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model, Moment, Slug, word
from vocabulary import SentimentLabel


class Sentiment(Model):
    """What a reader made of one comment, with the reader's name and version.

    What the team says of it instead stands in a correction, and wins.
    """

    __tablename__ = "sentiment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["response_id", "question"],
            ["answer.response_id", "answer.question"],
            ondelete="CASCADE",
        ),
        CheckConstraint("polarity BETWEEN -1 AND 1", name="polarity_in_range"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence_in_range"),
        Index("ix_sentiment_reader", "analyzer", "analyzer_version"),
    )

    response_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    question: Mapped[Slug] = mapped_column(primary_key=True)
    polarity: Mapped[float | None]  # nothing where the language is not read
    subjectivity: Mapped[float | None]
    label: Mapped[SentimentLabel] = mapped_column(word(SentimentLabel))
    confidence: Mapped[float | None]  # the chance that the label is right
    evidence: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    mentions: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    masked: Mapped[str | None] = mapped_column(Text)  # the comment without personal data
    language: Mapped[str] = mapped_column(String(8))  # it was read in
    analyzer: Mapped[str] = mapped_column(String(60))
    analyzer_version: Mapped[str] = mapped_column(String(30))
    recipe: Mapped[str | None] = mapped_column(String(16))  # of masking and of what can be named
    read_at: Mapped[Moment]
