import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t

from insights.clusters import clustered_mean, linearised_error
from insights.weighting.means import effective_n, weighted_mean
from tests.insights.reference import truth

DESIGNS = {
    "weighted_audience_cluster_asfixed": "w",
    "account_equal_weight_cluster": "aw",
}


def measured(survey, name):
    """A measure of the invented survey, as its reference numbers name it."""
    return {
        "npsv": 100.0 * ((survey["nps"] > 8).astype(int) - (survey["nps"] < 7)),
        "top2": 100.0 * (survey["csat5"] > 3),
        "s100": 25.0 * (survey["csat5"] - 1),
        "ces100": 100.0 * (survey["ces7"] - 1) / 6,
        "cesagree": 100.0 * (survey["ces7"] > 4),
        "tp2s": 25.0 * (survey["tp2"] - 1),
        "tp5s": 25.0 * (survey["tp5"] - 1),
    }[name]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("name", ["npsv", "top2", "s100", "ces100", "cesagree", "tp2s", "tp5s"])
def test_weighted_means_and_design_effects_are_those_of_r(design, name):
    survey, weights = truth("toy_survey"), truth("toy_survey_weights")
    expected = truth("toy_survey_R_expected").set_index(["design", "var"]).loc[design, name]
    values = measured(survey, name)
    is_given = values.notna()
    y, w = values[is_given], weights[DESIGNS[design]][is_given]
    accounts = survey["account"][is_given]
    found = weighted_mean(y, w, accounts)

    assert found.mean == pytest.approx(expected["est"], rel=1e-9)
    sums = (w * y).groupby(accounts).sum()
    linear = linearised_error(w.groupby(accounts).sum(), sums, survey["account"].nunique())
    assert linear == pytest.approx(expected["se"], rel=1e-9)
    # R's error is the linearised one, and its reference sample is of a finite population.
    reached = 1 - is_given.sum() / w.sum()
    deff = found.deff * (linear / found.error) ** 2 / reached
    if design == "weighted_audience_cluster_asfixed":
        assert deff == pytest.approx(expected["deff"], rel=2e-3)


def test_the_error_is_that_of_leaving_out_one_account_at_a_time():
    survey, w = truth("toy_survey"), truth("toy_survey_weights")["w"]
    y, accounts = measured(survey, "s100"), survey["account"]
    found = weighted_mean(y, w, accounts)

    without = [
        np.average(y[accounts != one], weights=w[accounts != one]) for one in accounts.unique()
    ]
    error = math.sqrt(sum((each - found.mean) ** 2 for each in without))
    half = t.ppf(0.975, len(without) - 1) * error
    assert found.error == pytest.approx(error, rel=1e-12)
    assert found.interval == pytest.approx((found.mean - half, found.mean + half), rel=1e-12)
    assert found.n_eff == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_equal_weights_give_the_unweighted_mean_and_interval():
    survey = truth("toy_survey")
    y = measured(survey, "s100")
    sums = y.groupby(survey["account"]).agg(["count", "sum"])
    expected = clustered_mean(sums["count"], sums["sum"])
    found = weighted_mean(y, np.full(len(y), 3.0), survey["account"])

    assert (found.mean, found.error) == (
        pytest.approx(expected.mean),
        pytest.approx(expected.error),
    )
    assert found.n_eff == pytest.approx(420)


@pytest.mark.parametrize("weights", [[1, -1], [1, math.inf], [1, math.nan]])
def test_weights_that_are_none_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        weighted_mean([1, 2], weights, ["a", "b"])


def test_values_that_are_none_and_lists_that_do_not_match_are_refused():
    with pytest.raises(ValueError, match="values"):
        weighted_mean([1, math.nan], [1, 1], ["a", "b"])
    with pytest.raises(ValueError, match="per answer"):
        weighted_mean([1, 2], [1, 1, 1], ["a", "b"])


def test_nothing_one_account_and_no_spread_give_no_interval():
    assert math.isnan(weighted_mean([], [], []).mean)
    assert math.isnan(weighted_mean([1, 2], [0, 0], ["a", "b"]).mean)
    one = weighted_mean([50, 70], [1, 3], ["a", "a"])
    assert (one.mean, one.clusters) == (65, 1)
    assert math.isnan(one.interval.low)
    flat = weighted_mean([70] * 9, range(1, 10), range(9))
    assert (flat.mean, flat.error) == (70, 0)
    assert math.isnan(flat.interval.low)


def test_an_account_that_holds_all_weight_gives_a_mean_but_no_error():
    found = weighted_mean([50, 70, 20], [1, 0, 0], ["a", "b", "c"])

    assert found.mean == 50
    assert math.isnan(found.error)


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50), st.floats(0.01, 100))
def test_n_eff_lies_between_one_and_n_and_the_scale_of_weights_is_irrelevant(weights, scale):
    found = effective_n(weights)

    assert 1 - 1e-9 <= found <= len(weights) + 1e-9
    assert effective_n(np.multiply(weights, scale)) == pytest.approx(found)
