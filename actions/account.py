"""What colleagues change about themselves."""

from extensions import db
from models import User


def edit_account(user: User, name: str, language: str) -> None:
    """Change a colleague's name and language."""
    user.name, user.language = name, language
    db.session.commit()
