"""The organisation: changing what it is called and what it promises."""

from extensions import db
from models import Organisation


def edit_organisation(
    organisation: Organisation, name: str, language: str, contact: str, privacy_note: str | None
) -> None:
    """Change the organisation's settings."""
    organisation.name = name
    organisation.language = language
    organisation.contact = contact
    organisation.privacy_note = privacy_note or None
    db.session.commit()
