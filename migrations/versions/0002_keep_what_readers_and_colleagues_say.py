"""Keep what readers and colleagues say of comments.

Revision: 0002, after 0001, of 2026-11-25.
"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD = ("positive", "neutral", "negative", "unread")
NEW = ("positive", "neutral", "negative", "mixed", "unsure", "unread")


def _label(words):
    return sa.Enum(*words, name="sentimentlabel", native_enum=False, create_constraint=True, length=30)


def _moment(name, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    """Add corrections, trained readers, and more to each reading.

    Readings there are stay as they are until comments are read again: without confidence,
    evidence, mentions or a masked text. No touchpoint has stems of its own yet.
    """
    with op.batch_alter_table("sentiment", copy_from=_sentiment(OLD)) as batch_op:
        batch_op.drop_constraint(op.f("ck_sentiment_sentimentlabel"), type_="check")
        for column in _added():
            batch_op.add_column(column)
        batch_op.create_check_constraint(op.f("ck_sentiment_sentimentlabel"), _in(NEW))
        batch_op.create_check_constraint(
            op.f("ck_sentiment_confidence_in_range"), "confidence BETWEEN 0 AND 1"
        )
    op.add_column("touchpoint", sa.Column("stems", sa.JSON(), nullable=True))
    op.create_table(
        "correction",
        sa.Column("response_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("label", _label(NEW), nullable=True),
        sa.Column("touchpoints", sa.JSON(), nullable=True),
        sa.Column(
            "draw",
            sa.Enum(
                "seen",
                "random",
                "unsure",
                name="draw",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "corrected_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        _moment("corrected_at"),
        sa.CheckConstraint(
            "label IS NULL OR label IN ('positive', 'neutral', 'negative', 'mixed')",
            name=op.f("ck_correction_label_says_something"),
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"],
            ["user.id"],
            name=op.f("fk_correction_corrected_by_id_user"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["response_id", "question"],
            ["answer.response_id", "answer.question"],
            name=op.f("fk_correction_response_id_question_answer"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name=op.f("pk_correction")),
    )
    op.create_table(
        "reader",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("version", sa.String(length=30), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        _moment("trained_at"),
        _moment("taken_at", nullable=True),
        _moment("retired_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader")),
    )
    with op.batch_alter_table("reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reader_language"), ["language"], unique=False)


def downgrade() -> None:
    """Forget corrections and trained readers; mixed and unsure readings become neutral."""
    op.drop_table("reader")
    op.drop_table("correction")
    op.drop_column("touchpoint", "stems")
    op.execute("UPDATE sentiment SET label = 'neutral' WHERE label IN ('mixed', 'unsure')")
    confidence = sa.CheckConstraint(
        "confidence BETWEEN 0 AND 1", name="ck_sentiment_confidence_in_range"
    )
    now = _sentiment(NEW, *_added(), confidence)
    with op.batch_alter_table("sentiment", copy_from=now) as batch_op:
        batch_op.drop_constraint(op.f("ck_sentiment_confidence_in_range"), type_="check")
        batch_op.drop_constraint(op.f("ck_sentiment_sentimentlabel"), type_="check")
        batch_op.create_check_constraint(op.f("ck_sentiment_sentimentlabel"), _in(OLD))
        for column in _added():
            batch_op.drop_column(column.name)


def _added():
    """The columns that a reading gains."""
    return (
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=True),
        sa.Column("mentions", sa.JSON(), nullable=True),
        sa.Column("masked", sa.Text(), nullable=True),
        sa.Column("recipe", sa.String(length=16), nullable=True),
    )


def _sentiment(words, *more):
    """The table of readings, whose labels are one of these words; SQLite copies it."""
    return sa.Table(
        "sentiment",
        sa.MetaData(),
        sa.Column("response_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("polarity", sa.Double(), nullable=True),
        sa.Column("subjectivity", sa.Double(), nullable=True),
        sa.Column("label", sa.String(length=30), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("analyzer", sa.String(length=60), nullable=False),
        sa.Column("analyzer_version", sa.String(length=30), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_in(words), name="ck_sentiment_sentimentlabel"),
        sa.CheckConstraint("polarity BETWEEN -1 AND 1", name="ck_sentiment_polarity_in_range"),
        sa.ForeignKeyConstraint(
            ["response_id", "question"],
            ["answer.response_id", "answer.question"],
            name="fk_sentiment_response_id_question_answer",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("response_id", "question", name="pk_sentiment"),
        sa.Index("ix_sentiment_reader", "analyzer", "analyzer_version"),
        *more,
    )


def _in(words):
    """The condition that a label is one of these words."""
    return "label IN ({})".format(", ".join(f"'{word}'" for word in words))
