"""A colleague who signs in."""

from flask_security import RoleMixin, UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from extensions import Key, Model, Moment, Name, word
from vocabulary import Role


class GrantedRole(RoleMixin):  # type: ignore[misc]  # the mixin is untyped
    """A role as Flask-Security wants to see it: an object with a name."""

    permissions: list[str]

    def __init__(self, role: Role) -> None:
        """Take the role's name; permissions are the business of views/guard.py."""
        self.name = role.value
        self.permissions = []


class User(Model, UserMixin):  # type: ignore[misc]  # the mixin is untyped
    """A colleague: signs in by e-mail and password, and has one role.

    Invited is who has no password yet. ``fs_uniquifier`` is new after each change of password,
    which ends every session and every link that was made before.
    """

    __tablename__ = "user"

    id: Mapped[Key]
    email: Mapped[str] = mapped_column(String(254), unique=True)  # in lower case
    password: Mapped[str | None] = mapped_column(String(255))  # none until an invitation is taken
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Name]
    role: Mapped[Role] = mapped_column(word(Role))
    language: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[Moment]

    @property
    def roles(self) -> list[GrantedRole]:
        """The role, as Flask-Security wants it: a list."""
        return [GrantedRole(self.role)]

    @property
    def is_invited(self) -> bool:
        """Whether the invitation was not taken yet."""
        return self.password is None
