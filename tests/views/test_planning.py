"""The planning page."""

import re

import pytest

from actions.mix import WhoMix, set_mix
from actions.outreach import Counts, set_outreach
from extensions import db
from models import Journey, Stage, Survey
from tests.factories import (
    NOON,
    make_journey,
    make_membership,
    make_organisation,
    make_user,
    sign_in_as,
)
from tests.story import tell_of_content
from vocabulary import Role

PAGE = "/journeys/household/planning"


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """The month of the story is over."""
    monkeypatch.setattr("insights.months.last_closed", lambda _now, _zone: "2026-11")


def test_it_says_in_a_sentence_what_the_answers_can_tell_and_shows_the_table(client, analyst):
    page = client.get(PAGE).text

    assert "In 0 of 1 stage the answers of the last year are enough" in page
    assert "No other will be within two years, at today&#39;s rate." in page
    assert "Touchpoints of Retention" in page
    assert "Nobody has said how many people were asked, so there is no response rate." in page
    assert "Nobody has said which mix of people there is" in page


def test_the_stage_that_comes_next_is_named_with_its_month(client, analyst):
    page = client.get(PAGE + "?points=12").text

    assert re.search(
        r"Next is Retention: \d+ more answers, expected by the end of \w+ 202[67]", page
    )


def test_a_large_difference_can_be_told_now(client, analyst):
    page = client.get(PAGE + "?points=20").text

    assert (
        "In every stage the answers of the last year are enough to tell a difference of 20 points"
    ) in page


@pytest.mark.parametrize(
    ("asked", "planned"), [("1", 2), ("99", 20), ("-3", 5), ("é", 5), ("", 5), ("٣", 5), ("1e9", 5)]
)
def test_odd_differences_are_brought_within_bounds(client, analyst, asked, planned):
    page = client.get(PAGE, query_string={"points": asked}).text

    assert f'value="{planned}"' in page


def test_with_a_mailing_it_shows_the_response_and_what_the_silent_could_make_of_it(client, analyst):
    survey = db.session.query(Survey).one()
    before = client.get(PAGE).text
    set_outreach(survey, "2026-11", Counts(410, 20, 5, 10), NOON)
    page = client.get(PAGE).text

    assert "What the silent could make of it" not in before
    assert "Of 400 people who were asked, 20% finished (between 16% and 24%)." in page
    assert "What the silent could make of it" in page
    assert "between 11 and 91" in page


def test_with_a_mix_both_scores_stand_side_by_side_and_what_lacks_is_said(client, analyst):
    journey = db.session.query(Journey).filter_by(key="household").one()
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 60, "prospect": 40}), NOON)
    page = client.get(PAGE).text

    assert "Every answer once" in page
    assert "All answers are of one group: there is nothing to weight." in page
    assert "Without answers: Prospects (40% of all people), so this is about the others." in page


def test_a_stage_that_is_no_longer_in_use_keeps_its_name(app, client, analyst):
    tell_of_content(app, db.session.query(Journey).one(), "consideration")
    stage = db.session.query(Stage).filter_by(key="retention").one()
    stage.retired_at = NOON
    db.session.commit()

    page = client.get(PAGE).text

    assert "Per stage" in page
    assert '<th scope="row">Retention</th>' in page
    assert "Imported" not in page


def test_a_manager_sees_the_plan_but_no_way_to_change_it(client, analyst):
    journey = db.session.query(Journey).filter_by(key="household").one()
    manager = make_user(Role.MANAGER)
    make_membership(manager, journey)
    assert "Tell how many people were asked" in client.get(PAGE).text
    sign_in_as(client, manager)
    page = client.get(PAGE)

    assert page.status_code == 200
    assert "Tell how many people were asked" not in page.text
    assert "Say which mix of people there is" not in page.text


def test_a_journey_without_answers_says_what_will_be_here(app, client):
    make_organisation()
    journey = make_journey(key="empty")
    user = make_user(Role.ANALYST)
    make_membership(user, journey)
    sign_in_as(client, user)
    page = client.get("/journeys/empty/planning")

    assert page.status_code == 200
    assert "No answers yet" in page.text
