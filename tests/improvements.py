"""A journey with twenty months of answers, in which the invoice became better on 1 March 2026."""

from datetime import UTC, datetime, timedelta
from random import Random

from actions.improvement import Announcement, register_improvement
from actions.journey import plant_journey, stages_of
from actions.projection import project_finished
from actions.response import Record, Respondent, Sitting, questionnaire_of, record_many
from actions.survey import Settings, draft_survey, publish_survey
from extensions import db
from tests.factories import make_version
from vocabulary import Audience, Channel, Identity, Market

BEGAN = datetime(2025, 2, 1, 9, 0, tzinfo=UTC)
ANNOUNCED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
STARTED = datetime(2026, 3, 1, tzinfo=UTC)
REVISED = datetime(2026, 5, 1, tzinfo=UTC)
NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
"""Seven whole months after the start."""

TOUCHPOINTS = ("invoice", "delivery", "app", "expectations")


def tell_of_invoice(*, worth=2, persons=10, revise=None):
    """Plant the journey and its answers; the invoice is worth so many points of five more.

    ``revise`` makes of the questionnaire the one that is asked from two months after the start.
    """
    journey = plant_journey("cycle", Market.B2C, now=BEGAN, key="household")
    stage = next(stage for stage in stages_of(journey) if stage.key == "retention")
    settings = Settings(audience=Audience.CUSTOMER, identity=Identity.NAMED)
    survey = draft_survey(journey, stage, settings, now=BEGAN)
    version = publish_survey(survey, BEGAN)
    ids, newer = (survey.id, version.id), (survey.id, version.id)
    if revise:
        newer = survey.id, make_version(survey, revise(questionnaire_of(version.id)), 2).id
    random, records = Random(5), []
    for month in range(20):
        at = BEGAN + timedelta(days=30.5 * month + 5)
        better = worth if at >= STARTED else 0
        records += [
            _record(newer if at >= REVISED else ids, f"{month}-{number}", at, better, random)
            for number in range(persons)
        ]
    record_many(records)
    db.session.commit()
    project_finished(NOW)
    return journey


def announce(app, journey, now=ANNOUNCED, **given):
    """Register the shorter invoice."""
    values = {
        "stage": "retention",
        "touchpoints": ("invoice",),
        "starts_on": STARTED.date(),
        "expected": 12.5,
        "title": "A shorter invoice",
    }
    announced = Announcement(**values | given)
    return register_improvement(journey, announced, now, app.config["TIME_ZONE"])


def _record(ids, key, at, better, random):
    """One customer, who rates four touchpoints."""
    rated = {
        f"rate_{touchpoint}": random.choice((1, 2, 3)) + (better if touchpoint == "invoice" else 0)
        for touchpoint in TOUCHPOINTS
    }
    respondent = Respondent(Audience.CUSTOMER, Market.B2C, Channel.ONLINE, person=f"person {key}")
    sitting = Sitting(key, *ids, Identity.NAMED, "nl", respondent, at - timedelta(minutes=1))
    return Record(sitting, {"overall": 3, "met": list(TOUCHPOINTS)} | rated, at)
