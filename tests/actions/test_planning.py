"""What a journey's planning says, from answers to numbers."""

from datetime import timedelta

import pytest

from actions.mix import WhoMix, set_mix
from actions.outreach import Counts, set_outreach
from actions.planning import planning_of
from actions.projection import project_finished, project_partial
from actions.response import Record, Respondent, Sitting, record_many
from actions.weighting import weighted_of
from extensions import db
from facts.engine import open_facts
from insights.filters import Filters
from models import Survey, Version
from tests.factories import NOON
from tests.story import tell
from vocabulary import Audience, Identity, Market

MONTH = "2026-11"
N_PAGES = 4


@pytest.fixture
def journey(app):
    return tell(app)


@pytest.fixture
def plan(app, journey):
    def compute(points=5):
        return planning_of(journey, open_facts(app.config["HOME"]), MONTH, points)

    return compute


def answer(audience, people, overall, *, n_pages=N_PAGES, first=1_000):
    """Let people of an audience answer the story's survey."""
    survey = db.session.query(Survey).one()
    version = db.session.query(Version).one()
    records = []
    for number in range(first, first + people):
        who = Respondent(audience, Market.B2C, person=f"person {number}")
        sitting = Sitting(
            f"more-{number}", survey.id, version.id, Identity.NAMED, "nl", who,
            NOON - timedelta(seconds=40),
        )  # fmt: skip
        records.append(
            Record(
                sitting, {"overall": overall}, NOON, is_finished=n_pages == N_PAGES, n_pages=n_pages
            )
        )
    record_many(records)
    db.session.commit()
    project_finished(NOON)
    project_partial(NOON + timedelta(days=40))


def test_every_stage_and_touchpoint_with_answers_is_planned(plan):
    cells = {(row["stage"], row["touchpoint"]): row for row in plan().cells}

    assert set(cells) == {
        ("retention", None),
        ("retention", "invoice"),
        ("retention", "delivery"),
    }
    whole = cells["retention", None]
    assert (whole["n"], whole["persons"], whole["shown"]) == (80, 80, True)
    assert whole["monthly"] == pytest.approx(80 / 3)
    assert whole["still"] == 2 * whole["each"] - 80
    assert whole["pain_still"] == 0
    assert cells["retention", "delivery"]["pain_still"] == 5


def test_a_larger_difference_takes_fewer_answers(plan):
    needed = [plan(points).cells[0]["each"] for points in (2, 5, 20)]

    assert needed == sorted(needed, reverse=True)
    assert needed[0] > needed[2]


def test_without_a_mailing_there_is_completion_but_no_response_and_nothing_of_the_silent(plan):
    answer(Audience.CUSTOMER, 20, 4, n_pages=1)
    found = plan()

    assert found.whole["completion"] == 0.8
    assert found.whole["reason"] == "not_told"
    assert found.silent == []
    assert found.answering["early_and_late"] == []


def test_with_a_mailing_response_and_bounds_are_worked_out(plan, journey):
    survey = db.session.query(Survey).one()
    set_outreach(survey, MONTH, Counts(410, 20, 5, 10), NOON)
    found = plan()

    assert (found.whole["rr1"], found.whole["eligible"]) == (0.2, 400)
    assert found.rates["survey"][0]["survey"] == survey.key
    assert found.rates["month"][0]["month"] == MONTH
    (silent,) = found.silent
    assert (silent["audience"], silent["stage"], silent["silent"]) == ("customer", "retention", 320)
    assert silent["lowest"] == pytest.approx(0.2 * silent["score"])
    assert silent["highest"] == pytest.approx(0.2 * silent["score"] + 80)


def test_where_people_stop_and_how_long_a_page_takes_is_told(plan):
    answer(Audience.CUSTOMER, 6, 4, n_pages=2)
    answer(Audience.CUSTOMER, 2, 4, n_pages=1, first=2_000)
    found = plan()
    key = db.session.query(Survey).one().key

    assert found.stops[key] == (2, 6, 8)
    seconds, n = found.paces[key]
    assert n == 80
    assert seconds > 0


def test_the_mix_weights_the_score_and_leaves_the_unweighted_one_beside_it(app, journey):
    answer(Audience.EX_CUSTOMER, 20, 1)
    mix = WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50})
    set_mix(journey, mix, NOON)
    facts = open_facts(app.config["HOME"])
    found = weighted_of(journey, facts, Filters(journey.key, "2025-12", MONTH))

    (stage,) = found.stages
    customers = (100 * stage["unweighted"]) / 80  # the ex-customers' are all 0
    assert stage["score"] == pytest.approx(0.5 * customers)
    assert stage["absent"] == ()
    shares = {row["value"]: row["answered"] for row in found.beside["audience"]}
    assert shares == {"customer": 0.8, "ex_customer": 0.2}


def test_a_mix_from_a_later_month_does_not_hold_yet(app, journey):
    set_mix(journey, WhoMix("audience", "2026-12", {"customer": 50, "prospect": 50}), NOON)
    facts = open_facts(app.config["HOME"])

    assert weighted_of(journey, facts, Filters(journey.key, "2025-12", MONTH)).mix == ()


def test_a_journey_without_answers_has_an_empty_plan(app):
    journey = tell(app, people=0)
    found = planning_of(journey, open_facts(app.config["HOME"]), MONTH, 5)

    assert found.cells == []
    assert not found.whole["shown"]
