import pytest
from sqlalchemy import func, select

from actions.journey import (
    KeyTakenError,
    WrongKeyError,
    name_journey,
    plant_journey,
    restore_journey,
    retire_journey,
    stages_of,
)
from extensions import db
from models import Journey, Membership
from questionnaires.template import UnknownTemplateError, template
from tests.factories import NOON, make_user
from vocabulary import Lifecycle, Market, Role


@pytest.fixture(autouse=True)
def _app(app):
    """Every test needs the database."""


def plant(**given):
    return plant_journey("cycle", Market.B2C, **{"now": NOON} | given)


def test_a_planted_journey_has_all_that_its_template_says():
    journey = plant()

    stages = stages_of(journey)
    wanted = template("cycle", Market.B2C).stages
    assert (journey.key, journey.market, journey.template) == ("cycle_b2c", Market.B2C, "cycle")
    assert [stage.key for stage in stages] == [stage.key for stage in wanted]
    for stage, want in zip(stages, wanted, strict=True):
        assert (stage.name, stage.goal) == (want.name, want.goal)
        assert (stage.leads_from, stage.leads_to) == (want.leads_from, want.leads_to)
        assert [(t.key, t.name, t.channel, t.media, t.team) for t in stage.touchpoints] == [
            (t.key, t.name, t.channel, t.media, t.team) for t in want.touchpoints
        ]
    assert stages[-1].leads_to is Lifecycle.AMBASSADOR


def test_a_second_journey_of_a_template_gets_a_key_of_its_own():
    assert [plant().key, plant().key] == ["cycle_b2c", "cycle_b2c_2"]


def test_a_key_and_a_name_can_be_chosen():
    journey = plant(key="shop", name={"nl": "Winkel", "en": "Shop"})
    assert (journey.key, journey.name["en"]) == ("shop", "Shop")


def test_a_key_that_is_taken_is_refused_and_nothing_is_planted():
    plant(key="shop")
    with pytest.raises(KeyTakenError, match="shop"):
        plant(key="shop")
    assert db.session.scalar(select(func.count(Journey.id))) == 1


@pytest.mark.parametrize("key", ["new", "Shop", "1st", "a b", "../etc", "x" * 61])
def test_a_key_that_cannot_stand_in_an_address_is_refused(key):
    with pytest.raises(WrongKeyError):
        plant(key=key)


def test_an_unknown_template_is_refused():
    with pytest.raises(UnknownTemplateError):
        plant_journey("spiral", Market.B2B, now=NOON)


def test_who_plants_a_journey_becomes_a_member_of_it():
    analyst = make_user(Role.ANALYST)
    journey = plant(user_id=analyst.id)
    assert db.session.scalars(select(Membership.journey_id)).all() == [journey.id]


def test_an_administrator_needs_no_membership():
    plant(user_id=make_user(Role.ADMINISTRATOR).id)
    assert db.session.scalars(select(Membership)).all() == []


def test_a_journey_is_renamed_retired_and_taken_up_again():
    journey = plant()
    name_journey(journey, {"nl": "Reis", "en": "Trip"})
    retire_journey(journey, NOON)
    assert (journey.name, journey.retired_at) == ({"nl": "Reis", "en": "Trip"}, NOON)
    restore_journey(journey)
    assert journey.retired_at is None
