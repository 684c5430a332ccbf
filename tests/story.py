"""A journey with answers, for tests of pages about numbers.

Eighty customers answer about retention. Every second one was sent a bad invoice, and is less
satisfied for it; everybody is content with the delivery.
"""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from actions.journey import plant_journey, stages_of
from actions.pain import compute_pain, selection_key, usual_filters
from actions.projection import project_finished
from actions.response import Record, Respondent, Sitting, record_many
from actions.sentiment import score_comments
from actions.survey import Settings, draft_survey, publish_survey
from extensions import db
from facts.engine import open_facts
from models import PainResult, Version
from tests.factories import NOON
from vocabulary import Audience, Channel, Identity, Market

COMMENT = "Vreselijk slechte factuur."


def tell(app, *, people=80, key="household", comment=COMMENT):
    """Plant the journey, its answers and its pain; the journey."""
    home = app.config["HOME"]
    journey = plant_journey("cycle", Market.B2C, now=NOON, key=key)
    ids = _ask_about(journey, "retention")
    record_many([_record(ids, number, comment) for number in range(people)])
    db.session.commit()
    score_comments(NOON)
    project_finished(NOON)
    _price(journey, home, (people, comment))
    return journey


def tell_of_content(app, journey, stage, people=40):
    """Let so many content customers answer about another stage, without pain anew."""
    ids = _ask_about(journey, stage)
    content = [
        Record(_sitting(ids, number), {"overall": 5 if number % 2 else 4}, NOON)
        for number in range(people)
    ]
    record_many(content)
    db.session.commit()
    project_finished(NOON)


_PRICES = {}
"""The prices of a story, which are the same in every test that tells it."""


def _price(journey, home, story):
    """Compute what each touchpoint costs, or give it as it was computed in an earlier test."""
    if story not in _PRICES:
        filters = usual_filters(journey.key, home)
        compute_pain(filters, home, NOON)
        kept = db.session.scalars(select(PainResult).where(PainResult.journey_id == journey.id))
        _PRICES[story] = filters, {each.stage: each.content for each in kept}
        return
    filters, contents = _PRICES[story]
    facts = open_facts(home)
    values = {
        "journey_id": journey.id,
        "selection": selection_key(replace(filters, journey=journey.key)),
        "facts_version": facts.version,
        "as_of": facts.as_of,
        "computed_at": NOON,
    }
    db.session.add_all(
        PainResult(stage=stage, content=deepcopy(content), **values)
        for stage, content in contents.items()
    )
    db.session.commit()


def _ask_about(journey, key):
    """Publish the survey of a stage; the numbers of the survey and its version."""
    stage = next(stage for stage in stages_of(journey) if stage.key == key)
    settings = Settings(audience=Audience.CUSTOMER, identity=Identity.NAMED)
    survey = draft_survey(journey, stage, settings, now=NOON)
    version = publish_survey(survey, NOON)
    return survey.id, version.id


def _sitting(ids, number):
    """One customer at a survey."""
    channel = Channel.ONLINE if number % 4 else Channel.OFFLINE
    person = f"person {number}"
    respondent = Respondent(Audience.CUSTOMER, Market.B2C, channel, person=person)
    return Sitting(
        f"{ids[0]}-{number}", *ids, Identity.NAMED, "nl", respondent, NOON - timedelta(minutes=1)
    )


def _record(ids, number, comment):
    """One customer: odd ones have a bad invoice."""
    is_bad = number % 2 == 1
    answers = {
        "overall": 2 if is_bad else (4 if number % 3 else 5),
        "met": ["invoice", "delivery"],
        "rate_invoice": 1 if is_bad else 4,
        "rate_delivery": 4 if number % 5 else 5,
        "comment": comment,
    }
    return Record(_sitting(ids, number), answers, NOON)


def answer_next_month(app):
    """Let one more customer answer the newest survey a month later, and bring it to the facts."""
    later = NOON + timedelta(days=31)
    version = db.session.scalars(select(Version).order_by(Version.id.desc())).first()
    ids = version.survey_id, version.id
    record_many([_record(ids, 1_000, COMMENT)._replace(answered_at=later)])
    db.session.commit()
    project_finished(later)


def answer_worse(app, people=80):
    """Let as many customers answer the newest survey a month later, most of them badly billed."""
    later = NOON + timedelta(days=31)
    version = db.session.scalars(select(Version).order_by(Version.id.desc())).first()
    ids = version.survey_id, version.id
    worse = {"overall": 2, "rate_invoice": 1}
    for number in range(1_000, 1_000 + people):
        record = _record(ids, number, COMMENT)
        changed = record.answers | (worse if number % 8 else {})
        record_many([record._replace(answered_at=later, answers=changed)])
    db.session.commit()
    project_finished(later)


def answer_as(audience, people, overall, *, first=2_000, attributes=None):
    """Let so many of another audience answer the newest survey, all alike."""
    version = db.session.scalars(select(Version).order_by(Version.id.desc())).first()
    ids = version.survey_id, version.id
    for number in range(first, first + people):
        record = _record(ids, number, COMMENT)
        asked = record.sitting.respondent
        who = replace(asked, audience=audience, attributes=attributes or {})
        sitting = replace(record.sitting, respondent=who)
        record_many([record._replace(sitting=sitting, answers={"overall": overall})])
    db.session.commit()
    project_finished(NOON)
