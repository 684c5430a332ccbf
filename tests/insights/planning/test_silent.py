import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.planning.silent import SilentReason, silent_bounds


def test_the_bounds_are_those_worked_out_by_hand():
    found = silent_bounds(70, 220, 1000)

    assert (found.n, found.share) == (780, 0.78)
    assert (found.low, found.high) == (pytest.approx(15.4), pytest.approx(93.4))
    assert found.apart == pytest.approx(5 / 0.78)
    assert 0.22 * 70 + 0.78 * found.below == pytest.approx(65)
    assert 0.22 * 70 + 0.78 * found.above == pytest.approx(75)


def test_where_few_were_silent_no_opinion_of_theirs_moves_the_score_so_far():
    found = silent_bounds(90, 980, 1000)

    assert math.isnan(found.below)
    assert math.isnan(found.above)
    assert found.apart == pytest.approx(250)


def test_where_nobody_was_silent_the_score_is_the_score():
    found = silent_bounds(90, 50, 50)

    assert (found.n, found.low, found.high, found.reason) == (0, 90, 90, None)


@pytest.mark.parametrize(
    ("answered", "eligible", "reason"),
    [
        (0, 100, SilentReason.NO_ANSWERS),
        (50, None, SilentReason.NOT_TOLD),
        (50, math.nan, SilentReason.NOT_TOLD),
        (51, 50, SilentReason.MORE_ANSWERS),
    ],
)
def test_what_cannot_be_said_has_a_reason_and_no_number(answered, eligible, reason):
    found = silent_bounds(60, answered, eligible)

    assert found.reason == reason
    assert math.isnan(found.low)


@pytest.mark.parametrize(("score", "points"), [(-1, 5), (101, 5), (math.nan, 5), (50, 0)])
def test_scores_and_points_that_are_none_are_refused(score, points):
    with pytest.raises(ValueError, match=r"score|points"):
        silent_bounds(score, 10, 20, points)


@given(st.floats(0, 100), st.integers(1, 500), st.integers(0, 5000), st.floats(0, 100))
def test_whatever_the_silent_think_the_truth_lies_within(score, answered, silent, theirs):
    found = silent_bounds(score, answered, answered + silent)
    truth = (answered * score + silent * theirs) / (answered + silent)

    assert found.low - 1e-9 <= truth <= found.high + 1e-9
