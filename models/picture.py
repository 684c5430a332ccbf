"""A picture: one drawing of a summary in one language."""

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Model, Slug


class Picture(Model):
    """A PNG drawn when its summary was composed, so that nothing is drawn while mail goes out."""

    __tablename__ = "picture"

    summary_id: Mapped[int] = mapped_column(
        ForeignKey("summary.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[Slug] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
