"""The organisation whose installation this is."""

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Name


class Organisation(Model):
    """The one organisation of an installation; there is no row before it is set up."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[Key]
    name: Mapped[Name]
    language: Mapped[str] = mapped_column(String(8))
    contact: Mapped[str] = mapped_column(String(254))  # shown to respondents: whom to ask
    privacy_note: Mapped[str | None] = mapped_column(Text)  # added to the built-in note
    is_invented: Mapped[bool] = mapped_column(default=False)  # the demonstration's company
    created_at: Mapped[Moment]
