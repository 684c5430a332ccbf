"""The sentences above a board and a touchpoint."""

import pytest
from flask_babel import force_locale

from charts.board import Named
from insights.findings.headline import Headline, Hurt
from insights.pain.guards import Reason
from views.sentences import (
    board_sentence,
    touchpoint_sentence,
    why_no_pain,
    why_no_pain_sentence,
)

STAGES = [Named("use", "Use", touchpoints=(Named("invoice", "Invoice"), Named("call", "Call")))]
INVOICE, CALL = Hurt("invoice", 3.2, 2.3, 4.1), Hurt("call", 2.1, 1.0, 3.2)
PRICED = {"use": {"reason": None, "needed": None}}
SCORE = {"shown": True, "n": 60, "score": 100.0, "low": None, "high": None}
PAIN = {"pain": 3.2, "pain_low": 2.3, "pain_high": 4.1, "kind": None, "reason": None}


@pytest.fixture(autouse=True)
def english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def weakest(**given):
    values = {"stage": "use", "score": 61.2, "low": 58.0, "high": 64.0, "n": 1540}
    return Headline(**values | {"is_few": False, "is_clear": True} | given)


def test_the_board_says_stage_touchpoints_tie_and_their_part():
    found = weakest(hurts=(INVOICE, CALL), are_tied=True, are_largest=True, share=0.83)

    assert board_sentence(found, STAGES, PRICED) == (
        "Use is the weakest stage (61, 1,540 answers). Most points are lost at: Invoice (−3.2), "
        "Call (−2.1); together 83% of what it loses. The first two cannot be told apart."
    )


def test_one_touchpoint_is_not_called_together():
    said = board_sentence(weakest(hurts=(INVOICE,), are_largest=True, share=0.62), STAGES, PRICED)

    assert said.endswith("Most points are lost at: Invoice (−3.2), which is 62% of what it loses.")


@pytest.mark.parametrize(
    ("hurts", "words"),
    [
        ((INVOICE,), "Points are surely lost at: Invoice (−3.2), which is 13% of what it loses."),
        ((INVOICE, CALL), "Points are surely lost at: Invoice (−3.2), Call (−2.1); together 13%"),
    ],
)
def test_what_is_sure_but_not_the_most_is_not_called_the_most(hurts, words):
    said = board_sentence(weakest(hurts=hurts, share=0.13), STAGES, PRICED)

    assert words in said
    assert "Most" not in said


def test_the_part_is_said_in_dutch_too():
    with force_locale("nl"):
        said = board_sentence(
            weakest(hurts=(INVOICE, CALL), are_largest=True, share=0.83), STAGES, PRICED
        )

    assert said.endswith("Call (−2,1); samen 83% van wat ze verliest.")


def test_a_touchpoint_that_was_put_away_goes_by_its_key():
    said = board_sentence(weakest(hurts=(Hurt("fax", 1.0, 0.5, 2.0),), share=1.0), STAGES, PRICED)

    assert "fax (−1.0)" in said


@pytest.mark.parametrize(
    ("wholes", "ending"),
    [
        (PRICED, "No touchpoint surely costs it points."),
        (
            {"use": {"reason": "too_few_answers", "needed": 90}},
            "Points lost: needs 90 answers.",
        ),
        ({}, "answers), but not surely lower than every other stage."),
    ],
)
def test_that_nothing_hurts_is_only_said_where_it_was_looked_at(wholes, ending):
    assert board_sentence(weakest(is_clear=False), STAGES, wholes).endswith(ending)


def test_a_board_without_a_stage_to_show_says_why():
    assert board_sentence(None, STAGES, {}).startswith("Too few answers to say which stage")


def test_a_touchpoint_says_its_score_its_cost_and_its_kind():
    said = touchpoint_sentence(SCORE, PAIN | {"kind": "dissatisfier"}, "Use")

    assert said == (
        "Scores 100, how sure cannot be said, from 60 ratings. Low ratings here go together with "
        "−3.2 points of the stage Use, between −4.1 and −2.3. Falling short costs more here than "
        "excelling wins."
    )


def test_a_touchpoint_without_a_cost_says_what_is_missing():
    pain = dict.fromkeys(PAIN) | {"reason": "too_few_low_ratings", "needed": 5}

    said = touchpoint_sentence(SCORE, pain, "Use")

    assert said.endswith("from 60 ratings. Points lost: needs 5 low ratings.")


@pytest.mark.parametrize("score", [None, SCORE | {"shown": False}])
def test_a_touchpoint_of_too_few_people_says_so(score):
    assert touchpoint_sentence(score, None, "Use").startswith("Too few answers to show a score")


@pytest.mark.parametrize("reason", [*Reason, None])
def test_every_reason_has_words_that_end_where_the_sentence_does(reason):
    row = {"reason": reason, "needed": 60}
    text = why_no_pain(row)

    assert text.startswith("points lost: ")
    assert text == text.strip()
    assert why_no_pain_sentence(row) == f"P{text[1:]}."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"missing": 23, "expected_month": "2999-03"}, "needs 23 more answers, expected in March"),
        ({"missing": 23, "expected_month": "2020-03"}, "needs 23 more answers"),
        ({"reason": "something new"}, "cannot be said"),
    ],
)
def test_why_there_is_no_pain_is_said_as_on_the_page_of_pain(given, words):
    row = {"reason": "too_few_answers", "needed": 60} | given

    assert why_no_pain(row).removesuffix(" 2999") == f"points lost: {words}"


def test_what_was_not_computed_says_so():
    assert why_no_pain(None) == "points lost: not computed yet"
