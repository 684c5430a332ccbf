"""Importance: shares of the differences between answers, with who did not meet a touchpoint in."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from insights.pain.content import pain_content
from insights.pain.importance import importance, with_importance
from insights.pain.pain import pain
from tests.insights.pain.test_variance_shares import lmg_by_hand
from tests.insights.reference import TOUCHPOINTS, toy_answers


def columns_of(frame, touchpoints, target=75.0):
    """Met, shortfall and reward per touchpoint, written down apart from the code."""
    columns, groups = [], []
    for place, name in enumerate(touchpoints):
        met = frame[name].notna()
        score = frame[name].fillna(target)
        for column in (met.astype(float), (target - score).clip(0), (score - target).clip(0)):
            if np.ptp(column) > 0:
                columns.append(column.to_numpy())
                groups.append(place)
    return np.column_stack(columns), groups


def invented(n=240, n_touchpoints=3, seed=1):
    random = np.random.default_rng(seed)
    scores = 25.0 * random.integers(0, 5, size=(n, n_touchpoints))
    scores[random.random(scores.shape) < 0.3] = np.nan
    names = [f"t{place}" for place in range(n_touchpoints)]
    lost = np.nan_to_num(np.maximum(75 - scores, 0)) @ np.linspace(0.5, 0.0, n_touchpoints)
    frame = pd.DataFrame(scores, columns=names)
    return frame.assign(y=80 - lost + random.normal(size=n) * 8, cluster=np.arange(n)), names


def test_who_did_not_meet_a_touchpoint_is_part_of_its_share():
    frame, names = invented()
    columns, groups = columns_of(frame, names)

    found = importance(frame, names)

    assert found.tolist() == pytest.approx(lmg_by_hand(columns, frame["y"], groups), abs=1e-9)
    whole = sm.OLS(frame["y"], sm.add_constant(columns)).fit().rsquared
    assert found.sum() == pytest.approx(whole, abs=1e-9)


def test_shares_add_up_to_r_squared_of_the_pain_model_where_no_slope_is_bounded():
    answers = toy_answers()
    found = pain(answers, TOUCHPOINTS, bootstrap=50)

    assert (found.touchpoints["impact"].dropna() > 0).all()
    assert importance(answers, TOUCHPOINTS).sum() == pytest.approx(found.r2, abs=1e-9)


def test_a_weight_of_two_is_the_same_answer_twice():
    frame, names = invented()
    weight = np.where(np.arange(len(frame)) % 3 == 0, 2.0, 1.0)
    twice = frame.loc[frame.index.repeat(weight.astype(int))]

    weighted = importance(frame.assign(weight=weight), names)

    assert weighted.tolist() == pytest.approx(importance(twice, names).tolist(), abs=1e-9)


def test_more_than_twelve_touchpoints_have_relative_weights():
    frame, names = invented(n=600, n_touchpoints=13)
    columns, _groups = columns_of(frame, names)
    whole = sm.OLS(frame["y"], sm.add_constant(columns)).fit().rsquared

    found = importance(frame, names)

    assert found.sum() == pytest.approx(whole, abs=1e-9)
    assert found.idxmax() == "t0"
    assert found[:12].to_numpy() == pytest.approx(
        importance(frame, names[:12]).to_numpy(), abs=0.05
    )


def test_a_touchpoint_that_everybody_rates_alike_has_none_and_may_cost_the_most():
    frame, names = invented()

    assert np.isnan(importance(frame.assign(flat=75.0), [*names, "flat"])["flat"])


def test_overall_answers_that_are_all_alike_have_nothing_to_divide():
    frame, names = invented()

    assert importance(frame.assign(y=70.0), names).isna().all()
    assert importance(frame.iloc[:0], names).isna().all()


def test_plain_rows_say_nothing_where_pain_says_nothing():
    frame, names = invented()
    content = pain_content(pain(frame.iloc[:30], names, bootstrap=20))

    rows = with_importance(content, frame.iloc[:30])["touchpoints"]

    assert [row["importance"] for row in rows] == [None, None, None]


def test_twins_and_touchpoints_of_a_few_persons_have_no_importance():
    frame, names = invented()
    few = np.where(np.arange(len(frame)) < 4, 0.0, np.nan)
    frame = frame.assign(twin=frame["t0"], few=few)
    every = [*names, "twin", "few"]
    content = pain_content(pain(frame, every, bootstrap=20))

    rows = with_importance(content, frame)["touchpoints"]

    shares = {row["touchpoint"]: row["importance"] for row in rows}
    assert [name for name in every if shares[name] is None] == ["t0", "twin", "few"]
    assert shares["t1"] == pytest.approx(importance(frame, [*names, "twin"])["t1"])
