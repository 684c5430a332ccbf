import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from insights.weighting.mix import Margin
from insights.weighting.scores import weighted_stage_scores
from tests.insights.facts_factory import make_fact, make_facts
from tests.insights.reference import truth

AUDIENCES = ("customer", "ex", "prospect")


def toy():
    """The invented survey and the mix that its weights were made for."""
    survey, weights = truth("toy_survey"), truth("toy_survey_weights")["w"]
    known = weights.groupby(survey["audience"]).sum() / weights.sum()
    mix = (Margin("audience", tuple(known.items())),)
    facts = [
        make_fact(n, value=row["csat5"], account=row["account"], audience=row["audience"])
        for n, row in survey.iterrows()
    ]
    return survey, mix, make_facts(facts)


def test_the_weighted_score_is_that_of_r():
    _, mix, facts = toy()
    found = weighted_stage_scores(facts, mix).iloc[0]

    expected = truth("toy_survey_R_expected").set_index(["design", "var"])["est"]
    assert found["score"] == pytest.approx(
        expected["poststratified_audience_cluster", "s100"], rel=1e-9
    )
    assert found["unweighted"] == pytest.approx(expected["cluster_account", "s100"], rel=1e-9)
    weights = truth("toy_survey_weights")["w"]
    assert found["n_eff"] == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), rel=1e-9)


def test_the_interval_is_that_of_leaving_out_each_account_and_weighting_anew():
    survey, mix, facts = toy()
    found = weighted_stage_scores(facts, mix).iloc[0]

    known, y = dict(mix[0].shares), 25.0 * (survey["csat5"] - 1)

    def weighted(part):
        means = y[part].groupby(survey["audience"][part]).mean()
        return sum(known[group] * means[group] for group in known)

    accounts = survey["account"].unique()
    whole = weighted(survey["account"].notna())
    without = [weighted(survey["account"] != one) for one in accounts]
    error = math.sqrt(sum((each - whole) ** 2 for each in without))
    half = t.ppf(0.975, len(accounts) - 1) * error
    assert (found["low"], found["high"]) == pytest.approx((whole - half, whole + half), rel=1e-9)
    # R's own error of a post-stratified mean is linearised: the jackknife is a little wider.
    linear = truth("toy_survey_R_expected").set_index(["design", "var"])["se"]
    assert 1 < error / linear["poststratified_audience_cluster", "s100"] < 1.1


def test_two_properties_are_met_at_once_and_the_interval_is_close_to_that_of_raking_anew():
    generator = np.random.default_rng(7)
    rows = pd.DataFrame(
        {
            "a": generator.choice(["customer", "prospect"], 300, p=[0.7, 0.3]),
            "b": generator.choice(["b2b", "b2c"], 300, p=[0.4, 0.6]),
            "g": generator.integers(0, 60, 300),
        }
    )
    rows["v"] = 1 + generator.integers(0, 3, 300) + (rows["a"] == "customer") + (rows["b"] == "b2b")
    mix = (
        Margin("audience", (("customer", 0.5), ("prospect", 0.5))),
        Margin("market", (("b2b", 0.6), ("b2c", 0.4))),
    )
    facts = [
        make_fact(n, value=row.v, account=f"g{row.g}", audience=row.a, market=row.b)
        for n, row in enumerate(rows.itertuples())
    ]
    found = weighted_stage_scores(make_facts(facts), mix).iloc[0]

    def raked(part):
        w, sides = np.ones(len(part)), [(part["a"], mix[0]), (part["b"], mix[1])]
        for _ in range(100):
            for of, margin in sides:
                for value, share in margin.shares:
                    is_it = (of == value).to_numpy()
                    w[is_it] *= share * w.sum() / w[is_it].sum()
        return np.average(25.0 * (part["v"] - 1), weights=w)

    whole = raked(rows)
    error = math.sqrt(sum((raked(rows[rows["g"] != g]) - whole) ** 2 for g in rows["g"].unique()))
    half = t.ppf(0.975, rows["g"].nunique() - 1) * error
    assert found["score"] == pytest.approx(whole, abs=1e-6)
    assert found["high"] - found["low"] == pytest.approx(2 * half, rel=0.02)


MIX = (Margin("audience", (("customer", 0.5), ("ex_customer", 0.25), ("prospect", 0.25))),)


def of_groups(**counts):
    """Facts of so many persons per audience, scores cycling through the scale."""
    facts, number = [], 0
    for audience, n in counts.items():
        for place in range(n):
            facts.append(make_fact(number, value=1 + place % 5, audience=audience))
            number += 1
    return make_facts(facts)


def test_without_a_mix_there_is_the_unweighted_score_and_a_reason():
    found = weighted_stage_scores(of_groups(customer=20), ()).iloc[0]

    assert (found["unweighted"], found["reason"]) == (50, "no_mix")
    assert found[["score", "low", "high", "n_eff", "deff"]].isna().all()


def test_an_absent_audience_is_named_and_its_share_told():
    found = weighted_stage_scores(of_groups(customer=20, ex_customer=10), MIX).iloc[0]

    assert found["absent"] == (("audience", "prospect"),)
    assert (found["absent_share"], found["score"]) == (0.25, 50)


def test_four_persons_of_a_group_carry_no_share():
    found = weighted_stage_scores(of_groups(customer=40, ex_customer=4, prospect=40), MIX).iloc[0]

    assert found["reason"] == "too_few_of_a_group"
    assert pd.isna(found["score"])


def test_a_stage_of_four_persons_is_told_nothing_of():
    found = weighted_stage_scores(of_groups(customer=4), MIX).iloc[0]

    assert (found["shown"], found["reason"]) == (False, "too_few_persons")
    assert found[["unweighted", "score", "n"]].isna().all()


def test_equal_answers_have_a_score_and_no_interval():
    facts = [
        make_fact(n, value=4, audience=audience)
        for n, audience in enumerate(["customer", "ex_customer", "prospect"] * 8)
    ]
    found = weighted_stage_scores(make_facts(facts), MIX).iloc[0]

    assert found["score"] == pytest.approx(75)
    assert found[["low", "high", "deff"]].isna().all()


def test_one_account_that_is_a_whole_group_leaves_a_score_and_no_interval():
    facts = [make_fact(n, value=1 + n % 5, audience="customer") for n in range(30)]
    facts += [
        make_fact(n, value=1 + n % 5, audience="prospect", person=f"p{n}", account="acme")
        for n in range(30, 40)
    ]
    found = weighted_stage_scores(make_facts(facts), MIX).iloc[0]

    assert found["score"] == pytest.approx(50)
    assert pd.isna(found["low"])


def test_a_weight_is_never_more_than_five_times_the_median():
    mix = (Margin("audience", (("customer", 0.2), ("prospect", 0.8))),)
    found = weighted_stage_scores(of_groups(customer=200, prospect=5), mix).iloc[0]

    assert found["is_capped"]
    assert not pd.isna(found["low"])


def test_stages_are_weighted_each_by_those_who_answered_it():
    facts = [
        make_fact(n, value=5 if audience == "customer" else 1, audience=audience, stage=stage)
        for n, (audience, stage) in enumerate(
            [("customer", "a"), ("customer", "a"), ("prospect", "a")] * 10
            + [("customer", "b"), ("prospect", "b"), ("prospect", "b")] * 10
        )
    ]
    mix = (Margin("audience", (("customer", 0.5), ("prospect", 0.5))),)
    found = weighted_stage_scores(make_facts(facts), mix)

    assert found["unweighted"].tolist() == pytest.approx([200 / 3, 100 / 3])
    assert found["score"].tolist() == pytest.approx([50, 50])


def test_no_facts_give_no_rows_and_all_columns():
    found = weighted_stage_scores(make_facts([]), MIX)

    assert found.empty
    assert {"stage", "score", "unweighted", "n_eff", "deff", "reason"} <= set(found)
