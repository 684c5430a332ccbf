"""How people go through a journey, on its page."""

from datetime import timedelta

import pytest

from actions.crm_cells import Line
from actions.event_import import import_events
from actions.journey import plant_journey
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import tell
from vocabulary import Market, Role

PAGE = "/journeys/household/flow"
LATER = NOON + timedelta(days=500)


def happened(*rows):
    lines = [
        Line(number, dict(zip(("person", "kind", "time"), row, strict=True)))
        for number, row in enumerate(rows)
    ]
    import_events(lines, now=LATER)


def leave(people=80):
    """Every fourth of those who had a bad invoice leaves; somebody else is heard of last."""
    gone = [(f"person {n}", "churn", "2027-01-05") for n in range(1, people, 8)]
    happened(*gone, ("somebody", "lead", "2028-01-05"))


def test_it_says_what_followed_a_bad_experience_and_that_it_is_no_proof(client, analyst):
    leave()

    page = client.get(PAGE).text

    assert (
        "Of the customers who scored “Bill” below 75, 25% left in the year after it; of the "
        "others 0%." in page
    )
    assert "that is no proof that one causes the other" in page
    assert "How many more left in the year after being hurt" in page
    assert "Events up to 5 January 2028" in page


def test_it_says_whom_the_scores_are_about(client, analyst):
    leave()

    page = client.get(PAGE).text

    assert "Customers who stayed" in page
    assert "Customers who left since" in page
    assert "Ex-customers and lost deals were not asked about Retention" in page


@pytest.mark.parametrize("choice", ["audience=customer", "market=b2c"])
def test_whom_the_reader_left_out_is_not_called_unasked(client, analyst, choice):
    leave()

    page = client.get(f"{PAGE}?{choice}").text

    assert "Customers who stayed" in page
    assert "Ex-customers and lost deals were not asked" not in page


def test_an_outcome_that_befell_nobody_within_the_year_is_said_to(client, analyst):
    leave()
    happened(("person 2", "referral", "2028-01-04"))

    assert "· it happened to nobody" in client.get(PAGE).text


def test_without_events_it_teaches_how_they_come_in(client, analyst):
    page = client.get(PAGE).text

    assert "No events yet" in page
    assert "flask events import FILE.csv" in page
    assert "person,account,kind,time,value,product" in page
    assert "What people did afterwards is not known" in page


def test_without_answers_it_says_what_the_page_will_show(app, client):
    make_organisation()
    user = make_user(Role.OWNER)
    make_membership(user, plant_journey("cycle", Market.B2C, now=NOON, key="empty"))
    sign_in_as(client, user)

    page = client.get("/journeys/empty/flow").text

    assert "Nobody has answered yet" in page
    assert "flask events import FILE.csv" in page


def test_new_events_are_seen_at_once(client, analyst):
    assert "No events yet" in client.get(PAGE).text

    leave()

    assert "No events yet" not in client.get(PAGE).text


def test_a_selection_of_too_few_shows_no_number(app, client):
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app, people=4))
    sign_in_as(client, user)
    leave(people=4)

    page = client.get(PAGE).text

    assert "How many go on from stage to stage cannot be said yet." in page
    assert "fewer than five people" in page
    assert "0%" not in page


@pytest.mark.parametrize("people", [12, 80])
def test_it_costs_the_same_statements_however_many_answers(app, client, count_statements, people):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=people)
    leave(people)
    sign_in_as(client, user)
    client.get(PAGE)
    count_statements.clear()

    client.get(PAGE)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 7
