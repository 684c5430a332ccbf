import csv

import pytest

from extensions import db
from models import Journey, Response
from tests.factories import (
    make_journey,
    make_membership,
    make_organisation,
    make_user,
    sign_in_as,
)
from tests.importing import row, take_in, write
from vocabulary import Role


@pytest.fixture
def analyst(client, tmp_path):
    """An analyst of the shop, whose answers tell the day they were given."""
    make_organisation(language="en")
    rows = (
        row(n, date=f"2026-10-{n:02}", region="noord", why=f"comment {n}") for n in range(1, 25)
    )
    take_in(write(tmp_path, *rows))
    analyst = make_user(Role.ANALYST)
    make_membership(analyst, db.session.query(Journey).one())
    sign_in_as(client, analyst)
    return analyst


def test_responses_are_listed_newest_first_twenty_a_page(client, analyst):
    first = client.get("/journeys/shop/responses").text
    assert "24 responses as they came in, the newest first." in first
    assert first.index("comment 24") < first.index("comment 5<")
    assert "comment 4<" not in first
    assert "Page 1 of 2" in first
    second = client.get("/journeys/shop/responses?page=2").text
    assert [f"comment {n}<" in second for n in (5, 4, 1)] == [False, True, True]


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9", "²"])
def test_a_page_that_is_not_there_leads_to_one_that_is(client, analyst, page):
    assert client.get("/journeys/shop/responses", query_string={"page": page}).status_code == 200


def test_each_answer_stands_under_its_question(client, analyst):
    text = client.get("/journeys/shop/responses").text
    assert "<dt>Buying</dt>" in text
    assert ">4 of 5</dd>" in text
    assert "region: noord" in text


def test_what_people_wrote_is_shown_as_text(client, analyst, tmp_path):
    take_in(write(tmp_path, row(99, date="2026-11-01", why="<script>alert(1)</script>")))
    text = client.get("/journeys/shop/responses").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text


def test_a_junk_response_is_set_aside_and_taken_back(client, analyst):
    key = db.session.query(Response.key).order_by(Response.answered_at).limit(1).scalar()
    path = f"/journeys/shop/responses/{key}/exclusion?page=2"

    answer = client.post(path, data={"is_excluded": "yes"})
    assert answer.location == f"/journeys/shop/responses?page=2#r-{key}"
    assert "Count it again" in client.get(answer.location).text
    assert db.session.query(Response).filter(Response.excluded_at.is_not(None)).one().key == key

    client.post(path, data={"is_excluded": "no"})
    assert db.session.query(Response).filter(Response.excluded_at.is_not(None)).count() == 0


def test_a_response_of_another_journey_is_out_of_reach(client, analyst):
    make_membership(analyst, make_journey(key="other"))
    key = db.session.query(Response.key).limit(1).scalar()
    assert client.post(f"/journeys/other/responses/{key}/exclusion").status_code == 404
    assert "comment" not in client.get("/journeys/other/responses").text


def test_all_responses_can_be_downloaded(client, analyst):
    answer = client.get("/journeys/shop/responses.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="shop-20')
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeffresponse,survey,")
    rows = list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))
    assert {found["till.why"] for found in rows} == {f"comment {n}" for n in range(1, 25)}


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
@pytest.mark.parametrize("page", ["responses", "responses.csv", "imports"])
def test_raw_answers_are_for_analysts(client, analyst, role, page):
    reader = make_user(role)
    make_membership(reader, db.session.query(Journey).one())
    sign_in_as(client, reader)
    assert client.get(f"/journeys/shop/{page}").status_code == 403


def test_the_page_costs_the_same_however_many_responses(client, analyst, count_statements):
    def n_statements(page):
        count_statements.clear()
        client.get("/journeys/shop/responses", query_string={"page": page})
        return len(count_statements)

    n_statements(1)
    assert n_statements(1) == n_statements(2)
