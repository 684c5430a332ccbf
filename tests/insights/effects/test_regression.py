import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from insights.effects.months import month_error, step
from insights.effects.regression import fit, usual_lag
from tests.insights.reference import truth


def seatbelts():
    """The design of the reference: constant, trend, law and eleven months of the year."""
    series = truth("seatbelts")
    months = [(series["month"] == month).astype(float) for month in range(2, 13)]
    design = np.column_stack([np.ones(len(series)), series["t"], series["law"], *months])
    return design, series["deaths"].to_numpy(float)


@pytest.mark.parametrize(("at", "term"), [(1, "t"), (2, "law")])
def test_the_seatbelt_law_is_what_r_finds_it_to_be(at, term):
    design, deaths = seatbelts()
    expected = truth("seatbelts_its_R").set_index("term").loc[term]
    found = fit(design, deaths, lag=12)

    assert found.coefficients[at] == pytest.approx(expected["coef"], rel=1e-9)
    assert found.errors[at] == pytest.approx(expected["ols_se"], rel=1e-9)
    assert found.robust[at] == pytest.approx(expected["hac12_se"], rel=1e-9)


def test_the_seatbelt_law_is_a_step_down_by_the_product_s_own_reading():
    series = truth("seatbelts")
    at = 12 * 1969 + series["t"] - 1
    months = [f"{each // 12}-{each % 12 + 1:02}" for each in at]
    gaps = pd.DataFrame({"month": months, "at": at, "gap": series["deaths"], "weight": 1.0})
    found = step(gaps, "1983-01", "1983-02")

    assert found.change == pytest.approx(-14.2149059880692, rel=1e-9)
    assert found.has_seasons
    assert found.is_robust
    assert found.interval.high < 0


def test_the_nile_breaks_in_1898():
    series = truth("nile")
    left = {}
    for year in series["year"].iloc[15:-15]:
        later = (series["year"] > year).astype(float)
        design = np.column_stack([np.ones(len(series)), later])
        left[year] = (fit(design, series["flow"]).residuals ** 2).sum()

    assert min(left, key=left.get) == 1898


def test_weights_and_neighbours_are_as_statsmodels_has_them():
    random = np.random.default_rng(5)
    design = np.column_stack([np.ones(30), np.arange(30.0), np.arange(30) > 18]).astype(float)
    values, weights = random.normal(size=30).cumsum(), random.uniform(1, 9, 30)
    found = fit(design, values, weights, lag=3)
    other = sm.WLS(values, design, weights=weights).fit()
    robust = other.get_robustcov_results("HAC", maxlags=3, use_correction=False)

    assert found.coefficients == pytest.approx(other.params, rel=1e-9)
    assert found.errors == pytest.approx(other.bse, rel=1e-9)
    assert found.robust == pytest.approx(robust.bse, rel=1e-9)


def error_of(values):
    """The error of a step in two years of months, and statsmodels' fit of the same."""
    design = np.column_stack([np.ones(24), np.arange(24) > 11]).astype(float)
    return month_error(fit(design, values), 1), sm.OLS(values, design).fit()


def test_months_that_take_turns_are_judged_by_their_ordinary_error():
    turns = np.tile([1.0, -1.0], 12) + np.random.default_rng(6).normal(0, 0.1, 24)
    found, other = error_of(turns)

    assert found == pytest.approx(other.bse[1])


def test_months_that_go_together_far_are_judged_by_newey_and_west():
    waves = np.sin(np.arange(24) / 1.2) * np.r_[np.ones(12), np.full(12, 0.1)]
    found, other = error_of(waves)
    robust = other.get_robustcov_results("HAC", maxlags=usual_lag(24), use_correction=True)

    assert found >= robust.bse[1]
    assert found > other.bse[1]


def test_months_that_remember_the_one_before_are_judged_by_how_much():
    random, values = np.random.default_rng(8), [0.0]
    for _ in range(23):
        values.append(0.5 * values[-1] + random.normal())
    found, other = error_of(np.array(values))
    seen = (other.resid[1:] @ other.resid[:-1]) / (other.resid @ other.resid)
    memory = seen + (1 + 3 * seen) / 24
    robust = other.get_robustcov_results("HAC", maxlags=usual_lag(24), use_correction=True)

    assert 0 < memory < 0.8
    expected = other.bse[1] * np.sqrt((1 + memory) / (1 - memory))
    assert found == pytest.approx(max(expected, robust.bse[1]))


def test_in_a_short_series_that_remembers_less_than_half_as_often_too_sure():
    random, critical = np.random.default_rng(9), stats.t.ppf(0.975, 22)
    ours = ordinary = 0
    for _ in range(1_000):
        values = random.normal(size=24)
        for at in range(1, 24):
            values[at] = 0.5 * values[at - 1] + np.sqrt(0.75) * values[at]
        found, other = error_of(values)
        ours += abs(other.params[1]) > critical * found
        ordinary += abs(other.params[1]) > critical * other.bse[1]

    assert ordinary > 200
    assert ours < ordinary / 2


def test_a_short_series_is_judged_by_its_ordinary_error():
    design = np.column_stack([np.ones(10), np.arange(10) > 4]).astype(float)
    values = np.array([1.0, 1, 1, 4, 4, 9, 9, 9, 2, 2])

    assert month_error(fit(design, values), 1) == pytest.approx(sm.OLS(values, design).fit().bse[1])


def test_columns_that_say_the_same_give_no_fit():
    assert fit([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], [1.0, 2.0, 3.0]) is None


def test_as_many_coefficients_as_values_give_no_fit():
    assert fit([[1.0, 0.0], [1.0, 1.0]], [1.0, 2.0]) is None


def test_nothing_at_all_gives_no_fit():
    assert fit(np.empty((0, 2)), []) is None


@given(st.lists(st.floats(-100, 100), min_size=6, max_size=30), st.floats(0.1, 50))
def test_the_unit_of_the_weights_makes_no_difference(values, unit):
    design = np.column_stack([np.ones(len(values)), np.arange(len(values))])
    weights = 1 + np.arange(len(values)) % 3
    one, other = (fit(design, values, weights * scale) for scale in (1.0, unit))

    assert one.errors == pytest.approx(other.errors, rel=1e-6, abs=1e-9)
    assert one.robust == pytest.approx(other.robust, rel=1e-6, abs=1e-9)
