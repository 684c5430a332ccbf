"""The routes of the app, a story in which each of them leads somewhere, and who walks them."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from actions.estimate import open_round
from actions.subscription import subscribe, unsubscribe_link
from actions.user import make_link
from extensions import db
from models import Import, Improvement, Job, Journey, Response, Stage, Survey, Touchpoint
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import tell
from vocabulary import Role

CANARY = "kanarieromeo"
BROWSER = {"Accept": "text/html"}


@dataclass(frozen=True)
class Route:
    """One address and method."""

    endpoint: str
    method: str
    path: str
    rule: object

    def __str__(self):
        return f"{self.method} {self.endpoint}"


def tell_story(app: Flask) -> dict[str, object]:
    """Fill the database, with a journey for our people and one they may not see.

    Returns:
        A value for each name that occurs in an address; ``blueprint.name`` goes before ``name``.
    """
    make_organisation(language="en")
    foreign = tell(app, people=6, key="foreign", comment=f"Dat is {CANARY}.")
    foreign.name = {"nl": CANARY, "en": CANARY}
    journey = tell(app, people=12)
    imported = Import(
        journey_id=journey.id,
        source="file",
        file_name="answers.csv",
        file_hash="0" * 64,
        mapping={},
        started_at=NOON,
        finished_at=NOON,
    )
    failed = Job(kind="compact_facts", payload={}, created_at=NOON, due_at=NOON, failed_at=NOON)
    improvement = Improvement(
        journey_id=journey.id,
        stage="retention",
        title="Shorter invoice",
        touchpoints=["invoice"],
        starts_on=NOON.date() + timedelta(days=90),
        expected=5.0,
        registered_at=NOON,
    )
    db.session.add_all([imported, failed, improvement])
    db.session.commit()
    stage = db.session.scalars(
        select(Stage).where(Stage.journey_id == journey.id, Stage.key == "retention")
    ).one()
    touchpoint = db.session.scalars(
        select(Touchpoint).where(Touchpoint.stage_id == stage.id, Touchpoint.key == "invoice")
    ).one()
    survey = db.session.scalars(select(Survey).where(Survey.journey_id == journey.id)).one()
    response = select(Response.key).where(Response.survey_id == survey.id).limit(1)
    invited = make_user(Role.OWNER, password=None)
    reader = subscribe(journey.id, "reader@devries.example", "Reader", "nl", NOON)
    return {
        "journey_key": journey.key,
        "stage": stage.key,
        "stage_key": stage.key,
        "touchpoint": touchpoint.key,
        "touchpoint_key": touchpoint.key,
        "survey_key": survey.key,
        "key": db.session.scalar(response),
        "import_id": imported.id,
        "job_id": failed.id,
        "user_id": invited.id,
        "token": make_link(invited).rsplit("/", 1)[1],
        "improvement.number": improvement.id,
        "number": 1,
        "subscription.token": unsubscribe_link(reader.id).rsplit("/", 1)[1],
        "estimate.token": open_round(journey, NOON).token,
        "filename": "app.css",
    }


def routes_of(app: Flask, values: dict[str, object]) -> list[Route]:
    """Every route of the app, with addresses that lead somewhere in the story."""
    adapter = app.url_map.bind("localhost")
    found = []
    for rule in app.url_map.iter_rules():
        noun = rule.endpoint.split(".")[0]
        given = {name: values.get(f"{noun}.{name}", values[name]) for name in rule.arguments}
        view = app.view_functions[rule.endpoint]
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            path = adapter.build(rule.endpoint, given, method=method)
            found.append(Route(rule.endpoint, method, path, getattr(view, "rule", None)))
    return found


def people(app: Flask) -> dict[str, object]:
    """A browser for each kind of person: members of the journey, one of each role; two others."""
    journey = db.session.scalars(select(Journey).where(Journey.key == "household")).one()
    browsers = {"visitor": app.test_client(), "stranger": _browser(app, make_user(Role.ANALYST))}
    for role in Role:
        user = make_user(role)
        if role is not Role.ADMINISTRATOR:
            make_membership(user, journey)
        browsers[role.value] = _browser(app, user)
    return browsers


def contents() -> dict[str, str]:
    """What the database holds: a hash per table."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        rows = sorted(repr(row) for row in db.session.execute(select(table)))
        found[table.name] = hashlib.sha256("".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def _browser(app, user):
    browser = app.test_client()
    sign_in_as(browser, user)
    return browser
