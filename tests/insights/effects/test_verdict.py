from datetime import date

import pytest

from insights.effects.contrast import Contrast
from insights.effects.months import Step
from insights.effects.verdict import Amount, Case, judge, needed_ratings
from insights.effects.window import window
from insights.intervals import Interval

SEEN = Contrast(9.0, 2.0, 60.0, is_sure=True, fixed=2.0)
UNSEEN = SEEN._replace(change=1.0)
STEP = Step(8.0, Interval(3.0, 13.0), 24, is_robust=True, has_seasons=False)
NO_STEP = Step(1.0, Interval(-4.0, 6.0), 24, is_robust=True, has_seasons=False)


def case(**given):
    values = {
        "window": window(date(2026, 2, 1), "2026-08"),
        "amount": Amount(300, 200, 90, 80, 12),
        "n_controls": 3,
        "compared": SEEN,
        "before_start": UNSEEN,
        "step": STEP,
    }
    return Case(**values | given)


def said(this, before=None):
    verdict, reason = judge(this, before)
    return verdict.value, reason.value if reason else None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ("helped", None)),
        ({"step": None}, ("helped", None)),
        ({"before_start": None}, ("helped", None)),
        ({"compared": UNSEEN}, ("no_effect", None)),
        ({"compared": UNSEEN, "step": None}, ("no_effect", None)),
        ({"before_start": SEEN}, ("helped", None)),  # the months confirm it, their trend left aside
        ({"before_start": SEEN, "step": NO_STEP}, ("no_proof", "not_parallel")),
        ({"before_start": SEEN, "step": None}, ("no_proof", "not_parallel")),
        ({"step": NO_STEP}, ("no_proof", "months_disagree")),
        ({"step": STEP._replace(change=-1.0)}, ("no_proof", "months_disagree")),
        ({"n_controls": 1}, ("helped", None)),
        ({"n_controls": 1, "step": None}, ("no_proof", "one_control")),
        ({"n_controls": 0}, ("no_proof", "no_controls")),
        ({"is_late": True}, ("no_proof", "registered_late")),
        ({"overlaps": True}, ("no_proof", "overlaps")),
        ({"has_break": True}, ("no_proof", "questions_changed")),
        ({"amount": Amount(29, 200, 29, 80, 12)}, ("no_proof", "too_few_before")),
        ({"amount": Amount(300, 200, 4, 80, 12)}, ("no_proof", "too_few_before")),
        ({"amount": Amount(300, 200, 90, 80, 2)}, ("no_proof", "too_few_before")),
        ({"amount": Amount(300, 29, 90, 29, 12)}, ("too_early", "few_answers")),
        ({"amount": Amount(300, 200, 90, 4, 12)}, ("too_early", "few_answers")),
        ({"compared": SEEN._replace(is_sure=False)}, ("no_proof", "no_variation")),
    ],
)
def test_the_verdict_follows_from_the_numbers(given, expected):
    assert said(case(**given)) == expected


def test_a_change_for_the_worse_is_judged_by_the_same_rules():
    worse = SEEN._replace(change=-9.0)
    down = Step(-8.0, Interval(-13.0, -3.0), 24, is_robust=True, has_seasons=False)

    assert said(case(compared=worse, step=down)) == ("hurt", None)
    assert said(case(compared=worse, step=STEP)) == ("no_proof", "months_disagree")


def test_what_is_seen_for_the_first_time_waits_a_month():
    assert said(case(), case(compared=UNSEEN)) == ("too_early", "first_seen")
    assert said(case(), case()) == ("helped", None)


def test_what_is_seen_in_the_last_month_only_is_no_proof():
    over = case(window=window(date(2025, 2, 1), "2026-08"))

    assert said(over, case(compared=UNSEEN)) == ("no_proof", "first_seen")


def test_no_effect_needs_no_second_month():
    assert said(case(compared=UNSEEN), case()) == ("no_effect", None)


def test_once_the_year_is_over_few_answers_are_no_longer_waited_for():
    over = window(date(2025, 2, 1), "2026-08")

    assert said(case(window=over, amount=Amount(300, 29, 90, 29, 12))) == (
        "no_proof",
        "too_few_after",
    )


def test_the_ratings_needed_bring_the_error_down_to_what_was_expected():
    this = case(compared=UNSEEN)
    needed = needed_ratings(this, 4.5)
    n = 200 + needed.ratings
    error = (2.0 + (4.0 - 2.0) * 200 / n) ** 0.5

    assert error * this.compared.reach == pytest.approx(4.5, rel=0.01)


def test_an_effect_that_drift_drowns_is_not_promised():
    needed = needed_ratings(case(compared=UNSEEN), 2.0)

    assert (needed.ratings, needed.month) == (None, None)


def test_what_comes_after_the_year_that_counts_has_no_month():
    assert needed_ratings(case(compared=UNSEEN), 4.3).month is None


def test_enough_is_enough():
    assert needed_ratings(case(), 9.0) is None
