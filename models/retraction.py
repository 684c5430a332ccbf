"""A retraction: facts that no longer hold."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model


class Retraction(Model):
    """A response changed, was set aside or went after its facts were made: they are to go.

    It names no response row, for that one may be gone already. That of a response which was not
    finished when its facts were made waits until it is projected again.
    """

    __tablename__ = "retraction"

    response: Mapped[str] = mapped_column(String(64), primary_key=True)  # its key
    is_due: Mapped[bool] = mapped_column(default=True)
