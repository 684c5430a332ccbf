"""The code that stands for a person whose key we do not keep."""

import hmac

from flask import current_app
from sqlalchemy import select

from extensions import db
from models import Response, Survey
from vocabulary import Identity


def person_code(key: str) -> str:
    """The code that answers to pseudonymous surveys keep in place of a person's key.

    What a CRM tells of persons is kept under the same code, so that both meet and the key itself,
    often an e-mail address, is stored nowhere.

    Args:
        key: of the person, as the company knows it.
    """
    secret: str = current_app.config["SECRET_KEY"]
    return hmac.new(secret.encode(), b"person:" + key.encode(), "sha256").hexdigest()


def codes_of_named() -> dict[str, str]:
    """The codes of those who answered a survey that keeps names, by the key it kept."""
    named = (
        select(Response.person)
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.identity == Identity.NAMED, Response.person.is_not(None))
        .distinct()
    )
    return {key: person_code(key) for key in db.session.scalars(named) if key is not None}
