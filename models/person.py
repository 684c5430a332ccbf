"""A person of an account, and the part they play in its decisions."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, word
from vocabulary import Part


class Person(Model):
    """Who belongs to an account; no name, no address, and of their key in the CRM only a code.

    The code is that of pseudonymous answers: see ``actions.person_code``.
    """

    __tablename__ = "person"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(128), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    part: Mapped[Part | None] = mapped_column(word(Part))
    updated_at: Mapped[Moment]
