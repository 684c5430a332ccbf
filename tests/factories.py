"""Things that tests need in the database, each made by one function and committed."""

import secrets
from datetime import UTC, datetime, timedelta
from itertools import count

from actions.sign_in import begin_session
from extensions import db
from models import Journey, Membership, Organisation, Survey, User, Version
from questionnaires.value import Questionnaire
from vocabulary import Audience, Identity, Market, Presentation, Role

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
PASSWORD = "vier blauwe fietsen"
# Argon2id of PASSWORD with little work, so that tests need not wait; checked like any other.
PASSWORD_HASH = (
    "$argon2id$v=19$m=64,t=1,p=1$gjZxXilopDc/nlkwjW6Fzw$yjgW+g+3s9YEsdJCPgosN9g5zHxDeLENb9wcfxcqOF8"
)

_numbers = count(1)


def make_organisation(**given) -> Organisation:
    """The organisation, so that the site is set up."""
    values = {
        "id": 1,
        "name": "Fietserij De Vries",
        "language": "nl",
        "contact": "klant@devries.example",
        "created_at": NOON,
    }
    return _kept(Organisation(**values | given))


def make_user(role: Role = Role.ADMINISTRATOR, **given) -> User:
    """A colleague, who signs in with PASSWORD."""
    values = {
        "email": f"{role.value}{next(_numbers)}@devries.example",
        "password": PASSWORD_HASH,
        "fs_uniquifier": secrets.token_hex(32),
        "name": role.value.capitalize(),
        "role": role,
        "language": "en",
        "created_at": NOON,
    }
    return _kept(User(**values | given))


def make_journey(**given) -> Journey:
    """A journey without stages."""
    n = next(_numbers)
    values = {
        "key": f"journey-{n}",
        "name": {"nl": f"Klantreis {n}", "en": f"Journey {n}"},
        "market": Market.B2C,
        "created_at": NOON,
    }
    return _kept(Journey(**values | given))


def make_membership(user: User, journey: Journey) -> Membership:
    """Let a colleague see a journey."""
    return _kept(Membership(user_id=user.id, journey_id=journey.id))


def make_survey(questionnaire: Questionnaire, journey: Journey | None = None, **given) -> Survey:
    """An open survey with one published version."""
    content = questionnaire.model_dump(mode="json")
    values = {
        "key": f"survey-{next(_numbers)}",
        "journey_id": (journey or make_journey()).id,
        "audience": Audience.CUSTOMER,
        "identity": Identity.NAMED,
        "presentation": Presentation.PAGES,
        "draft": content,
        "created_at": NOON,
        "opened_at": NOON,
    }
    survey = _kept(Survey(**values | given))
    make_version(survey, questionnaire)
    return survey


def make_version(survey: Survey, questionnaire: Questionnaire, number: int = 1) -> Version:
    """A published version of a survey."""
    content = questionnaire.model_dump(mode="json")
    return _kept(Version(survey_id=survey.id, number=number, content=content, published_at=NOON))


def sign_in_as(client, user: User) -> None:
    """Let this browser be the colleague's, without the sign-in page."""
    now = datetime.now(UTC)
    token = begin_session(user, now)
    db.session.commit()
    uniquifier = user.fs_uniquifier
    with client.session_transaction() as session:
        session.clear()
        session["_user_id"], session["_fresh"], session["sign_in"] = uniquifier, True, token
        session["seen_at"] = int((now - timedelta(seconds=1)).timestamp())
        session.permanent = True


def _kept(row):
    db.session.add(row)
    db.session.commit()
    return row
