import pytest
from sqlalchemy import select

from actions.journey import plant_journey, retire_journey
from extensions import db
from models import Journey, Membership
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from vocabulary import Market, Role


@pytest.fixture(autouse=True)
def _set_up(app):
    make_organisation(language="en")


@pytest.fixture
def analyst(client):
    user = make_user(Role.ANALYST)
    sign_in_as(client, user)
    return user


def plant(key="shop", template="cycle", market=Market.B2C, **given):
    name = {"nl": f"Reis {key}", "en": f"Journey {key}"}
    return plant_journey(template, market, key=key, name=name, now=NOON, **given)


def test_an_empty_list_offers_the_templates_to_who_may_plant_one(client, analyst):
    page = client.get("/journeys").text
    assert "For consumers (B2C), in five stages" in page
    assert 'action="/journeys/new"' in page


def test_an_empty_list_tells_a_manager_whom_to_ask(client):
    sign_in_as(client, make_user(Role.MANAGER))
    page = client.get("/journeys").text
    assert "No journey is shared with you yet." in page
    assert 'action="/journeys/new"' not in page


def test_a_colleague_sees_only_the_journeys_they_are_a_member_of(client, analyst):
    make_membership(analyst, plant("ours"))
    plant("theirs")
    page = client.get("/journeys").text
    assert "Journey ours" in page
    assert "Journey theirs" not in page


def test_an_administrator_sees_every_journey(client):
    sign_in_as(client, make_user())
    plant("ours")
    retire_journey(plant("old"), NOON)
    page = client.get("/journeys").text
    assert page.index("Journey ours") < page.index("Journeys put away") < page.index("Journey old")


@pytest.mark.parametrize("n", [1, 4])
def test_the_list_costs_the_same_statements_however_long(client, count_statements, n):
    sign_in_as(client, make_user())
    for number in range(n):
        plant(f"shop_{number}")
    client.get("/journeys")
    count_statements.clear()
    page = client.get("/journeys").text
    assert f"Journey shop_{n - 1}" in page
    assert len([s for s in count_statements if s.startswith("SELECT")]) <= 5


def test_planting_in_the_browser_leads_to_the_map_of_a_journey_of_ones_own(client, analyst):
    answer = client.post("/journeys/new", data={"template": "funnel-b2b", "name_en": "Our clients"})
    assert (answer.status_code, answer.location) == (303, "/journeys/our_clients/map")
    journey = db.session.scalar(select(Journey))
    assert (journey.template, journey.market) == ("funnel", Market.B2B)
    assert journey.name == {"nl": "Our clients", "en": "Our clients"}
    assert db.session.scalar(select(Membership.user_id)) == analyst.id
    assert client.get(answer.location).status_code == 200


def test_nothing_is_planted_from_an_unknown_template(client, analyst):
    answer = client.post("/journeys/new", data={"template": "spiral-b2b", "name_nl": "Reis"})
    assert answer.status_code == 422
    assert 'value="Reis"' in answer.text
    assert db.session.scalar(select(Journey)) is None


def test_a_name_of_the_wrong_kind_is_refused(client, analyst):
    for name in ("x" * 81, "two\nlines", "bell\x07", "\u202enrut"):
        answer = client.post("/journeys/new", data={"template": "cycle-b2c", "name_en": name})
        assert answer.status_code == 422
    assert db.session.scalar(select(Journey)) is None


def test_a_name_is_shown_and_never_run(client, analyst):
    client.post(
        "/journeys/new", data={"template": "cycle-b2c", "name_en": "<script>alert(1)</script>"}
    )
    page = client.get("/journeys").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_the_map_shows_stages_and_touchpoints_in_both_languages(client, analyst):
    plant(user_id=analyst.id)
    english = client.get("/journeys/shop/map").text
    client.set_cookie("language", "nl")
    dutch = client.get("/journeys/shop/map").text
    assert "Retention" in english
    assert "Web shop" in english
    assert "Behoud" in dutch
    assert "Webwinkel" in dutch


def test_the_map_costs_the_same_statements_however_many_stages(client, analyst, count_statements):
    numbers = []
    for key, template in (("short", "cycle"), ("long", "funnel")):
        plant(key, template, user_id=analyst.id)
        client.get(f"/journeys/{key}/map")
        count_statements.clear()
        client.get(f"/journeys/{key}/map")
        numbers.append(len([s for s in count_statements if s.startswith("SELECT")]))
    assert numbers[0] == numbers[1] <= 6


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_only_analysts_edit_a_journey(client, role):
    user = make_user(role)
    journey = plant()
    make_membership(user, journey)
    sign_in_as(client, user)
    assert client.get("/journeys/shop/map").status_code == 403
    assert client.post("/journeys/shop/retirement").status_code == 403
    assert client.get("/journeys/new").status_code == 403


def test_who_is_no_member_finds_no_journey(client, analyst):
    plant()
    assert client.get("/journeys/shop/map").status_code == 404
    assert client.post("/journeys/shop/retirement").status_code == 404


def test_a_journey_is_renamed_in_both_languages(client, analyst):
    plant(user_id=analyst.id)
    assert (
        client.post("/journeys/shop/name", data={"name_nl": "Reis", "name_en": " "}).status_code
        == 422
    )
    client.post("/journeys/shop/name", data={"name_nl": "Reis", "name_en": "Trip"})
    assert db.session.scalar(select(Journey.name)) == {"nl": "Reis", "en": "Trip"}


def test_a_journey_is_put_away_and_used_again(client, analyst):
    plant(user_id=analyst.id)
    client.post("/journeys/shop/retirement", data={"is_retired": "yes"})
    assert db.session.scalar(select(Journey.retired_at)) is not None
    client.post("/journeys/shop/retirement", data={"is_retired": "no"})
    db.session.expire_all()
    assert db.session.scalar(select(Journey.retired_at)) is None
