"""Outreach: how many people were asked to answer a survey in a month, and what became of it."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Outreach(Model):
    """The counts of a mailing, told by whoever sent it; a public link alone has none."""

    __tablename__ = "outreach"
    __table_args__ = (
        UniqueConstraint("survey_id", "month"),
        CheckConstraint(
            "invited > 0 AND bounced >= 0 AND refused >= 0 AND ineligible >= 0",
            name="counts_something",
        ),
        CheckConstraint("bounced + refused + ineligible <= invited", name="adds_up"),
    )

    id: Mapped[Key]
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id", ondelete="CASCADE"), index=True)
    month: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    invited: Mapped[int]
    bounced: Mapped[int] = mapped_column(default=0)  # never arrived
    refused: Mapped[int] = mapped_column(default=0)  # said no
    ineligible: Mapped[int] = mapped_column(default=0)  # should not have been asked
    told_at: Mapped[Moment]
