"""Limits of individual values and moving ranges, beside series worked out by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.months import months_from
from insights.trends.process_limits import Why, process_behaviour
from insights.trends.process_rules import Rule, Signal

MONTHS = months_from("2024-01", "2027-12")


def series(scores, half=0.5, **given):
    """Months in a row with these scores, each sure to so many points."""
    scores = pd.Series(scores, dtype="float64")
    return pd.DataFrame(
        {
            "month": MONTHS[: len(scores)],
            "score": scores,
            "low": scores - half,
            "high": scores + half,
            "is_break": False,
        }
        | given
    )


def test_limits_are_those_worked_out_by_hand():
    """The twelve values have a mean of 39 and eleven steps that add up to 66, so 6 on average."""
    scores = [39, 45, 39, 33, 39, 45, 39, 33, 39, 45, 39, 33]
    limits = process_behaviour(series(scores)).limits

    assert limits.middle == 39
    assert (limits.low, limits.high) == pytest.approx((39 - 15.96, 39 + 15.96))  # 2.66 x 6
    assert limits.step == pytest.approx(19.608)  # 3.268 x 6
    assert (limits.first, limits.last) == ("2024-01", "2024-12")


def test_the_constants_are_those_of_a_normal_distribution():
    """The mean step of two is 2 / sqrt(pi) deviations; a step has its deviation and its mean."""
    mean_step = 2 / np.sqrt(np.pi)
    spread = np.sqrt(2 - 4 / np.pi)
    scores = [50, 51] * 6
    limits = process_behaviour(series(scores)).limits

    assert limits.high - limits.middle == pytest.approx(3 / mean_step, rel=2e-3)
    assert limits.step == pytest.approx(1 + 3 * spread / mean_step, rel=2e-3)


def test_no_limits_before_twelve_months_and_it_says_how_many_more():
    found = process_behaviour(series([50, 52] * 4))

    assert (found.limits, found.reason, found.needed) == (None, Why.TOO_SHORT, 4)
    assert process_behaviour(series([])).needed == 12


def test_no_later_month_moves_the_limits():
    first = series([50, 54] * 6)
    later = series([50, 54] * 6 + [20] * 12)

    assert process_behaviour(later).limits == process_behaviour(first).limits


def test_limits_begin_anew_where_what_is_asked_changed():
    breaks = [month == "2024-07" for month in MONTHS[:24]]
    found = process_behaviour(series([80, 84] * 3 + [40, 44] * 9, is_break=breaks))

    assert (found.limits.first, found.limits.middle) == ("2024-07", 42)
    assert found.signals == ()
    short = process_behaviour(series([80, 84] * 12, is_break=[m == "2025-06" for m in MONTHS[:24]]))
    assert (short.reason, short.needed) == (Why.TOO_SHORT, 5)


def test_hidden_months_have_no_part_and_no_step_goes_over_them():
    scores = [50, 52, None, 70, 72, None, 50, 52, None, 70, 72, None, 50, 52, None, 70, 72, None]
    scores += [50, 52]
    found = process_behaviour(series(scores))

    assert found.limits.step == pytest.approx(
        3.268 * 2
    )  # the steps of 18 are not between neighbours


def test_every_second_month_has_no_limits():
    found = process_behaviour(series([50, None, 53, None] * 8))

    assert (found.limits, found.reason) == (None, Why.GAPS)


def test_months_that_are_all_alike_and_unsure_of_nothing_have_no_limits():
    assert process_behaviour(series([50] * 14, half=0)).reason is Why.NO_VARIATION
    assert process_behaviour(series([50] * 14, half=np.nan)).reason is Why.NO_VARIATION


def test_limits_are_never_narrower_than_chance_in_the_answers_makes_them():
    """Half an interval of 4 is two standard errors of 2, so the limits lie 6 away."""
    limits = process_behaviour(series([50, 50.2] * 6, half=4)).limits

    assert (limits.low, limits.high) == pytest.approx((50.1 - 6, 50.1 + 6))
    assert process_behaviour(series([50, 50.2] * 6 + [55], half=4)).signals == ()


def test_a_month_with_few_answers_has_wider_limits_and_is_no_signal_unless_it_is_sure():
    scores = [50, 54] * 6 + [40]
    sure = series(scores, half=2)
    unsure = sure.assign(low=sure["low"].mask(sure["month"] == "2025-01", 26))
    unsure = unsure.assign(high=unsure["high"].mask(sure["month"] == "2025-01", 54))

    assert [signal.rule for signal in process_behaviour(sure).signals] == [Rule.OUTSIDE]
    found = process_behaviour(unsure)
    assert found.signals == ()
    wide = found.bounds.set_index("month")
    assert wide.loc["2025-01", "limit_low"] == pytest.approx(max(52 - 2.66 * 4 * 14 / 2, 0))
    assert wide.loc["2024-12", "limit_low"] == pytest.approx(52 - 2.66 * 4)


def test_a_month_of_which_it_is_not_known_how_sure_it_is_is_no_signal():
    months = series([50, 54] * 6 + [0])
    months.loc[12, ["low", "high"]] = np.nan

    assert process_behaviour(months).signals == ()


def test_limits_stay_within_0_and_100():
    limits = process_behaviour(series([5, 95] * 6)).limits

    assert (limits.low, limits.high) == (0, 100)


def test_the_signal_is_the_month_that_was_planted():
    found = process_behaviour(series([60, 62, 61, 59] * 5 + [45, 61]))

    assert found.signals == (Signal(Rule.OUTSIDE, "2025-09", "2025-09", 1, False),)


def test_a_process_that_does_nothing_seldom_has_a_signal():
    draw = np.random.default_rng(4)
    n_signals = 0
    for _ in range(300):
        errors = 25 / np.sqrt(draw.integers(15, 80, 24))
        scores = 60 + draw.normal(0, 1, 24) * errors
        n_signals += bool(process_behaviour(series(scores, half=2 * errors)).signals)

    assert n_signals / 300 <= 0.10


@given(st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=40), st.floats(0, 60))
def test_whatever_the_months_are_there_are_limits_or_a_reason(scores, half):
    found = process_behaviour(series(scores, half=half))

    assert (found.limits is None) == (found.reason is not None)
    if found.limits:
        assert 0 <= found.limits.low <= found.limits.middle <= found.limits.high <= 100
        assert not found.bounds.isna().any(axis=None)
    assert all(signal.first <= signal.last for signal in found.signals)
