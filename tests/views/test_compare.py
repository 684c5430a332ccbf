"""The page on which any two groups or periods stand beside each other."""

import re
from html import unescape

import pytest

from tests.factories import make_organisation, make_user, sign_in_as
from tests.story import answer_next_month, tell
from vocabulary import Role

PAGE = "/journeys/household/compare"


def words_of(page):
    text = re.sub(r"<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", unescape(text))


def test_the_sentence_says_what_differs_how_sure_and_what_could_be_seen(client, analyst):
    told = words_of(client.get(PAGE).text)

    assert "Bill scores 50.0 points lower for online answers than for offline answers" in told
    assert "2 of 3 differences that could be tested are proven." in told
    assert re.search(
        r"At best, looked at alone, a true difference of \d+\.\d points would be found in four",
        told,
    )
    assert "(between −59.3 and −40.7)" in told


def test_the_table_has_both_sides_raw_and_shrunk(client, analyst):
    page = client.get(PAGE).text
    row = next(part for part in page.split("<tr") if ">Bill</th>" in part)
    told = words_of(row.split(">", 1)[1])

    assert "20 75 – 60 25" in told  # without a spread the offline score has no interval
    assert "−50.0" in told
    assert "proven lower" in told
    assert "< 0.001" in told
    assert "few answers" in told


def test_what_is_compared_is_no_filter_and_other_filters_stay(client, analyst):
    page = client.get(PAGE + "?by=channel&a=online&b=offline&from=2025-12&to=2026-11").text

    assert 'id="filter-channel"' not in page
    assert "Bill scores 50.0 points higher for offline answers than for online" in words_of(page)
    assert '<input type="hidden" name="a" value="online">' in page
    assert '<input type="hidden" name="to" value="2026-11">' in page


def test_a_group_compared_with_itself_is_asked_about_again(client, analyst):
    page = client.get(PAGE + "?by=channel&a=online&b=online")

    assert page.status_code == 200
    assert "Choose two different groups." in page.text
    assert "data-chart" not in page.text


def test_a_month_with_one_person_shows_nothing_of_that_person(app, client, analyst):
    answer_next_month(app)
    page = client.get(PAGE + "?by=period&a_from=2026-11&a_to=2026-11&b_from=2026-12&b_to=2026-12")
    told = words_of(page.text)

    assert "Too few answers to compare November 2026 and December 2026 anywhere." in told
    assert "Bill: too few answers to show" in told
    assert "Choose two periods" in client.get(PAGE + "?by=period&a_to=2026-12").text


def test_a_journey_without_answers_says_what_it_takes(app, client):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=3)
    sign_in_as(client, user)

    assert "at least five persons" in client.get(PAGE).text


@pytest.mark.parametrize("sent", ["?by=moon", "?by=attribute.&a=x", "?by=period&a_from=9999-99"])
def test_an_address_that_makes_no_sense_shows_the_usual_page(client, analyst, sent):
    assert "Bill scores 50.0 points lower" in words_of(client.get(PAGE + sent).text)


@pytest.mark.parametrize("people", [40, 80])
def test_the_page_costs_the_same_statements_however_many_answers(
    app, client, count_statements, people
):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=people)
    sign_in_as(client, user)
    client.get(PAGE)
    count_statements.clear()

    client.get(PAGE)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 5


def test_months_without_any_answer_are_compared_to_nothing(client, analyst):
    page = client.get(f"{PAGE}?by=period&a_from=2030-01&a_to=2030-02&b_from=2031-01&b_to=2031-02")

    assert page.status_code == 200
    assert "nan" not in page.text.lower().replace("finance", "")
