"""The page of gaps, and the rounds in which colleagues are asked."""

import re

import pytest

from actions.estimate import Colleague, close_round, open_round, save_sheet
from extensions import db
from models import EstimateRound, Journey
from tests.factories import NOON, make_membership, make_user, sign_in_as
from vocabulary import Role, Team

PAGE = "/journeys/household/gap"


@pytest.fixture
def journey(analyst):
    return db.session.query(Journey).one()


def tell_round(journey, colleagues=6, *, invoice=5, delivery=4, is_closed=True):
    """Let colleagues estimate the invoice, which customers give 38, and the delivery: 80."""
    asked = open_round(journey, NOON)
    for number in range(colleagues):
        points = {"retention/invoice": invoice, "retention/delivery": delivery}
        who = Colleague(f"Colleague {number}" if number % 2 else None, Team.SALES)
        save_sheet(asked.token, f"key {asked.id} {number}", who, points, NOON)
    if is_closed:
        close_round(journey, NOON)
    return asked


def sentence_of(page):
    found = re.search(r'<p class="lead finding">(.*?)</p>', page, re.DOTALL).group(1)
    return " ".join(found.split())


def test_the_sentence_says_where_the_company_is_proud_and_customers_hurt(client, journey):
    tell_round(journey)

    page = client.get(PAGE).text

    assert re.fullmatch(
        r"Colleagues expect 100 for “Bill”; customers give 38, 62 points less, between 5\d and "
        r"7\d\. At one of 2 touchpoints the estimate is surely off\.",
        sentence_of(page),
    )
    assert "proud, while customers hurt" in page
    assert page.index("touchpoints/invoice") < page.index("touchpoints/delivery")


def test_what_is_better_than_thought_is_said_too(client, journey):
    tell_round(journey, invoice=2, delivery=1)

    assert "Colleagues expect 0 for “Delivery”; customers give 80, 80 points more, " in (
        sentence_of(client.get(PAGE).text)
    )


def test_an_open_round_tells_how_many_took_part_and_nothing_of_what_they_say(client, journey):
    asked = tell_round(journey, is_closed=False)

    page = client.get(PAGE).text

    assert "6 colleagues have taken part" in page
    assert f"/e/{asked.token}" in page
    assert "Colleagues expect" not in page


def test_while_a_new_round_is_open_the_last_one_stays(client, journey):
    tell_round(journey)
    tell_round(journey, 9, invoice=1, is_closed=False)

    page = client.get(PAGE).text

    assert "Colleagues expect 100 for “Bill”" in sentence_of(page)
    assert "9 colleagues have taken part" in page


def test_a_round_of_four_does_not_take_the_place_of_one_that_says_something(client, journey):
    tell_round(journey)
    tell_round(journey, 4, invoice=1)

    assert "Colleagues expect 100 for “Bill”" in sentence_of(client.get(PAGE).text)


def test_four_colleagues_are_not_told_of(client, journey):
    tell_round(journey, 4)

    page = client.get(PAGE).text

    assert sentence_of(page).startswith("Fewer than five colleagues took part")
    assert 'data-chart="' not in page
    assert ">100<" not in page


def test_teams_are_compared_where_five_took_part(client, journey):
    tell_round(journey)

    page = client.get(PAGE).text

    teams = page[page.index('id="teams"') :]
    assert re.search(r"<th scope=\"row\">\s*Sales\s*</th>", teams)


def test_a_round_opens_with_a_link_and_closes_with_a_count(client, journey):
    client.post(f"{PAGE}/rounds")
    client.post(f"{PAGE}/rounds")

    opened = db.session.query(EstimateRound).one()
    assert f"http://127.0.0.1:8000/e/{opened.token}" in client.get(PAGE).text
    closed = client.post(f"{PAGE}/rounds/end", follow_redirects=True).text
    assert "The round is closed; 0 colleagues took part." in closed
    db.session.refresh(opened)
    assert opened.closed_at is not None


def test_closing_what_is_not_open_changes_nothing(client, journey):
    assert client.post(f"{PAGE}/rounds/end").status_code == 303
    assert db.session.query(EstimateRound).count() == 0


def test_a_manager_sees_the_gaps_and_neither_link_nor_names(app, client, journey):
    tell_round(journey)
    asked = tell_round(journey, 7, is_closed=False)
    manager = make_user(Role.MANAGER)
    make_membership(manager, journey)
    browser = app.test_client()
    sign_in_as(browser, manager)

    page = browser.get(PAGE).text

    assert "Colleagues expect 100 for “Bill”" in sentence_of(page)
    assert asked.token not in page
    assert "Colleague 1" not in page
    assert "Colleague 1" in client.get(PAGE).text
    assert browser.post(f"{PAGE}/rounds").status_code == 403


def test_where_nobody_was_asked_the_page_teaches(client, journey):
    page = client.get(PAGE).text

    assert "Nobody was asked yet" in page
    assert f'action="{PAGE}/rounds"' in page


@pytest.mark.parametrize("colleagues", [6, 60])
def test_the_page_costs_the_same_statements_however_many_colleagues(
    client, journey, count_statements, colleagues
):
    tell_round(journey, colleagues)
    client.get(PAGE)
    count_statements.clear()

    client.get(PAGE)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 10
