"""Saying how people divide."""

import re

import pytest

from actions.mix import WhoMix, set_mix
from extensions import db
from insights.months import months_before
from models import Journey, Mix
from tests.factories import NOON, make_journey
from tests.story import answer_as
from views.moment import this_month
from vocabulary import Audience

PAGE = "/journeys/household/mix"


def send(client, month="2026-01", page=PAGE, **shares):
    return client.post(page, data={"month_from": month} | shares)


def test_shares_in_percent_are_kept_as_parts_of_one_with_who_said_so(client, analyst):
    answer = send(client, share_0="25", share_1="75")

    mix = db.session.query(Mix).one()
    assert answer.status_code == 303
    assert (mix.dimension, mix.month_from) == ("audience", "2026-01")
    assert mix.shares == {"prospect": 0.25, "customer": 0.75}
    assert mix.set_by_id == analyst.id


def test_a_group_that_nobody_answered_of_is_kept_with_a_warning(client, analyst):
    send(client, share_0="25", share_1="75")
    page = client.get(PAGE).text

    assert "The mix is kept." in page
    assert "No answers, or too few, are of this group yet: Prospects." in page
    assert "January 2026" in page


def test_shares_that_do_not_add_up_are_refused_and_what_was_typed_stays(client, analyst):
    answer = send(client, share_0="25,5", share_1="60")

    assert answer.status_code == 422
    assert "Together the shares must be 100; these are 85.5." in answer.text
    assert re.search(r'name="share_0"[^>]*value="25,5"', answer.text)
    assert db.session.query(Mix).count() == 0


def test_what_is_no_share_or_no_month_is_refused(client, analyst):
    assert "Write a number from 0 to 100." in send(client, share_0="many", share_1="60").text
    assert "Write a month as 2026-10." in send(client, month="10/2026", share_0="40").text
    assert "Give the share of two groups or more." in send(client, share_0="100").text
    assert db.session.query(Mix).count() == 0


@pytest.mark.parametrize("month", ["1000-01", "1999-12", "2999-12"])
def test_a_month_that_is_far_off_is_refused(client, analyst, month):
    answer = send(client, month=month, share_0="40", share_1="60")

    assert answer.status_code == 422
    assert "Choose a month from 2000-01 to 2" in answer.text
    assert db.session.query(Mix).count() == 0


def test_a_month_of_a_year_ahead_is_the_last_that_is_taken(client, analyst):
    year, month = this_month().split("-")
    last, shares = f"{int(year) + 1}-{month}", {"share_0": "40", "share_1": "60"}

    assert send(client, month=months_before(last, -1), **shares).status_code == 422
    assert send(client, month=last, **shares).status_code == 303


def test_each_property_has_its_own_form_and_an_unknown_one_is_the_audience(client, analyst):
    assert "Business (B2B)" in client.get(PAGE + "?dimension=market").text
    assert "Ex-customers" in client.get(PAGE + "?dimension=nonsense").text

    send(client, page=PAGE + "?dimension=market", share_0="40", share_1="60")
    assert db.session.query(Mix).one().shares == {"b2b": 0.4, "b2c": 0.6}


def test_a_mix_can_be_taken_back_but_not_that_of_another_journey(client, analyst):
    send(client, share_0="25", share_1="75")
    other = make_journey()
    foreign = Mix(
        journey_id=other.id, dimension="audience", month_from="2026-01", shares={}, set_at=NOON
    )
    db.session.add(foreign)
    db.session.commit()
    own = db.session.query(Mix).join(Journey).filter(Journey.key == "household").one()

    assert client.post(f"{PAGE}/{foreign.id}/deletion").status_code == 404
    assert client.post(f"{PAGE}/{own.id}/deletion").status_code == 303
    assert [mix.journey_id for mix in db.session.query(Mix)] == [other.id]


def test_the_groups_of_an_attribute_are_named_as_everywhere(client, analyst):
    answer_as(Audience.CUSTOMER, 5, 4, attributes={"region": "north"})
    journey = db.session.query(Journey).one()
    set_mix(journey, WhoMix("region", "2026-01", {"it": 60, "decision_maker": 40}), NOON)

    send(client, page=PAGE + "?dimension=region", share_1="60", share_2="40")

    assert "are of these groups yet: it, decision maker." in client.get(PAGE).text
