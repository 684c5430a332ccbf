"""A finding in words: the same on the board, in the mail and on the command line."""

import pytest
from flask_babel import force_locale

from insights.findings.findings import Finding, Subject
from wording.finding import Names, say

NAMES = Names({"use": "Retention"}, {("use", "invoice"): "The invoice"})


@pytest.fixture(autouse=True)
def english(app):
    with force_locale("en"):
        yield


def said(subject, **given):
    return say(Finding(Subject(subject), **given).plain(), NAMES)


def test_a_verdict_says_how_sure_it_is_and_on_how_many_ratings_it_rests():
    numbers = {"change": 6.4, "low": 2.1, "high": 10.7, "n": 1180}

    assert said("helped", stage="use", number=3, title="Three steps", **numbers) == (
        "Improvement “Three steps”: it helped. Its touchpoints changed +6.4 points more than the "
        "untouched ones (between +2.1 and +10.7; 1,180 ratings since)."
    )
    assert said("no_proof", stage="use", number=3, title="Three steps") == (
        "Improvement “Three steps”: no proof either way."
    )


def test_what_could_have_been_seen_is_said_of_one_change_looked_at_alone():
    assert said("nothing_changed", stage="use", smallest=6.1) == (
        "Nothing is proven to have changed in the last closed month. At best, looked at alone, a "
        "change of 6.1 points in Retention would have shown in four of five cases."
    )


def test_a_silent_part_is_counted_in_accounts_of_which_it_can_be_said():
    assert said("silent", title="buyer", share=0.71, low=0.6, high=0.8, n=88) == (
        "In 71% of the 88 accounts of which it can be said, nobody answered who is known as buyer "
        "(between 60% and 80%)."
    )


def test_a_clash_says_which_part_of_the_comments_it_is():
    words = {"stage": "use", "touchpoint": "invoice", "n": 9}

    assert said("clash", **words, share=0.15, low=0.08, high=0.26) == (
        "The invoice (Retention): 9 comments were read as the opposite of the ratings beside them. "
        "That is 15% of all that have one (between 8% and 26%). The reading may be wrong: look at "
        "them."
    )


def test_a_clash_that_was_kept_before_shares_were_told_is_still_said():
    assert said("clash", stage="use", n=9) == (
        "Retention: 9 comments were read as the opposite of the ratings beside them. The reading "
        "may be wrong: look at them."
    )


def test_a_change_of_an_earlier_month_is_told_with_its_month():
    numbers = {"score": 33.0, "change": -41.2, "low": -46.0, "high": -36.4, "n": 40}

    assert said("fell", stage="use", touchpoint="invoice", month="2026-03", **numbers) == (
        "In March 2026 The invoice (Retention) fell 41.2 points to 33 (between −46.0 and −36.4; "
        "40 answers). Figures over the whole year hold both levels."
    )


def test_who_is_silent_is_told_with_how_many_of_them_there_are():
    numbers = {"share": 0.78, "low": 0.69, "high": 0.85, "n": 95}

    assert said("silent", title="gatekeeper", other=5, **numbers) == (
        "In 78% of the 95 accounts of which it can be said, nobody answered who is known as "
        "gatekeeper (between 69% and 85%). In 5 of these the CRM knows one."
    )
