"""A lifecycle event: what happened to a person or an account on a day."""

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, word
from vocabulary import Happening


class LifecycleEvent(Model):
    """Something the CRM knows: became a lead, bought, bought again, left.

    A person is named by the code that pseudonymous answers carry: see ``actions.person_code``. The
    digest is a hash of all it says, so that a file imported twice tells nothing twice.
    """

    __tablename__ = "lifecycle_event"
    __table_args__ = (
        CheckConstraint("person IS NOT NULL OR account IS NOT NULL", name="happened_to_somebody"),
    )

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person: Mapped[str | None] = mapped_column(String(128), index=True)  # a key, as in responses
    account: Mapped[str | None] = mapped_column(String(128), index=True)
    kind: Mapped[Happening] = mapped_column(word(Happening))
    happened_at: Mapped[Moment] = mapped_column(index=True)
    value: Mapped[float | None]  # money, in the organisation's own currency
    product: Mapped[str | None] = mapped_column(String(120))
