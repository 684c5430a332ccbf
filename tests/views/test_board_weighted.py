"""The scores of the journey board weighted to a known mix, beside those that are not."""

import pytest

from actions.mix import WhoMix, set_mix
from extensions import db
from models import Journey
from tests.factories import NOON
from tests.story import answer_as
from vocabulary import Audience

BOARD = "/journeys/household/"


@pytest.fixture
def mixed(analyst):
    """Half of all people left, but one in five of those who answered did."""
    answer_as(Audience.EX_CUSTOMER, 20, 1)
    journey = db.session.query(Journey).one()
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50}), NOON)
    return journey


def test_both_scores_stand_on_the_board_with_what_the_weights_cost(client, mixed):
    page = client.get(BOARD).text

    assert '<span class="score__value">44</span>' in page  # 80 at 55 and 20 at 0
    assert "<strong>27</strong>" in page  # half of 55, half of 0
    assert "100 answers, worth 64" in page  # 80 that count .625 and 20 that count 2.5
    assert "design effect" in page
    assert "Audience since January 2026: Customers 50%, Ex-customers 50%." in page


def test_without_a_mix_the_board_says_nothing_of_weights(client, analyst):
    page = client.get(BOARD).text

    assert "eighted" not in page
    assert "design effect" not in page


def test_a_group_of_four_carries_no_share(client, analyst):
    answer_as(Audience.EX_CUSTOMER, 4, 1)
    journey = db.session.query(Journey).one()
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50}), NOON)

    page = client.get(BOARD).text

    assert "no stage can be weighted to it here" in page
    assert "worth" not in page


def test_a_mix_of_a_later_month_does_not_hold_yet(client, analyst):
    journey = db.session.query(Journey).one()
    set_mix(journey, WhoMix("audience", "2026-12", {"customer": 50, "ex_customer": 50}), NOON)

    assert "eighted" not in client.get(BOARD).text


def test_a_warm_board_costs_no_further_weighting(client, mixed, monkeypatch):
    client.get(BOARD)
    monkeypatch.setattr("actions.weighting.weighted_of", None)

    assert "worth 64" in client.get(BOARD).text
