from html import unescape

import pytest

from actions.journey import plant_journey, stages_of
from actions.sentiment import score_comments
from actions.stage import retire
from extensions import db
from models import Journey
from tests.actions.test_stage import answer
from tests.factories import NOON, make_organisation, make_user, sign_in_as
from vocabulary import Lifecycle, Market, Role, Team

STAGES = "/journeys/shop/map/stages"
STAGE = {
    "name_nl": "Verhuizen",
    "name_en": "Moving in",
    "goal_nl": "Thuis",
    "goal_en": "At home",
    "leads_from": "customer",
    "leads_to": "",
}
TOUCHPOINT = {
    "name_nl": "Sleutels",
    "name_en": "Keys",
    "channel": "offline",
    "media": "owned",
    "team": "sales",
}


@pytest.fixture(autouse=True)
def _set_up(client):
    make_organisation(language="en")
    user = make_user(Role.ANALYST)
    plant_journey("cycle", Market.B2C, key="shop", user_id=user.id, now=NOON)
    sign_in_as(client, user)


def stages():
    db.session.expire_all()
    return {stage.key: stage for stage in stages_of(db.session.query(Journey).one())}


def test_a_stage_is_added_and_the_map_opened_there(client):
    sent = client.post(f"{STAGES}/new", data=STAGE)
    assert (sent.status_code, sent.location) == (303, "/journeys/shop/map#stage-moving_in")
    made = stages()["moving_in"]
    assert (made.name["nl"], made.goal["en"]) == ("Verhuizen", "At home")
    assert (made.leads_from, made.leads_to) == (Lifecycle.CUSTOMER, None)


def test_a_stage_needs_its_texts_in_both_languages_and_nothing_typed_is_lost(client):
    sent = client.post(f"{STAGES}/new", data=STAGE | {"goal_en": " "})
    assert sent.status_code == 422
    assert "Say in one sentence what you want here, in both languages." in sent.text
    assert 'value="Verhuizen"' in sent.text
    assert len(stages()) == 5


def test_a_stage_is_edited_with_what_it_said_filled_in(client):
    page = client.get(f"{STAGES}/decision").text
    assert 'value="Beslissing"' in page
    assert "Buying is quick and feels like a good choice." in page
    client.post(f"{STAGES}/decision", data=STAGE)
    assert stages()["decision"].name == {"nl": "Verhuizen", "en": "Moving in"}


def test_a_touchpoint_is_added_and_edited(client):
    sent = client.post(f"{STAGES}/decision/touchpoints/new", data=TOUCHPOINT)
    assert sent.location == "/journeys/shop/map#touchpoint-decision-keys"
    client.post(f"{STAGES}/decision/touchpoints/keys", data=TOUCHPOINT | {"team": "service"})
    assert stages()["decision"].touchpoints[-1].team is Team.SERVICE


def test_a_word_that_is_no_choice_is_refused(client):
    bad = TOUCHPOINT | {"channel": "telepathy"}
    sent = client.post(f"{STAGES}/decision/touchpoints/new", data=bad)
    assert sent.status_code == 422
    assert len(stages()["decision"].touchpoints) == 6


def test_buttons_put_stages_and_touchpoints_in_order(client):
    client.post(f"{STAGES}/decision/position", data={"direction": "up"})
    assert list(stages())[1] == "decision"
    client.post(f"{STAGES}/decision/touchpoints/price/position", data={"direction": "down"})
    assert [t.key for t in stages()["decision"].touchpoints][:2] == ["customer_service", "price"]


def test_what_is_put_away_is_listed_apart_and_can_be_used_again(client):
    client.post(f"{STAGES}/decision/retirement", data={"is_retired": "yes"})
    client.post(f"{STAGES}/retention/touchpoints/app/retirement", data={"is_retired": "yes"})
    page = client.get("/journeys/shop/map").text
    assert "Stages put away" in page
    assert "1 touchpoint put away" in page
    client.post(f"{STAGES}/decision/retirement", data={"is_retired": "no"})
    assert stages()["decision"].retired_at is None


def test_what_nobody_was_asked_about_is_deleted(client):
    client.post(f"{STAGES}/decision/touchpoints/price/deletion")
    client.post(f"{STAGES}/advocacy/deletion")
    assert "advocacy" not in stages()
    assert stages()["decision"].touchpoints[0].key == "customer_service"


def test_what_has_answers_is_kept_and_the_page_says_why(client):
    answer(db.session.query(Journey).one())
    price = client.post(f"{STAGES}/decision/touchpoints/price/deletion", follow_redirects=True).text
    stage = client.post(f"{STAGES}/decision/deletion", follow_redirects=True).text
    assert "This touchpoint has answers, so it is kept." in price
    assert "This stage has surveys, so it is kept." in stage
    assert "price" in [t.key for t in stages()["decision"].touchpoints]


def test_a_part_of_another_journey_is_not_found(client):
    plant_journey("funnel", Market.B2C, key="other", now=NOON)
    assert client.get("/journeys/other/map/stages/interest").status_code == 404
    assert client.get(f"{STAGES}/interest").status_code == 404
    assert client.get(f"{STAGES}/decision/touchpoints/blogs").status_code == 404


def test_a_retired_stage_can_still_be_edited(client):
    retire(stages()["decision"], NOON)
    assert client.get(f"{STAGES}/decision").status_code == 200


def stems_shown(page, language):
    field = page[page.index(f'id="stems_{language}"') :]
    return field[field.index(">") + 1 : field.index("</textarea>")].split()


def touchpoint(key="price"):
    return next(one for one in stages()["decision"].touchpoints if one.key == key)


def test_the_words_in_force_are_filled_in_and_kept_as_sent(client):
    page = client.get(f"{STAGES}/decision/touchpoints/price").text
    assert "prijs" in stems_shown(page, "nl")
    assert "price" in stems_shown(page, "en")

    words = {"stems_nl": "Tarief\r\n -tarief \n\nvaste lasten", "stems_en": ""}
    client.post(f"{STAGES}/decision/touchpoints/price", data=TOUCHPOINT | words)

    assert touchpoint().stems == {"nl": ["tarief", "-tarief", "vaste lasten"]}
    page = client.get(f"{STAGES}/decision/touchpoints/price").text
    assert stems_shown(page, "nl") == ["tarief", "-tarief", "vaste", "lasten"]
    assert "price" in stems_shown(page, "en")


def test_the_page_says_when_comments_are_read_again(client):
    answer(db.session.query(Journey).one())
    score_comments(NOON)
    place = f"{STAGES}/decision/touchpoints/price"
    again = "The comments are read again by these words"

    sent = client.post(place, data=TOUCHPOINT | {"stems_nl": "tarief"}, follow_redirects=True)
    same = client.post(place, data=TOUCHPOINT | {"stems_nl": "tarief"}, follow_redirects=True)

    assert again in sent.text
    assert again not in same.text
    assert "Saved." in same.text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("\n".join(f"woord{n}" for n in range(61)), "Keep at most 60 words; there are 61."),
        ("a.", "Write “a.” in 2 to 60 characters, or leave it out."),
        ("--", "Write “--” in 2 to 60 characters, or leave it out."),
        ("x" * 61, f"Write “{'x' * 60}” in 2 to 60 characters, or leave it out."),
        ("tarief\x07", "Leave out invisible characters."),
    ],
)
def test_words_that_cannot_be_looked_for_are_refused_and_not_lost(client, words, why):
    place = f"{STAGES}/decision/touchpoints/new"

    sent = client.post(place, data=TOUCHPOINT | {"stems_nl": words})

    assert sent.status_code == 422
    assert why in sent.text
    assert words.splitlines()[0][:60] in sent.text
    assert len(stages()["decision"].touchpoints) == 6


def test_ready_words_that_are_many_can_be_sent_back(client):
    food = TOUCHPOINT | {"name_nl": "Eten", "name_en": "Food"}
    client.post(f"{STAGES}/decision/touchpoints/new", data=food)
    place = f"{STAGES}/decision/touchpoints/food"
    page = client.get(place).text
    words = page[page.index('id="stems_nl"') :]
    words = unescape(words[words.index(">") + 1 : words.index("</textarea>")])
    assert len(words.split("\n")) > 60

    sent = client.post(place, data=food | {"stems_nl": words})

    assert sent.status_code == 303
    assert touchpoint("food").stems is None
