"""Pain is computed by a job, kept with its as-of, and computed again when answers come in."""

from datetime import timedelta

import pytest

from actions.journey import UnknownJourneyError
from actions.mix import WhoMix, mix_of, set_mix
from actions.pain import (
    SETTLING,
    ask_for_usual_pain,
    compute_pain,
    usual_filters,
)
from actions.weighted_pain import weighted_key
from cli import fact_jobs
from extensions import db
from insights.filters import Filters
from models import Job, PainResult
from tests.factories import NOON
from tests.story import answer_as, answer_worse, tell
from vocabulary import Audience


def test_every_stage_has_a_result_with_the_state_of_the_facts(app):
    tell(app)

    results = db.session.query(PainResult).all()

    assert {result.stage for result in results} == {
        "awareness",
        "consideration",
        "decision",
        "retention",
        "advocacy",
    }
    assert len({result.facts_version for result in results}) == 1
    reasons = {result.stage: result.content["whole"]["reason"] for result in results}
    assert reasons["retention"] is None
    assert reasons["advocacy"] == "too_few_answers"


def test_the_usual_selection_is_the_last_year_with_answers(app):
    tell(app)

    assert usual_filters("household", app.config["HOME"]) == Filters(
        "household", "2025-12", "2026-11"
    )


def test_a_newer_result_takes_the_older_ones_place(app):
    tell(app)
    home = app.config["HOME"]

    compute_pain(usual_filters("household", home), home, NOON + timedelta(hours=1))

    assert db.session.query(PainResult).count() == 5
    moments = {result.computed_at for result in db.session.query(PainResult)}
    assert moments == {NOON + timedelta(hours=1)}


def test_a_journey_that_is_not_there_has_no_pain(app):
    with pytest.raises(UnknownJourneyError):
        compute_pain(Filters("moon"), app.config["HOME"], NOON)


def test_new_facts_ask_for_pain_at_once_the_first_time_and_later_when_they_have_settled(app):
    tell(app)
    (first,) = db.session.query(Job).filter_by(kind="compute_pain").all()
    assert (first.payload, first.due_at) == ({"journey": "household"}, NOON)
    db.session.delete(first)

    for _ in range(2):
        ask_for_usual_pain(["household"], NOON)

    (job,) = db.session.query(Job).filter_by(kind="compute_pain").all()
    assert (job.payload, job.due_at) == ({"journey": "household"}, NOON + SETTLING)


def test_a_result_holds_what_changed_since_the_period_before_where_there_are_answers(app):
    tell(app)
    answer_worse(app)
    home = app.config["HOME"]
    told = []

    compute_pain(Filters("household", "2026-12", "2026-12"), home, NOON, told.append)

    changes = {
        result.stage: result.content["change"]
        for result in db.session.query(PainResult)
        if result.content["change"]
    }
    assert list(changes) == ["retention"]
    assert changes["retention"]["before"] == ["2026-11", "2026-11"]
    assert changes["retention"]["touchpoints"][0]["touchpoint"] == "invoice"
    assert told == sorted(told)
    assert told[-1] == 1


def test_without_a_first_month_there_is_no_period_before(app):
    tell(app)

    compute_pain(Filters("household"), app.config["HOME"], NOON)

    assert {result.content["change"] for result in db.session.query(PainResult)} == {None}


def test_the_job_of_the_usual_year_computes_it_weighted_too(app):
    journey = tell(app)
    answer_as(Audience.EX_CUSTOMER, 20, 1)
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50}), NOON)
    fact_jobs.compute_pain({"journey": "household"}, NOON, [].append)
    usual = usual_filters("household", app.config["HOME"])
    key = weighted_key(usual, mix_of(journey, usual.month_to))
    (found,) = db.session.query(PainResult).filter_by(selection=key, stage="retention").all()

    assert found.content["weighting"]["is_weighted"] is True
    assert found.content["whole"]["unweighted"] > found.content["whole"]["mean"]
