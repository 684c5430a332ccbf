"""A projection: a batch of responses on its way to the fact table."""

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class Projection(Model):
    """A batch that was taken up and not yet finished; it goes once its facts are in the table.

    Its number is never given twice: the fact table remembers the latest it took in, so that a
    batch whose worker died is either not in the table, or known to be.
    """

    __tablename__ = "projection"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Key]  # its number
    responses: Mapped[list[int]] = mapped_column(JSON)  # whose facts are to be added
    retracted: Mapped[list[str]] = mapped_column(JSON)  # keys whose older facts go first
    created_at: Mapped[Moment]
