import numpy as np
import pandas as pd
import pytest

from insights.pain.design import make_design, ratings_of, residuals
from insights.pain.guards import Reason
from insights.pain.pain import TARGET, pain
from insights.pain.resamples import Sampling, resample
from tests.insights.reference import TOUCHPOINTS, toy_answers, truth

EXACT = ["tp1", "tp2", "tp3"]


@pytest.fixture(scope="module")
def toy():
    return pain(toy_answers(), TOUCHPOINTS)


def exact_answers():
    answers = truth("pain_exact")
    return answers.assign(cluster=range(len(answers)))


def test_pain_without_noise_is_the_closed_form():
    expected = truth("pain_exact_expected").set_index("tp")
    found = pain(exact_answers(), EXACT, bootstrap=100)
    table = found.touchpoints.set_index("touchpoint")

    assert table["impact"].to_dict() == pytest.approx(expected["impact_b"].to_dict(), rel=1e-9)
    assert table["pain"].to_dict() == pytest.approx(expected["pain"].to_dict(), rel=1e-9)
    assert table["reach"].to_dict() == pytest.approx(expected["reach"].to_dict(), rel=1e-9)
    assert table["shortfall"].to_dict() == pytest.approx(
        expected["mean_shortfall_among_met"].to_dict(), rel=1e-9
    )
    assert found.mean == pytest.approx(56.1520833333, rel=1e-9)
    assert found.painless == pytest.approx(70.06875, rel=1e-12)
    assert found.r2 == pytest.approx(1)


def test_pain_of_the_toy_survey_equals_the_reference(toy):
    expected = truth("toy_pain_expected").set_index("tp")
    table = toy.touchpoints.set_index("touchpoint").loc[TOUCHPOINTS]

    assert table["pain"].tolist() == pytest.approx(expected["pain_nnls"].tolist(), rel=1e-8)
    assert table["impact"].tolist() == pytest.approx(expected["b_ols"].tolist(), rel=1e-8)
    assert table["reach"].tolist() == pytest.approx(expected["reach"].tolist(), rel=1e-8)
    assert table["n"].tolist() == expected["n_met"].tolist()
    assert toy.total == pytest.approx(expected["total_nnls"].iloc[0], rel=1e-8)
    assert toy.mean == pytest.approx(expected["stage_mean"].iloc[0], rel=1e-8)
    assert toy.accounts == 89


def test_bootstrap_of_accounts_equals_the_reference_within_monte_carlo_error(toy):
    expected = truth("toy_pain_expected").set_index("tp")
    table = toy.touchpoints.set_index("touchpoint").loc[TOUCHPOINTS]

    assert table["pain_low"].tolist() == pytest.approx(expected["boot_lo"].tolist(), abs=0.1)
    assert table["pain_high"].tolist() == pytest.approx(expected["boot_hi"].tolist(), abs=0.1)
    assert table["p_worst"].tolist() == pytest.approx(expected["prob_top1"].tolist(), abs=0.01)
    assert toy.low == pytest.approx(expected["total_lo"].iloc[0], abs=0.1)
    assert toy.high == pytest.approx(expected["total_hi"].iloc[0], abs=0.1)


def test_another_seed_moves_the_intervals_little_and_the_pain_not_at_all(toy):
    other = pain(toy_answers(), TOUCHPOINTS, seed=1)

    assert other.total == toy.total
    assert other.low != toy.low
    assert (other.low, other.high) == pytest.approx((toy.low, toy.high), abs=0.2)


def test_pain_is_impact_times_shortfall_times_reach_and_adds_up(toy):
    table = toy.touchpoints
    product = table["impact"] * table["shortfall"] * table["reach"]

    assert table["pain"].tolist() == pytest.approx(product.tolist(), rel=1e-12)
    assert table["pain"].sum() == pytest.approx(toy.total, rel=1e-12)
    assert toy.mean + toy.total == pytest.approx(toy.painless, rel=1e-12)


def test_painless_is_the_fitted_score_if_nobody_had_fallen_short(toy):
    answers = toy_answers()
    ratings = ratings_of(answers, TOUCHPOINTS)
    design = make_design(answers["y"].to_numpy(), ratings, TARGET)
    slopes = (
        toy.touchpoints.set_index("touchpoint").loc[TOUCHPOINTS, "impact"].to_numpy(dtype=float)
    )
    without = design.y + design.shortfalls @ slopes
    fitted = without - residuals(design.held, without[:, None])[:, 0]

    assert fitted.mean() == pytest.approx(toy.painless, abs=1e-10)


def test_the_worst_touchpoint_stands_apart_and_the_next_two_are_tied(toy):
    table = toy.touchpoints

    assert table["touchpoint"].tolist()[:3] == ["tp2", "tp1", "tp3"]
    assert table["tie"].tolist() == [1, 2, 2, 3, 3]
    assert table["is_tied"].tolist() == [False, True, True, True, True]
    assert table["rank"].tolist() == [1, 2, 3, 4, 5]
    assert (table["rank_low"] <= table["rank"]).all()
    assert (table["rank"] <= table["rank_high"]).all()


def test_the_order_of_rows_and_of_touchpoints_is_irrelevant(toy):
    shuffled = toy_answers().sample(frac=1, random_state=3)
    found = pain(shuffled, TOUCHPOINTS[::-1])
    columns = ["touchpoint", "pain", "pain_low", "pain_high", "score", "low", "high"]

    pd.testing.assert_frame_equal(found.touchpoints[columns], toy.touchpoints[columns], rtol=1e-6)


def test_answering_twice_changes_no_pain_and_no_interval(toy):
    twice = pd.concat([toy_answers()] * 2)
    found = pain(twice.assign(respondent=twice.index), TOUCHPOINTS)

    assert found.total == pytest.approx(toy.total)
    assert (found.low, found.high) == pytest.approx((toy.low, toy.high), rel=1e-6)
    columns = ["pain", "reach", "score", "low", "high", "p_worst"]
    pd.testing.assert_frame_equal(found.touchpoints[columns], toy.touchpoints[columns], rtol=1e-6)


def test_met_but_unrated_is_reported_and_changes_nothing_else(toy):
    found = pain(toy_answers(), TOUCHPOINTS, unrated={"tp5": 7})
    table = found.touchpoints.set_index("touchpoint")

    assert (table.loc["tp5", "n"], table.loc["tp5", "met"]) == (55, 62)
    assert (table.loc["tp4", "n"], table.loc["tp4", "met"]) == (135, 135)
    assert found.total == toy.total


def test_rows_without_an_overall_answer_drop_out(toy):
    more = toy_answers().iloc[:50].assign(y=np.nan, cluster="new")
    found = pain(pd.concat([toy_answers(), more]), TOUCHPOINTS)

    assert (found.n, found.accounts, found.total) == (420, 89, toy.total)


def test_a_touchpoint_that_only_excels_costs_nothing():
    random = np.random.default_rng(5)
    loved = random.choice([75.0, 100.0], 200)
    answers = pd.DataFrame({"y": loved - 20, "cluster": range(200), "loved": loved})
    row = pain(answers, ["loved"]).touchpoints.iloc[0]

    assert row["reason"] is Reason.TOO_FEW_LOW
    assert (row["shortfall"], row["gap"]) == (0, 0)
    assert np.isnan(row["pain"])


def test_failing_that_costs_more_than_excelling_wins_is_a_dissatisfier_and_the_reverse_delights():
    random = np.random.default_rng(8)
    must, may = random.choice([0.0, 25.0, 50.0, 75.0, 100.0], (2, 600))
    y = 60 - 0.3 * np.maximum(75 - must, 0) + 0.9 * np.maximum(may - 75, 0)
    answers = pd.DataFrame({"y": y + random.normal(0, 5, 600), "must": must, "may": may})
    table = pain(answers.assign(cluster=range(600)), ["must", "may"]).touchpoints

    assert table.set_index("touchpoint")["kind"].to_dict() == {
        "must": "dissatisfier",
        "may": "delighter",
    }


def test_many_persons_in_groups_give_the_interval_of_each_for_themselves():
    random = np.random.default_rng(2)
    ratings = random.choice([0.0, 25.0, 50.0, 75.0, 100.0], (6000, 3))
    y = 70 - np.maximum(75 - ratings, 0) @ [0.3, 0.2, 0.0] + random.normal(0, 15, 6000)
    design = make_design(y, ratings, 75.0)
    persons = np.arange(6000)
    grouped = resample(design, Sampling(persons), 1000, seed=1, groups=500).pains
    exact = resample(design, Sampling(persons), 1000, seed=2, groups=6000).pains

    assert grouped.std(axis=0) == pytest.approx(exact.std(axis=0), rel=0.15)
    assert grouped.mean(axis=0) == pytest.approx(exact.mean(axis=0), abs=0.05)
