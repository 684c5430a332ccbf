"""Planting the demonstration: an invented company, its journeys, and two years of answers."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from flask import current_app
from flask_security.utils import hash_password
from sqlalchemy import select

from actions.demo_crm import plant_crm
from actions.demo_estimates import plant_estimates
from actions.demo_improvements import plant_improvements
from actions.demo_outreach import plant_outreach
from actions.finding import keep_findings
from actions.journey import plant_journey, stages_of
from actions.pain import compute_pain, usual_filters
from actions.projection import project_finished, project_partial
from actions.response import Record, Respondent, Sitting, record_many
from actions.sentiment import score_comments
from actions.summary import compose_summary
from actions.survey import Settings, draft_survey, publish_survey
from actions.user import new_user
from demo import story
from demo.company import NAME, PLANS, questionnaires
from demo.company import Survey as Asked
from extensions import db
from insights.months import last_closed
from models import Journey, Membership, Organisation, Subscription, Survey, User, Version
from questionnaires.value import Questionnaire
from vocabulary import Audience, Identity, Presentation, Role

HOST = "vlierdonk.example"
COLLEAGUES = {
    Role.ADMINISTRATOR: ("demo", "Noor de Wit"),
    Role.ANALYST: ("analist", "Joris van Elk"),
    Role.OWNER: ("eigenaar", "Samira Benali"),
    Role.MANAGER: ("manager", "Ruud Postma"),
}
"""Who works at the invented company: mailbox and name by role."""

BEGAN = timedelta(days=25 * 31)
"""How long ago the surveys were published."""

BATCH = 500

Report = Callable[[str, float], None]


class NotEmptyError(Exception):
    """The installation holds an organisation already."""


@dataclass(frozen=True)
class Planted:
    """What was planted."""

    n_journeys: int
    n_responses: int
    email: str
    password: str


def is_empty() -> bool:
    """Whether nothing was set up or planted yet."""
    is_nobody = db.session.scalar(select(Organisation.id)) is None
    is_nothing = db.session.scalar(select(Journey.id).limit(1)) is None
    db.session.rollback()
    return is_nobody and is_nothing


def plant_demo(
    seed: int, home: Path, now: datetime, *, responses: int = story.RESPONSES, report: Report
) -> Planted:
    """Plant the demonstration in an empty installation.

    Args:
        seed: the same seed and day plant the same answers.
        home: where the facts are.
        now: the moment; answers end with the last closed month.
        responses: how many.
        report: told what is being done and its share, 0-1.

    Raises:
        NotEmptyError: something is there already; nothing is changed.
    """
    if not is_empty():
        raise NotEmptyError
    password = _plant_organisation(now)
    versions = _plant_journeys(now - BEGAN)
    n_responses = _plant_responses(seed, now, versions, responses, report)
    plant_crm(seed, now, responses)
    plant_estimates(seed, now)
    score_comments(now, lambda share: report("comments", share))
    project_finished(now, lambda share: report("facts", share))
    project_partial(now)
    score_comments(now)
    zone = current_app.config["TIME_ZONE"]
    plant_outreach(seed, now, zone)
    plant_improvements(now, zone)
    for number, plan in enumerate(PLANS):
        compute_pain(usual_filters(plan.key, home), home, now)
        keep_findings(plan.key, home, now, zone)
        compose_summary(plan.key, last_closed(now, zone), home, now, zone)
        report("pain", (number + 1) / len(PLANS))
    email = f"{COLLEAGUES[Role.ADMINISTRATOR][0]}@{HOST}"
    return Planted(len(PLANS), n_responses, email, password)


def renew_demo_password() -> tuple[str, str] | None:
    """Give the invented colleagues a new random password, to be printed.

    Returns:
        The administrator's e-mail address and the password; nothing where this is no
        demonstration, so that no real password is ever touched.
    """
    organisation = db.session.get(Organisation, 1)
    if organisation is None or not organisation.is_invented:
        db.session.rollback()
        return None
    password = secrets.token_urlsafe(9)
    addresses = [f"{mailbox}@{HOST}" for mailbox, _ in COLLEAGUES.values()]
    hashed = hash_password(password)
    for user in db.session.scalars(select(User).where(User.email.in_(addresses))):
        user.password = hashed
    db.session.commit()
    return addresses[0], password


def _plant_organisation(now: datetime) -> str:
    """Set the invented company up, with a colleague of each role."""
    password = secrets.token_urlsafe(9)
    hashed = hash_password(password)
    contact = f"klantreis@{HOST}"
    db.session.add(
        Organisation(
            id=1, name=NAME, language="nl", contact=contact, is_invented=True, created_at=now
        )
    )
    for role, (mailbox, name) in COLLEAGUES.items():
        user = new_user(f"{mailbox}@{HOST}", name, role, "nl", now)
        user.password = hashed
    db.session.commit()
    return password


def _plant_journeys(began_at: datetime) -> dict[Asked, tuple[Survey, Version]]:
    """Plant the journeys with their open surveys, and let the colleagues see them."""
    versions = {}
    for plan in PLANS:
        journey = plant_journey(
            plan.template, plan.market, now=began_at, key=plan.key, name=dict(plan.name)
        )
        stages = {stage.key: stage for stage in stages_of(journey)}
        for plan_key, stage_key, audience in questionnaires():
            if plan_key == plan.key:
                settings = Settings(audience, Identity.PSEUDONYMOUS, Presentation.PAGES)
                key = _survey_key(plan_key, stage_key, audience)
                survey = draft_survey(journey, stages[stage_key], settings, now=began_at, key=key)
                versions[plan_key, stage_key, audience] = survey, publish_survey(survey, began_at)
        _join(journey, began_at)
    return versions


def _survey_key(plan: str, stage: str, audience: Audience) -> str:
    """A link that a reader of the documentation can type."""
    return f"{plan}-{stage}-{audience}".replace("_", "-")


def _join(journey: Journey, now: datetime) -> None:
    """Let every colleague see a journey, and the manager have its summary."""
    for user in db.session.scalars(select(User)).all():
        if user.role is not Role.ADMINISTRATOR:
            db.session.add(Membership(user_id=user.id, journey_id=journey.id))
        if user.role is Role.MANAGER:
            db.session.add(
                Subscription(
                    journey_id=journey.id,
                    user_id=user.id,
                    email=user.email,
                    name=user.name,
                    language=user.language,
                    created_at=now,
                )
            )
    db.session.commit()


def _plant_responses(
    seed: int,
    now: datetime,
    versions: dict[Asked, tuple[Survey, Version]],
    responses: int,
    report: Report,
) -> int:
    """Store what the story tells, a batch at a time."""
    asked = {
        key: Questionnaire.model_validate(version.content) for key, (_, version) in versions.items()
    }
    ids = {key: (survey.id, version.id) for key, (survey, version) in versions.items()}
    told = story.tell(seed, now, asked, responses)
    random, count = Random(seed), 0  # noqa: S311 -- keys of invented responses
    while batch := list(islice(told, BATCH)):
        count += record_many([_record(one, ids, random) for one in batch])
        db.session.commit()
        report("answers", min(1.0, count / responses))
    return count


def _record(told: story.Sitting, ids: dict[Asked, tuple[int, int]], random: Random) -> Record:
    """One sitting of the story, as it is stored."""
    survey_id, version_id = ids[told.journey, told.stage, told.audience]
    respondent = Respondent(
        told.audience, told.market, told.channel, told.account, told.person, told.attributes
    )
    key = random.randbytes(16).hex()
    sitting = Sitting(
        key,
        survey_id,
        version_id,
        Identity.PSEUDONYMOUS,
        told.language,
        respondent,
        told.started_at,
    )
    return Record(sitting, told.answers, told.answered_at, told.is_finished, n_pages=told.n_pages)
