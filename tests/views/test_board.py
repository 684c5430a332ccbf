"""The journey board."""

import pytest

from actions.journey import stages_of
from actions.stage import retire
from extensions import db
from tests.factories import NOON, make_membership, make_organisation, make_user, sign_in_as
from tests.story import answer_next_month, tell, tell_of_content
from vocabulary import Role

BOARD = "/journeys/household/"


def test_the_board_says_where_it_hurts_and_how_sure_that_is(client, analyst):
    page = client.get(BOARD).text

    assert "Only Retention has enough answers to show (54, 80 answers)." in page
    assert "Most points are lost at: Bill (−" in page
    assert "80 answers" in page
    assert "between" in page


def test_every_answer_comes_down_to_a_score_an_interval_and_n(client, analyst):
    page = client.get(BOARD).text

    # 40 people gave 2 (25 points); of the others a third gave 5 (100) and the rest 4 (75).
    assert '<span class="score__value">54</span>' in page


def test_a_group_of_four_is_not_shown(app, client):
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app, people=4))
    sign_in_as(client, user)

    page = client.get(BOARD).text

    assert 'score__value">–' in page
    assert "too few answers to show" in page


def test_a_journey_without_answers_says_what_the_board_will_show(client, app):
    make_organisation()
    user = make_user(Role.ANALYST)
    make_membership(user, tell(app, people=0))
    sign_in_as(client, user)

    page = client.get(BOARD).text

    assert "No answers yet" in page


def test_a_filter_in_the_address_keeps_to_its_group(client, analyst):
    page = client.get(BOARD + "?channel=offline").text

    assert "20 answers" in page
    assert "have not been computed yet" in page


def test_filters_that_make_no_sense_are_left_out(client, analyst):
    page = client.get(BOARD + "?channel=<script>&from=2026-99&audience=everybody").text

    assert "80 answers" in page
    assert "<script>&" not in page


@pytest.mark.parametrize("people", [8, 80])
def test_the_board_costs_the_same_statements_however_many_answers(
    app, client, count_statements, people
):
    make_organisation()
    user = make_user(Role.ADMINISTRATOR)
    tell(app, people=people)
    sign_in_as(client, user)
    client.get(BOARD)
    count_statements.clear()

    client.get(BOARD)

    selects = [statement for statement in count_statements if statement.startswith("SELECT")]
    assert len(selects) == 8


def test_the_sentence_says_which_part_of_the_loss_is_named(client, analyst):
    page = client.get(BOARD).text

    assert "which is 100% of what it loses." in page


def test_a_retired_stage_does_not_hide_the_sentence_about_the_others(app, client):
    make_organisation()
    user = make_user(Role.ANALYST)
    journey = tell(app)
    make_membership(user, journey)
    tell_of_content(app, journey, "advocacy")
    retention = next(stage for stage in stages_of(journey) if stage.key == "retention")
    retire(retention, NOON)
    db.session.commit()
    sign_in_as(client, user)

    page = client.get(BOARD).text

    assert "Only Advocacy has enough answers to show (88, 40 answers)." in page
    assert "Points lost: needs 60 answers." in page
    assert "No touchpoint surely costs it points." not in page


def test_the_first_answer_of_a_month_leaves_the_points_lost_in_place(app, client, analyst):
    answer_next_month(app)

    page = client.get(BOARD).text

    assert "81 answers" in page
    assert "Bill (−" in page
    assert "not been computed yet" not in page
