"""An account: a company that answers through several of its people."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Name, word
from vocabulary import Market


class Account(Model):
    """What the CRM says of an account; responses name it by its key, whether it is here or not."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("revenue >= 0", name="revenue_not_negative"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(128), unique=True)
    name: Mapped[Name]
    market: Mapped[Market | None] = mapped_column(word(Market))
    revenue: Mapped[float | None]  # of a year, in the organisation's own currency
    updated_at: Mapped[Moment]
