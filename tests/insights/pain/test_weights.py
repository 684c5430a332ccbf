"""Answers that do not count alike."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import lsq_linear

from insights.pain.design import make_design, ratings_of
from insights.pain.guards import PRICES, Reason
from insights.pain.pain import pain
from insights.weighting.groups import group_name
from insights.weighting.means import weighted_mean
from insights.weighting.mix import Margin
from insights.weighting.raking import rake
from tests.insights.reference import TOUCHPOINTS, toy_answers

COLUMNS = ["touchpoint", "pain", "impact", "reach", "shortfall", "score", "gap", "reward"]


def weighted(seed=3):
    random = np.random.default_rng(seed)
    return toy_answers().assign(weight=random.integers(1, 4, 420).astype(float))


def test_a_weight_of_three_is_the_same_answer_three_times():
    answers = weighted()
    often = answers.loc[answers.index.repeat(answers["weight"].astype(int))].drop(columns="weight")
    found = pain(answers, TOUCHPOINTS)
    repeated = pain(often, TOUCHPOINTS)

    pd.testing.assert_frame_equal(
        found.touchpoints[COLUMNS], repeated.touchpoints[COLUMNS], rtol=1e-8
    )
    ends = ["pain_low", "pain_high", "p_worst", "low", "high"]
    pd.testing.assert_frame_equal(found.touchpoints[ends], repeated.touchpoints[ends], rtol=1e-6)
    assert (found.mean, found.total, found.r2, found.painless) == pytest.approx(
        (repeated.mean, repeated.total, repeated.r2, repeated.painless)
    )
    assert (found.n, repeated.n) == (420, len(often))


def test_slopes_are_those_of_weighted_least_squares_by_another_solver():
    answers = weighted()
    root = np.sqrt(answers["weight"].to_numpy())[:, None]
    design = make_design(answers["y"].to_numpy(), ratings_of(answers, TOUCHPOINTS), 75.0)
    columns = np.column_stack([design.held, -design.shortfalls])
    free = np.full(design.n_held, -np.inf)
    lowest = np.concatenate([free, np.zeros(design.priced.size)])
    by_hand = lsq_linear(
        columns * root, design.y * root[:, 0], (lowest, np.inf), tol=1e-14, lsq_solver="exact"
    )
    table = pain(answers, TOUCHPOINTS, bootstrap=20).touchpoints.set_index("touchpoint")

    expected = by_hand.x[design.n_held :]
    found = table.loc[[TOUCHPOINTS[place] for place in design.priced], "impact"].to_numpy(float)
    assert found == pytest.approx(expected, abs=1e-7)


def test_weights_that_are_all_alike_change_not_one_bit():
    plain = pain(toy_answers(), TOUCHPOINTS, bootstrap=100)
    found = pain(toy_answers().assign(weight=0.1), TOUCHPOINTS, bootstrap=100)

    pd.testing.assert_frame_equal(found.touchpoints, plain.touchpoints, check_exact=True)
    assert np.isnan([found.n_eff, found.deff, found.unweighted]).all()


@pytest.mark.parametrize("factor", [1e-300, 1e-9, 7.0, 1e300])
def test_only_the_proportions_of_weights_matter(factor):
    answers = weighted()
    found = pain(answers, TOUCHPOINTS, bootstrap=50)
    scaled = pain(answers.assign(weight=answers["weight"] * factor), TOUCHPOINTS, bootstrap=50)

    pd.testing.assert_frame_equal(found.touchpoints, scaled.touchpoints, rtol=1e-9)
    assert (scaled.n_eff, scaled.deff) == pytest.approx((found.n_eff, found.deff))


def test_what_weighting_costs_is_said():
    answers = weighted()
    weight, found = answers["weight"], pain(answers, TOUCHPOINTS, bootstrap=20)

    assert found.n_eff == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
    expected = weighted_mean(answers["y"], weight, answers["cluster"])
    assert (found.mean, found.deff) == pytest.approx((expected.mean, expected.deff))
    assert found.unweighted == pytest.approx(answers["y"].mean())


def test_the_score_of_a_touchpoint_has_a_weighted_jackknife_interval():
    answers = weighted()
    met = answers.dropna(subset=["tp3"])
    row = pain(answers, TOUCHPOINTS, bootstrap=20).touchpoints.set_index("touchpoint").loc["tp3"]

    def without(account):
        rest = met[met["cluster"] != account]
        return np.average(rest["tp3"], weights=rest["weight"])

    mean = np.average(met["tp3"], weights=met["weight"])
    error = np.sqrt(sum((without(one) - mean) ** 2 for one in met["cluster"].unique()))
    assert row["score"] == pytest.approx(mean)
    half = (row["high"] - row["low"]) / 2
    assert half / error == pytest.approx(1.99, abs=0.02)  # t with some 80 degrees of freedom


@pytest.mark.parametrize("bad", [-1.0, np.inf, -np.inf, np.nan])
def test_weights_that_cannot_be_right_are_a_reason_and_no_number(bad):
    answers = weighted()
    answers.loc[17, "weight"] = bad
    found = pain(answers, TOUCHPOINTS)

    assert found.reason is Reason.BAD_WEIGHTS
    assert found.touchpoints["reason"].tolist() == [Reason.BAD_WEIGHTS] * 5
    shown = ["score", "low", "high", "shortfall", "gap", "reach", *PRICES]
    assert found.touchpoints[shown].isna().all(axis=None)
    assert np.isnan([found.mean, found.total, found.n_eff]).all()


def test_weights_of_nothing_are_a_reason_too():
    assert pain(weighted().assign(weight=0.0), TOUCHPOINTS).reason is Reason.BAD_WEIGHTS


def test_an_answer_that_counts_for_nothing_is_as_if_it_were_not_given():
    answers = weighted()
    answers.loc[:99, "weight"] = 0.0
    found, fewer = pain(answers, TOUCHPOINTS), pain(answers.iloc[100:], TOUCHPOINTS)

    pd.testing.assert_frame_equal(found.touchpoints, fewer.touchpoints)
    assert found.n == 320


def test_one_answer_that_outweighs_all_others_is_no_ground_for_a_price():
    answers = weighted()
    answers.loc[0, "weight"] = 1e9
    found = pain(answers, TOUCHPOINTS)

    assert (found.reason, found.needed, found.have) == (Reason.TOO_FEW_ANSWERS, 60, 1)
    assert found.missing == 59


def test_a_known_mix_counts_as_its_raking_weights_do():
    mix = (Margin("segment", (("SMB", 0.3), ("MID", 0.3), ("ENT", 0.4))),)
    groups = np.resize(["SMB", "MID", "MID", "ENT"], 420)
    answers = toy_answers().assign(**{group_name(0): groups})
    names, place, counts = np.unique(groups, return_inverse=True, return_counts=True)
    weight = rake(counts, [names], mix).factors[place]
    found = pain(answers, TOUCHPOINTS, mix=mix, bootstrap=20)
    given = pain(answers.assign(weight=weight), TOUCHPOINTS, bootstrap=20)

    pd.testing.assert_frame_equal(found.touchpoints[COLUMNS], given.touchpoints[COLUMNS], rtol=1e-9)
    assert (found.mean, found.n_eff) == pytest.approx((given.mean, given.n_eff))
    assert not found.is_capped


def test_a_mix_that_would_lean_on_a_few_is_capped_and_says_so():
    mix = (Margin("segment", (("SMB", 0.5), ("ENT", 0.5))),)
    groups = np.where(np.arange(420) < 20, "ENT", "SMB")

    assert pain(
        toy_answers().assign(**{group_name(0): groups}), TOUCHPOINTS, mix=mix, bootstrap=20
    ).is_capped
