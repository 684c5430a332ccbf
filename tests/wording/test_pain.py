"""What is said of pain: plain, in the reader's language, and never more than is known."""

import pytest
from flask_babel import force_locale

from wording import change as change_words
from wording import pain as pain_words

ROW = {
    "name": "Bill",
    "pain": 3.24,
    "pain_low": 2.31,
    "pain_high": 4.06,
    "impact": 0.312,
    "shortfall": 18.4,
    "reach": 0.957,
    "tie": 1,
    "is_tied": False,
    "kind": None,
    "rank_low": 1,
    "rank_high": 3,
}


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            {"reason": "too_few_low_ratings", "missing": 23, "expected_month": "2027-03"},
            "needs 23 more low ratings, expected in March 2027",
        ),
        ({"reason": "too_few_low_ratings", "missing": 1}, "needs one more low rating"),
        ({"reason": "too_few_low_ratings", "needed": 5}, "needs 5 low ratings"),
        ({"reason": "too_few_answers", "missing": 10}, "needs 10 more answers"),
        ({"reason": "too_few_accounts", "missing": 1}, "needs one more account"),
        ({"reason": "too_few_persons", "missing": 2}, "too few answers to show"),
        ({"reason": "collinear"}, "cannot be told apart from another touchpoint"),
        ({"reason": "no_variation"}, "all answers are alike"),
        ({"reason": "something new"}, "cannot be said"),
    ],
)
def test_a_reason_says_what_is_missing_and_until_when(row, words):
    assert pain_words.why_no_pain(row) == words


def test_points_are_spelled_out_and_a_rank_has_its_interval():
    assert pain_words.spelled(ROW) == "0.31 × 18.4 × 96%"
    assert pain_words.rank(ROW) == "1 to 3"
    assert pain_words.rank(ROW | {"rank_high": 1}) == "1"
    assert pain_words.rank({}) == "–"


def test_what_is_not_surely_above_nothing_is_not_named_the_worst():
    sure, unsure = ROW, ROW | {"name": "App", "pain": 9.0, "pain_low": 0.0}

    assert pain_words.worst([unsure, sure]) == (
        "Points surely go together with low ratings of Bill: −3.2, between −4.1 and −2.3."
    )
    assert pain_words.worst([unsure | {"pain": 1.0}, sure]) == (
        "Most points go together with low ratings of Bill: −3.2, between −4.1 and −2.3."
    )
    assert pain_words.worst([unsure]) == "No touchpoint surely costs points."
    assert pain_words.worst([ROW | {"pain": None}]) == ""


def test_ties_are_told_as_ties_and_kinds_by_what_they_do():
    rows = [ROW | {"name": name, "is_tied": True} for name in ("Bill", "App")]
    rows += [ROW | {"name": "Shop", "tie": 2, "is_tied": True, "kind": "dissatisfier"}]

    assert pain_words.groups_of_ties(rows) == [["Bill", "App"]]
    assert pain_words.tied(["Bill", "App"]) == "These cannot be told apart: Bill, App."
    assert pain_words.kinds(rows) == ["Falling short costs more than excelling wins: Shop."]
    assert pain_words.kind(rows[-1]) == "must not fail"
    assert pain_words.kind(ROW) == "–"


def test_weights_are_said_with_what_they_cost_and_the_score_without_them():
    whole = {"n": 400, "n_eff": 312.4, "deff": 1.28, "unweighted": 61.2}

    assert pain_words.weighted(whole) == (
        "Weighted: these 400 answers are worth 312 that all count once (design effect 1.28). "
        "Unweighted the score is 61."
    )
    assert pain_words.weighted({"n": 400, "n_eff": None}) == ""


def test_a_careful_order_is_said_only_of_few_answers():
    assert "fewer than 300 answers" in pain_words.shrunk_note({"n": 299, "total": 3.0})
    assert pain_words.shrunk_note({"n": 300, "total": 3.0}) == ""
    assert pain_words.shrunk_note({"n": 50, "total": None}) == ""


def test_more_points_lost_have_a_minus_and_the_larger_part_comes_first():
    row = {
        "name": "Bill",
        "change": 2.5,
        "change_low": 1.0,
        "change_high": 4.0,
        "reach_part": 0.5,
        "shortfall_part": 2.0,
        "is_proven": True,
    }
    gone = row | {"change": -2.5, "reach_part": -2.0, "shortfall_part": -0.5}

    assert change_words.proven({"touchpoints": [row]}) == [
        (
            "More is lost at Bill: −2.5, between −4.0 and −1.0; "
            "−2.0 from how people rated it, −0.5 from how many met it."
        )
    ]
    assert change_words.why(gone) == (
        "+2.0 from how many people met it, +0.5 from how they rated it"
    )
    assert change_words.proven({"touchpoints": [row | {"is_proven": False}]}) == [
        "At no touchpoint did the points lost surely change."
    ]


def test_a_change_that_cannot_be_told_says_why():
    few = {"reason": "too_few_answers", "needed": 30}

    assert change_words.whole(few) == ("A change cannot be said: needs 30 answers in each period.")
    assert change_words.whole({"reason": "no_variation"}) == (
        "A change cannot be said: all answers are alike."
    )
    assert change_words.whole(None) == "No answers before to compare with."


@pytest.mark.parametrize(("month", "expected"), [("2027-03", "2027-03"), ("2027-04", None)])
def test_an_expected_month_that_is_past_is_not_named(month, expected):
    row = {"reason": "too_few_low_ratings", "missing": 23, "expected_month": "2027-03"}

    assert pain_words.without_past(row, month) == row | {"expected_month": expected}
