"""A sign-in: one session of a colleague, kept so that it can be ended here too."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment


class SignIn(Model):
    """One colleague signed in on one device; the browser holds the token, we hold its hash."""

    __tablename__ = "sign_in"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[Moment]
