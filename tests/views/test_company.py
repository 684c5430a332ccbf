"""The page of accounts: counted three ways, disagreement, and who was heard."""

import re

import pytest

from actions.account_import import import_accounts
from actions.crm_cells import Line
from actions.journey import plant_journey, stages_of
from actions.projection import project_finished
from actions.response import Record, Respondent, Sitting, record_many
from actions.survey import Settings, draft_survey, publish_survey
from extensions import db
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import tell
from vocabulary import Audience, Identity, Market, Role

PAGE = "/journeys/business/accounts"


@pytest.fixture(autouse=True)
def _set_up(app):
    make_organisation(language="en")


def tell_of_accounts(accounts=12, *, identity=Identity.PSEUDONYMOUS, roles=True, large=()):
    """Two people of each account answer about activating: a decision maker in every second one.

    Who belongs to one of the large accounts is dissatisfied.
    """
    journey = plant_journey("funnel", Market.B2B, now=NOON, key="business")
    stage = next(stage for stage in stages_of(journey) if stage.key == "activate")
    survey = draft_survey(journey, stage, Settings(identity=identity), now=NOON)
    ids = survey.id, publish_survey(survey, NOON).id
    record_many([_record(ids, number, identity, roles, large) for number in range(2 * accounts)])
    db.session.commit()
    project_finished(NOON)
    return journey


def _record(ids, number, identity, roles, large):
    account = f"a{number // 2}"
    role = "decision_maker" if number % 4 == 0 else "user"
    respondent = Respondent(
        Audience.CUSTOMER,
        Market.B2B,
        account=account,
        person=f"p{number}",
        attributes={"role": role} if roles else {},
    )
    sitting = Sitting(f"{ids[0]}-{number}", *ids, identity, "nl", respondent, NOON)
    overall = 1 if account in large else (5 if number % 2 else 4)
    return Record(sitting, {"overall": overall}, NOON)


def import_crm(*rows):
    import_accounts([Line(number, row) for number, row in enumerate(rows, 2)], now=NOON)


def sign_in(client, journey, role=Role.ANALYST):
    user = make_user(role)
    make_membership(user, journey)
    sign_in_as(client, user)


def sentence_of(page):
    return re.search(r'<p class="lead finding">(.*?)</p>', page, re.DOTALL).group(1).strip()


def table_of(page, heading):
    """The rows of the first table after a heading, each as its words."""
    body = page[page.index(f'id="{heading}"') :]
    body = body[body.index("<tbody>") : body.index("</tbody>")]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in body.split("<tr>")[1:]]
    return [" ".join(row) for row in rows]


def test_the_sentence_says_who_was_not_heard(client):
    sign_in(client, tell_of_accounts())

    page = client.get(PAGE).text

    assert sentence_of(page).startswith(
        "In 6 of the 12 accounts of which it can be said, no decision maker was heard (50%, "
        "between "
    )


def test_revenue_turns_the_score_where_large_accounts_are_unhappy(client):
    large = {f"a{number}" for number in range(6)}
    journey = tell_of_accounts(24, large=large)
    import_crm(
        *(
            {"account": f"a{number}", "revenue": "900" if f"a{number}" in large else "20"}
            for number in range(24)
        )
    )
    sign_in(client, journey)

    page = client.get(PAGE).text

    assert "Counted otherwise (by revenue), Activate scores 5, " in sentence_of(page)
    rows = table_of(page, "ways")
    assert rows[0].startswith("Activate Each answer equal 66 between ")
    assert rows[1].startswith("Activate Each account equal 66 between ")
    assert rows[2].startswith("Activate By revenue 5 between ")
    assert rows[2].endswith("24 48 100%")


def test_the_answers_of_every_second_person_differ_by_no_more_than_a_step(client):
    sign_in(client, tell_of_accounts())

    assert table_of(client.get(PAGE).text, "agreement")[0].startswith("Activate 0% between 0% and")


@pytest.mark.parametrize("identity", [Identity.NAMED, Identity.PSEUDONYMOUS])
def test_the_crm_says_what_part_somebody_plays_whatever_a_survey_keeps(client, identity):
    journey = tell_of_accounts(identity=identity, roles=False)
    people = [
        {"account": f"a{number // 2}", "person": f"p{number}", "part": "decision_maker"}
        for number in range(0, 24, 4)
    ]
    others = [
        {"account": f"a{number // 2}", "person": f"p{number}", "part": "user"}
        for number in range(24)
        if number % 4
    ]
    unheard = [{"account": f"a{n}", "person": f"new{n}", "part": "decision_maker"} for n in (1, 3)]
    import_crm(*people, *others, *unheard)
    sign_in(client, journey)

    page = client.get(PAGE).text

    assert table_of(page, "parts")[0].startswith("Decision maker 8 6 75% between ")
    assert table_of(page, "silence")[0].startswith("Decision maker 6 of 12 50% between ")
    assert table_of(page, "silence")[0].endswith("– 2")


def test_the_accounts_to_call_are_named_to_analysts_alone_and_the_largest_first(app, client):
    journey = tell_of_accounts()
    import_crm(
        {"account": "a1", "name": "Bakker", "revenue": "10"},
        {"account": "a3", "name": "Visser", "revenue": "500"},
        {"account": "a4", "name": "Gehoord", "revenue": "900"},
    )
    sign_in(client, journey)
    page = client.get(PAGE).text
    others = app.test_client()
    sign_in(others, journey, Role.MANAGER)

    named = re.search(r'<ul class="company__names">(.*?)</ul>', page, re.DOTALL).group(1)
    assert re.findall(r"<li>(.*?)</li>", named)[:3] == ["Visser", "Bakker", "a11"]
    assert "Gehoord" not in page
    assert "Visser" not in others.get(PAGE).text


def test_under_a_role_it_is_still_everybody_who_was_heard(client):
    sign_in(client, tell_of_accounts())

    page = client.get(f"{PAGE}?attribute.role=user").text

    assert "everybody in the period counts" in page
    assert sentence_of(page).startswith("In 6 of the 12 accounts")


def test_accounts_whose_parts_nobody_knows_say_so(client):
    sign_in(client, tell_of_accounts(roles=False))

    page = client.get(PAGE).text

    assert sentence_of(page).startswith(
        "What part those who answered play in the decision is not known."
    )
    assert "flask accounts import FILE.csv" in page


def test_four_people_are_told_of_as_if_they_were_nobody(client):
    sign_in(client, tell_of_accounts(2))

    page = client.get(PAGE).text

    assert "Fewer than five people answered for an account so far" in page
    assert "Counted three ways" not in page
    assert "Worth a call" not in page


def test_four_accounts_have_one_score_and_no_interval(client):
    sign_in(client, tell_of_accounts(4))

    rows = table_of(client.get(PAGE).text, "ways")

    assert rows[0] == "Activate Each answer equal 88 few fewer than five accounts – 4 8 –"
    assert rows[1] == "Activate Each account equal – fewer than five accounts – 4 8 –"


def test_a_journey_of_consumers_is_told_what_it_would_take(app, client):
    sign_in(client, tell(app))

    page = client.get("/journeys/household/accounts").text

    assert "Fewer than five people answered for an account so far" in page
    assert "flask accounts import FILE.csv" in page


@pytest.mark.parametrize("accounts", [6, 40])
def test_the_page_costs_the_same_statements_however_many_accounts(
    client, count_statements, accounts
):
    sign_in(client, tell_of_accounts(accounts))
    client.get(PAGE)
    count_statements.clear()

    client.get(PAGE)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 7


@pytest.mark.parametrize("role", [Role.MANAGER, Role.OWNER])
@pytest.mark.parametrize("page", ["accounts", "flow"])
def test_who_may_not_read_single_answers_cannot_subtract_two_selections(client, role, page):
    sign_in(client, tell_of_accounts(), role)
    path = f"/journeys/business/{page}"

    usual, chosen = (
        client.get(address).text.partition("<main")[2].partition("</main>")[0]
        for address in (path, f"{path}?from=2026-10&to=2026-10&attribute.role=user")
    )

    assert chosen == usual
    assert 'id="filter-from"' not in usual
    assert "two selections could tell about one of them" in usual
