"""Bad and meagre input: a plain reason, never a crash and never a sure number."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.pain.guards import PRICES, Reason
from insights.pain.pain import pain
from tests.insights.reference import TOUCHPOINTS, toy_answers

SCORES = [0.0, 25.0, 50.0, 75.0, 100.0]


def make_answers(n=200, touchpoints=("shop", "phone"), seed=1):
    random = np.random.default_rng(seed)
    ratings = random.choice(SCORES, (n, len(touchpoints)))
    frame = pd.DataFrame(ratings, columns=list(touchpoints))
    y = 80 - 0.2 * np.maximum(75 - ratings, 0).sum(axis=1) + random.normal(0, 5, n)
    return frame.assign(y=y, cluster=range(n))


def assert_nothing_priced(found, reason, needed):
    table = found.touchpoints
    assert (found.reason, found.needed) == (reason, needed)
    assert table[list(PRICES)].isna().all(axis=None)
    assert table[["rank", "tie", "kind"]].isna().all(axis=None)
    assert np.isnan([found.total, found.low, found.high, found.painless, found.r2]).all()
    assert table["reason"].notna().all()


def test_59_answers_are_too_few_and_60_are_enough():
    assert_nothing_priced(pain(make_answers(59), ["shop", "phone"]), Reason.TOO_FEW_ANSWERS, 60)
    assert pain(make_answers(60), ["shop", "phone"]).reason is None


def test_many_touchpoints_need_more_answers():
    names = [f"t{number}" for number in range(20)]

    # An intercept, a reward and a shortfall each: 41 columns; all are always met.
    assert_nothing_priced(pain(make_answers(122, names), names), Reason.TOO_FEW_ANSWERS, 123)
    assert pain(make_answers(123, names), names, bootstrap=50).reason is None


@pytest.mark.parametrize("accounts", [1, 2, 9])
def test_few_accounts_have_a_reason_instead_of_a_pain(accounts):
    answers = make_answers().assign(cluster=np.arange(200) % accounts)

    assert_nothing_priced(pain(answers, ["shop", "phone"]), Reason.TOO_FEW_ACCOUNTS, 10)


def test_overall_answers_that_are_all_alike_explain_nothing():
    found = pain(make_answers().assign(y=75.0), ["shop", "phone"])

    assert_nothing_priced(found, Reason.NO_VARIATION, None)
    assert found.mean == 75.0
    assert found.touchpoints["gap"].notna().all()


def test_ratings_that_are_all_alike_cannot_be_told_from_the_intercept():
    found = pain(make_answers().assign(shop=25.0), ["shop", "phone"])
    table = found.touchpoints.set_index("touchpoint")

    assert table.loc["shop", "reason"] is Reason.COLLINEAR
    assert table.loc["phone", "reason"] is None
    assert_nothing_priced(pain(make_answers().assign(shop=25.0), ["shop"]), Reason.COLLINEAR, None)


def test_touchpoints_rated_alike_are_both_unpriced_and_the_others_are_priced_rightly():
    answers = make_answers(400, ["shop", "phone", "web"])
    answers["twin"] = answers["shop"]
    table = pain(answers, ["shop", "twin", "phone", "web"]).touchpoints.set_index("touchpoint")
    plain = pain(answers, ["shop", "phone", "web"]).touchpoints.set_index("touchpoint")

    assert table.loc[["shop", "twin"], "reason"].tolist() == [Reason.COLLINEAR] * 2
    assert table.loc[["shop", "twin"], "pain"].isna().all()
    assert table.loc["phone", "pain"] == pytest.approx(plain.loc["phone", "pain"], rel=1e-9)


def test_four_low_ratings_are_too_few_and_five_are_enough():
    answers = make_answers().assign(shop=100.0)
    answers.loc[:3, "shop"] = 0.0
    few = pain(answers, ["shop", "phone"]).touchpoints.set_index("touchpoint").loc["shop"]
    answers.loc[4, "shop"] = 0.0
    enough = pain(answers, ["shop", "phone"]).touchpoints.set_index("touchpoint").loc["shop"]

    assert (few["reason"], few["needed"]) == (Reason.TOO_FEW_LOW, 5)
    assert few["gap"] == pytest.approx(4 * 75 / 200)
    assert enough["reason"] is None
    assert enough["pain"] >= 0


def test_a_touchpoint_rated_by_four_persons_shows_no_number():
    answers = make_answers()
    answers.loc[4:, "shop"] = np.nan
    row = pain(answers, ["shop", "phone"]).touchpoints.set_index("touchpoint").loc["shop"]

    assert (row["reason"], row["needed"], bool(row["shown"])) == (Reason.TOO_FEW_PERSONS, 5, False)
    assert row[["n", "met", "reach", "score", "shortfall", "gap", "pain"]].isna().all()


def test_ratings_of_four_persons_who_answer_often_show_no_number():
    answers = make_answers().assign(respondent=np.arange(200) % 4)
    found = pain(answers, ["shop", "phone"])

    assert (found.reason, found.needed) == (Reason.TOO_FEW_PERSONS, 5)
    assert found.touchpoints["reason"].tolist() == [Reason.TOO_FEW_PERSONS] * 2
    assert (found.n, found.accounts) == (None, None)
    assert found.touchpoints[["score", "gap", *PRICES]].isna().all(axis=None)
    assert np.isnan([found.mean, found.total, found.painless]).all()


def test_no_answers_and_no_touchpoints_have_a_reason():
    nothing = make_answers().iloc[:0]
    found = pain(nothing, ["shop", "phone"])

    assert_nothing_priced(found, Reason.TOO_FEW_ANSWERS, 60)
    assert np.isnan(found.mean)
    assert pain(make_answers(), []).reason is Reason.TOO_FEW_LOW
    assert pain(make_answers(), []).touchpoints.empty


def test_a_touchpoint_nobody_met_is_unpriced_and_the_other_is_not_changed():
    answers = make_answers()
    found = pain(answers.assign(never=np.nan), ["shop", "phone", "never"])
    table = found.touchpoints.set_index("touchpoint")

    assert table.loc["never", "reason"] is Reason.TOO_FEW_PERSONS
    assert found.total == pytest.approx(pain(answers, ["shop", "phone"]).total)


def test_everybody_missing_everything_is_a_reason():
    answers = make_answers().assign(shop=np.nan, phone=None)

    assert_nothing_priced(pain(answers, ["shop", "phone"]), Reason.TOO_FEW_LOW, 5)


@pytest.mark.parametrize("bad", [-0.1, 100.1, np.inf, -np.inf])
def test_a_rating_outside_0_to_100_is_refused(bad):
    answers = make_answers()
    answers.loc[7, "shop"] = bad
    with pytest.raises(ValueError, match="outside"):
        pain(answers, ["shop", "phone"])


def test_an_infinite_overall_score_and_a_doubled_touchpoint_are_refused():
    answers = make_answers()
    with pytest.raises(ValueError, match="twice"):
        pain(answers, ["shop", "shop"])
    answers.loc[0, "y"] = np.inf
    with pytest.raises(ValueError, match="finite"):
        pain(answers, ["shop"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(10, 90), st.floats(0, 1))
def test_whatever_the_answers_pain_adds_up_and_is_never_negative(seed, accounts, missing):
    random = np.random.default_rng(seed)
    answers = toy_answers().sample(200, random_state=seed).reset_index(drop=True)
    for name in TOUCHPOINTS:
        answers.loc[random.random(200) < missing, name] = np.nan
    found = pain(
        answers.assign(cluster=random.integers(accounts, size=200)), TOUCHPOINTS, bootstrap=30
    )
    priced = found.touchpoints[found.touchpoints["reason"].isna()]

    assert (priced["pain"] >= 0).all()
    assert (priced["pain_low"] <= priced["pain_high"]).all()
    assert priced["p_worst"].sum() <= 1 + 1e-9
    if found.reason is None:
        assert priced["pain"].sum() == pytest.approx(found.total)
        assert 0 <= found.r2 <= 1
        assert np.isfinite(
            priced[[name for name in PRICES if name != "reward"]].to_numpy(dtype=float)
        ).all()


def test_ratings_of_yes_and_no_are_priced_as_one_step():
    random = np.random.default_rng(4)
    shop = random.choice([0.0, 100.0], 200)
    answers = pd.DataFrame({"y": 50 + 0.3 * shop, "cluster": range(200), "shop": shop})
    row = pain(answers, ["shop"]).touchpoints.iloc[0]

    # From no to yes is 30 points of the stage's score, and 75 points of shortfall.
    assert row["impact"] == pytest.approx(30 / 75)
    assert row["pain"] == pytest.approx(30 * (shop == 0).mean())


def test_rows_with_one_index_are_persons_of_their_own_where_nobody_says_otherwise():
    answers = make_answers()
    answers.index = [0] * len(answers)

    assert pain(answers, ["shop", "phone"], bootstrap=50).reason is None
