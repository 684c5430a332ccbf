"""A colleague's sheet: without signing in, once per device, until the round is closed."""

import re

import pytest

import actions.estimate
from actions.estimate import close_round, open_round
from extensions import db
from models import Estimate, Journey, Touchpoint
from tests.factories import NOON, make_organisation
from tests.story import tell
from vocabulary import Team


@pytest.fixture
def asked(app):
    make_organisation(language="en")
    return open_round(tell(app, people=8), NOON)


def field_of(key):
    return f"touchpoint_{db.session.query(Touchpoint).filter_by(key=key).one().id}"


def signed_of(page):
    return re.search(r'name="_token" value="([^"]+)"', page).group(1)


def fill_in(browser, asked, **given):
    """Open the sheet and send it."""
    token = signed_of(browser.get(f"/e/{asked.token}").text)
    return browser.post(f"/e/{asked.token}", data={"_token": token} | given)


def only():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Estimate).one()


def test_what_customers_are_asked_about_is_asked_stage_by_stage(client, asked):
    page = client.get(f"/e/{asked.token}").text

    assert '<h2 class="answer__section">Retention</h2>' in page
    assert "Advocacy" not in page  # no survey asks about it
    assert page.count('<fieldset id="touchpoint_') > 2
    assert 'aria-label="This journey"' not in page


def test_a_sheet_is_kept_and_thanked_for(client, asked):
    given = {field_of("invoice"): "4", "name": " Anne ", "team": "sales"}

    answer = fill_in(client, asked, **given)

    assert (answer.status_code, answer.location) == (303, f"/e/{asked.token}/thanks")
    assert "Thank you, your estimates are in" in client.get(answer.location).text
    sheet = only()
    assert (sheet.name, sheet.team, sheet.points) == ("Anne", Team.SALES, {"retention/invoice": 4})


def test_who_comes_back_sees_and_changes_their_own_sheet(client, asked):
    invoice, delivery = field_of("invoice"), field_of("delivery")
    fill_in(client, asked, **{invoice: "4", "name": "Anne"})

    page = client.get(f"/e/{asked.token}").text
    assert "You were here before" in page
    assert re.search(rf'name="{invoice}" value="4" checked', page)
    fill_in(client, asked, **{delivery: "2", "team": "service"})

    assert only().points == {"retention/delivery": 2}
    assert (only().name, only().team) == (None, Team.SERVICE)


def test_sending_twice_is_one_sheet_without_cookies_too(app, asked):
    browser = app.test_client(use_cookies=False)
    token = signed_of(browser.get(f"/e/{asked.token}").text)

    for points in ("4", "5"):
        browser.post(f"/e/{asked.token}", data={"_token": token, field_of("invoice"): points})

    assert only().points == {"retention/invoice": 5}


def test_two_colleagues_are_two_sheets_and_neither_sees_the_other(app, client, asked):
    fill_in(client, asked, **{field_of("invoice"): "4", "name": "Anne"})
    other = app.test_client()

    page = other.get(f"/e/{asked.token}").text

    assert "Anne" not in page
    assert "checked" not in page
    fill_in(other, asked, **{field_of("invoice"): "1"})
    assert db.session.query(Estimate).count() == 2


def test_looking_keeps_nothing(client, asked):
    for _ in range(3):
        client.get(f"/e/{asked.token}")

    assert db.session.query(Estimate).count() == 0


@pytest.mark.parametrize("token", ["", "forged", None])
def test_a_page_that_is_not_ours_is_not_taken_and_keeps_what_was_filled_in(client, asked, token):
    invoice = field_of("invoice")
    given = {invoice: "4"} | ({} if token is None else {"_token": token})

    answer = client.post(f"/e/{asked.token}", data=given)

    assert answer.status_code == 400
    assert "Please send it again." in answer.text
    assert re.search(rf'name="{invoice}" value="4" checked', answer.text)
    assert db.session.query(Estimate).count() == 0


def test_a_token_of_another_round_is_not_taken(client, asked):
    token = signed_of(client.get(f"/e/{asked.token}").text)
    journey = db.session.query(Journey).one()
    close_round(journey, NOON)
    other = open_round(journey, NOON)

    answer = client.post(f"/e/{other.token}", data={"_token": token, field_of("invoice"): "4"})

    assert answer.status_code == 400
    assert db.session.query(Estimate).count() == 0


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"invoice": "6"},
        {"invoice": "not_applicable"},
        {"invoice": "4", "team": "board"},
        {"invoice": "4", "name": "x" * 201},
        {"invoice": "4", "name": "Anne\nBcc: a@b.example"},
    ],
)
def test_what_is_no_estimate_is_refused_with_a_word(client, asked, given):
    values = dict(given)
    if "invoice" in values:
        values[field_of("invoice")] = values.pop("invoice")

    answer = fill_in(client, asked, **values)

    assert answer.status_code == 422
    assert 'class="message is-problem"' in answer.text
    assert db.session.query(Estimate).count() == 0


def test_a_closed_round_takes_no_more(client, asked):
    token = signed_of(client.get(f"/e/{asked.token}").text)
    close_round(db.session.query(Journey).one(), NOON)

    for answer in (
        client.get(f"/e/{asked.token}"),
        client.post(f"/e/{asked.token}", data={"_token": token, field_of("invoice"): "4"}),
    ):
        assert answer.status_code == 410
        assert "This round is closed" in answer.text
    assert db.session.query(Estimate).count() == 0
    assert "The round is closed by now" in client.get(f"/e/{asked.token}/thanks").text


def test_a_round_that_is_full_says_so_but_lets_who_took_part_change(
    app, client, asked, monkeypatch
):
    monkeypatch.setattr(actions.estimate, "MOST_SHEETS", 1)
    fill_in(client, asked, **{field_of("invoice"): "4"})

    refused = fill_in(app.test_client(), asked, **{field_of("invoice"): "1"})
    fill_in(client, asked, **{field_of("invoice"): "5"})

    assert "So many people took part that no more can." in refused.text
    assert only().points == {"retention/invoice": 5}


@pytest.mark.parametrize("path", ["", "/thanks"])
def test_a_link_that_is_cut_off_says_what_to_do(client, asked, path):
    answer = client.get(f"/e/{asked.token[:-1]}{path}")

    assert answer.status_code == 404
    assert "Please check the link" in answer.text


def test_the_sheet_is_in_dutch_too(client, asked):
    client.set_cookie("language", "nl")

    page = client.get(f"/e/{asked.token}").text

    assert "1 = Zeer ontevreden" in page
    assert '<html lang="nl">' in page
