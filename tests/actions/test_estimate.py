"""Rounds of estimates: open, fill in, close; what is asked about."""

from datetime import timedelta

import pytest

from actions.estimate import (
    Colleague,
    RoundClosedError,
    close_round,
    link_of,
    n_sheets,
    open_round,
    open_round_of,
    save_sheet,
    sheet_of,
    told_round_of,
    touchpoints_to_estimate,
)
from actions.journey import plant_journey
from actions.stage import retire
from extensions import db
from models import Estimate, Touchpoint
from tests.factories import NOON, make_journey
from tests.story import tell
from vocabulary import Market, Team

NOBODY = Colleague(None, None)
LATER = NOON + timedelta(days=1)


def fill(asked, n, *, start=0):
    for number in range(start, start + n):
        save_sheet(asked.token, f"{asked.id}-{number}", NOBODY, {"a/b": 3}, NOON)


def test_opening_twice_is_one_round_with_a_link_of_this_site(app):
    journey = make_journey()

    first, second = open_round(journey, NOON), open_round(journey, LATER)

    assert first.id == second.id
    assert first.opened_at == NOON
    assert link_of(first) == f"http://127.0.0.1:8000/e/{first.token}"
    assert len(first.token) >= 22  # 128 bits


def test_each_journey_has_a_round_of_its_own(app):
    first, second = open_round(make_journey(), NOON), open_round(make_journey(), NOON)

    assert first.token != second.token
    assert open_round_of(first.journey_id).id == first.id


def test_a_closed_round_stays_closed_and_the_next_one_is_new(app):
    journey = make_journey()
    first = open_round(journey, NOON)

    assert close_round(journey, LATER).closed_at == LATER
    assert close_round(journey, LATER) is None
    with pytest.raises(RoundClosedError):
        fill(first, 1)
    assert open_round(journey, LATER).id != first.id
    assert db.session.query(Estimate).count() == 0


def test_a_sheet_takes_the_place_of_the_one_before(app):
    asked = open_round(make_journey(), NOON)
    save_sheet(asked.token, "mine", Colleague("Anne", Team.SALES), {"a/b": 3, "a/c": 4}, NOON)

    save_sheet(asked.token, "mine", NOBODY, {"a/b": 5}, LATER)

    sheet = sheet_of(asked, "mine")
    assert (n_sheets(asked), sheet.points, sheet.name, sheet.team) == (1, {"a/b": 5}, None, None)
    assert sheet.given_at == LATER
    assert sheet_of(asked, "another") is None


def test_a_round_there_is_not_takes_nothing(app):
    with pytest.raises(RoundClosedError):
        save_sheet("unknown", "mine", NOBODY, {"a/b": 3}, NOON)


def test_the_last_closed_round_of_enough_colleagues_is_told_about(app):
    journey = make_journey()
    for number, n in enumerate((6, 7, 2)):
        asked = open_round(journey, NOON + timedelta(days=number))
        fill(asked, n)
        close_round(journey, NOON + timedelta(days=number, hours=1))
    fill(open_round(journey, LATER), 9)

    told = told_round_of(journey.id, least=5)

    assert n_sheets(told) == 7
    assert told_round_of(make_journey().id, least=5) is None


def test_a_round_that_nobody_took_part_in_is_told_about_if_there_is_no_other(app):
    journey = make_journey()
    asked = open_round(journey, NOON)
    close_round(journey, LATER)

    assert told_round_of(journey.id, least=5).id == asked.id


def test_colleagues_are_asked_what_customers_are_asked(app):
    journey = tell(app, people=8)
    stage = touchpoints_to_estimate(journey.id)[0][0]
    every = {one.key for one in stage.touchpoints}
    retired = db.session.query(Touchpoint).filter_by(key="invoice").one()
    retire(retired, NOON)

    groups = touchpoints_to_estimate(journey.id)

    assert [stage.key for stage, _ in groups] == ["retention"]
    asked = {touchpoint.key for touchpoint in groups[0][1]}
    assert "delivery" in asked
    assert "invoice" not in asked
    assert asked < every


def test_where_no_survey_asks_anything_yet_colleagues_are_asked_about_all(app):
    journey = plant_journey("cycle", Market.B2C, now=NOON, key="household")

    groups = touchpoints_to_estimate(journey.id)

    assert len(groups) == 5
    assert all(
        [one.key for one in stage.touchpoints] == [one.key for one in those]
        for stage, those in groups
    )
