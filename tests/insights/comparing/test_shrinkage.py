"""Estimates move towards each other by what theory says, and no further."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from insights.comparing.shrinkage import between, shrink
from tests.insights.reference import truth

EFFECTS = [3.0, -8.0, 12.0, 0.5, 6.0, -14.0]
ERRORS = [2.0, 4.0, 6.0, 1.5, 3.0, 8.0]


def test_the_batters_of_efron_and_morris_move_as_they_published():
    expected = truth("efron_morris_baseball_js")
    hits = (expected["avg45"] * 45).round() / 45
    grand = hits.mean()
    found = shrink(hits, np.full(18, math.sqrt(grand * (1 - grand) / 45)))

    assert found.centre == pytest.approx(0.2654321, abs=1e-7)
    assert 1 - found.shares == pytest.approx(expected["c"].to_numpy(), abs=1e-8)
    assert found.values == pytest.approx(expected["js"].to_numpy(), abs=1e-8)


def by_hand():
    """The variance of DerSimonian and Laird, and what follows, one sum at a time."""
    weights = [1 / error**2 for error in ERRORS]
    fixed = sum(w * y for w, y in zip(weights, EFFECTS, strict=True)) / sum(weights)
    q = sum(w * (y - fixed) ** 2 for w, y in zip(weights, EFFECTS, strict=True))
    c = sum(weights) - sum(w * w for w in weights) / sum(weights)
    tau2 = max(0.0, (q - (len(EFFECTS) - 1)) / c)
    both = [1 / (error**2 + tau2) for error in ERRORS]
    centre = sum(w * y for w, y in zip(both, EFFECTS, strict=True)) / sum(both)
    shares = [3 / 5 * error**2 / (error**2 + tau2) for error in ERRORS]
    moved = [share * centre + (1 - share) * y for share, y in zip(shares, EFFECTS, strict=True)]
    return tau2, centre, shares, moved


def test_variance_centre_and_shares_equal_those_by_hand():
    tau2, centre, shares, moved = by_hand()
    found = shrink(EFFECTS, ERRORS)

    assert (found.variance, found.centre) == pytest.approx((tau2, centre), rel=1e-12)
    assert found.shares == pytest.approx(shares, rel=1e-12)
    assert found.values == pytest.approx(moved, rel=1e-12)


def test_the_variance_equals_that_of_statsmodels():
    expected = combine_effects(np.array(EFFECTS), np.array(ERRORS) ** 2, method_re="chi2")

    assert between(EFFECTS, ERRORS) == pytest.approx(expected.tau2, rel=1e-12)


def test_numbers_no_further_apart_than_chance_move_most_of_the_way():
    found = shrink([1.0, 1.1, 0.9, 1.0, 1.05], [2.0] * 5)

    assert found.variance == 0
    assert found.shares == pytest.approx([0.5] * 5)


def test_what_is_not_known_is_left_out_and_three_are_too_few():
    found = shrink([math.nan, *EFFECTS, 5.0, 7.0], [1.0, *ERRORS, 0.0, math.nan])

    assert found.values[1:7] == pytest.approx(shrink(EFFECTS, ERRORS).values)
    assert np.isnan(found.values[[0, 7, 8]]).all()
    assert np.isnan(shrink(EFFECTS[:3], ERRORS[:3]).values).all()
    assert shrink([], []).values.size == 0


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0.001, 1000)), min_size=4, max_size=40))
def test_every_number_ends_between_where_it_was_and_the_common_mean(pairs):
    estimates, errors = np.array(pairs).T
    found = shrink(estimates, errors)
    low, high = np.minimum(estimates, found.centre), np.maximum(estimates, found.centre)

    assert ((found.values >= low - 1e-9) & (found.values <= high + 1e-9)).all()
    assert ((found.shares >= 0) & (found.shares < 1)).all()
    order = np.argsort(errors)
    assert (np.diff(found.shares[order]) >= -1e-12).all()
