import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.clusters import clustered_mean, linearised_error
from tests.insights.reference import truth

ANSWERED = {"tp2s": "tp2", "tp5s": "tp5"}


def per_cluster(values, clusters):
    sums = pd.Series(values).groupby(np.asarray(clusters)).agg(["count", "sum"])
    sums = sums[sums["count"] > 0]
    return sums["count"].to_numpy(), sums["sum"].to_numpy()


def toy_values():
    survey = truth("toy_survey")
    return {
        "npsv": 100.0 * (survey["nps"] >= 9) - 100.0 * (survey["nps"] <= 6),
        "top2": 100.0 * (survey["csat5"] >= 4),
        "s100": 25.0 * (survey["csat5"] - 1),
        "ces100": (survey["ces7"] - 1) * 100 / 6,
        "cesagree": 100.0 * (survey["ces7"] >= 5),
        "tp2s": 25.0 * (survey["tp2"] - 1),
        "tp5s": 25.0 * (survey["tp5"] - 1),
    }, survey["account"]


@pytest.mark.parametrize("name", ["npsv", "top2", "s100", "ces100", "cesagree", "tp2s", "tp5s"])
def test_mean_and_linearised_error_equal_r_survey(name):
    values, accounts = toy_values()
    expected = truth("toy_survey_R_expected").query("design == 'cluster_account' and var == @name")
    sizes, sums = per_cluster(values[name], accounts)

    error = linearised_error(sizes, sums, clusters=accounts.nunique())

    assert error == pytest.approx(expected["se"].item(), rel=1e-12)
    assert clustered_mean(sizes, sums).mean == pytest.approx(expected["est"].item(), rel=1e-12)


@pytest.mark.parametrize("name", ["npsv", "top2", "s100"])
def test_everybody_a_cluster_gives_the_plain_standard_error_of_r(name):
    values, _ = toy_values()
    expected = truth("toy_survey_R_expected").query("design == 'srs' and var == @name")
    ones = np.ones(len(values[name]))

    found = clustered_mean(ones, values[name])

    # R divides by n - 1; leaving out one answer of n gives n / (n - 1) of that variance.
    n = len(ones)
    assert found.error == pytest.approx(expected["se"].item() * math.sqrt(n / (n - 1)), rel=1e-12)
    assert linearised_error(ones, values[name]) == pytest.approx(expected["se"].item(), rel=1e-12)


def leave_one_out(y, x, clusters):
    """Fit once without each cluster; the spread round the whole fit is CR3."""
    whole = np.linalg.lstsq(x, y, rcond=None)[0]
    without = [
        np.linalg.lstsq(x[clusters != name], y[clusters != name], rcond=None)[0]
        for name in np.unique(clusters)
    ]
    return np.sqrt(((np.array(without) - whole) ** 2).sum(axis=0))


def test_leaving_out_one_account_is_cr3_of_clubsandwich():
    survey = truth("toy_survey").dropna(subset=["tp1", "tp2"])
    x = np.column_stack([np.ones(len(survey)), survey["tp1"], survey["tp2"]])
    y = 25.0 * (survey["csat5"].to_numpy() - 1)
    accounts = survey["account"].to_numpy()

    assert leave_one_out(y, x, accounts) == pytest.approx(truth("toy_cr_types_R")["CR3"], rel=1e-9)
    ones = np.ones((len(y), 1))
    found = clustered_mean(*per_cluster(y, accounts))
    assert found.error == pytest.approx(leave_one_out(y, ones, accounts)[0], rel=1e-9)


@pytest.mark.parametrize("by", ["firm", "year"])
def test_clustered_error_of_petersens_data_equals_r(by):
    data = truth("petersen")
    expected = truth("petersen_cluster_se_R").set_index("est").loc[f"{by}_HC1"]
    slope, n = np.polyfit(data["x"], data["y"], 1)[0], len(data)
    x = data["x"] - data["x"].mean()
    influence = x * (data["y"] - data["y"].mean() - slope * x) / (x**2).sum()
    groups = data[by].nunique()

    # A slope is the sum of its influences, so its error is that of their mean, times n.
    error = linearised_error(*per_cluster(influence * n, data[by]))

    assert slope == pytest.approx(expected["coef_x"], rel=1e-9)
    assert groups > 9
    assert error * math.sqrt((n - 1) / (n - 2)) == pytest.approx(expected["x"], rel=1e-6)


scores = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])),
    min_size=1,
    max_size=60,
)


@given(scores)
def test_grouping_clusters_by_size_changes_nothing(answers):
    clusters, values = zip(*answers, strict=True)
    sizes, sums = per_cluster(values, clusters)
    grouped = pd.DataFrame({"size": sizes, "sum": sums, "square": sums**2}).groupby("size")
    totals = grouped.agg(count=("sum", "size"), sum=("sum", "sum"), square=("square", "sum"))

    one = clustered_mean(sizes, sums)
    other = clustered_mean(
        totals.index, totals["sum"], clusters=totals["count"], squares=totals["square"]
    )

    assert (other.n, other.clusters) == (one.n, one.clusters)
    assert np.allclose([*other.interval, other.mean], [*one.interval, one.mean], equal_nan=True)


@given(scores, st.randoms())
def test_the_order_of_answers_is_irrelevant_and_the_mean_is_in_bounds(answers, random):
    shuffled = random.sample(answers, len(answers))
    found, again = (
        clustered_mean(*per_cluster([v for _, v in each], [c for c, _ in each]))
        for each in (answers, shuffled)
    )

    assert found.mean == pytest.approx(again.mean)
    assert 0 <= found.mean <= 100
    assert np.allclose(found.interval, again.interval, equal_nan=True)


def test_fewer_than_five_accounts_have_no_interval():
    assert math.isnan(clustered_mean([9, 9, 9, 9], [100, 300, 500, 700]).interval.low)
    assert not math.isnan(clustered_mean([9] * 5, [100, 300, 500, 700, 800]).interval.low)


@pytest.mark.parametrize("value", [0.0, 33.3, 100.0])
def test_answers_that_are_all_alike_do_not_make_a_sure_mean(value):
    found = clustered_mean([3] * 40, [3 * value] * 40)

    assert found.mean == pytest.approx(value)
    assert found.error == 0
    assert all(math.isnan(end) for end in found.interval)


def test_no_answers_give_nulls_and_one_cluster_no_error():
    assert math.isnan(clustered_mean([], []).mean)
    assert math.isnan(clustered_mean([7], [300]).error)
    assert math.isnan(linearised_error([7], [300]))


def test_sums_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="squares"):
        clustered_mean([1], [50], clusters=[3])
    with pytest.raises(ValueError, match="sizes"):
        clustered_mean([0], [0])
