import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights.clusters import clustered_mean
from insights.scores import breakdown, score_cells, stage_scores, touchpoint_scores
from tests.insights.facts_factory import make_fact, make_facts, make_response
from tests.insights.reference import toy_answers


def test_a_stage_is_scored_by_its_overall_question_alone():
    facts = [
        fact
        for number in range(6)
        for fact in make_response(number, 5 if number % 2 else 3, {"shop": 1})
    ]
    facts += [make_fact(number, metric="nps", value=0) for number in range(6)]
    stage = stage_scores(make_facts(facts)).iloc[0]

    assert (stage["stage"], stage["persons"], stage["n"], stage["score"]) == ("order", 6, 6, 75.0)
    assert bool(stage["shown"])
    assert bool(stage["few"])


def test_clustered_intervals_of_the_engine_equal_those_of_the_statistics():
    answers = toy_answers()
    facts = [
        make_fact(number, value=1 + row["y"] / 25, account=row["cluster"])
        for number, row in answers.iterrows()
    ]
    found = stage_scores(make_facts(facts)).iloc[0]
    sums = answers.groupby("cluster")["y"].agg(["count", "sum"])
    expected = clustered_mean(sums["count"], sums["sum"])

    assert (found["persons"], found["n"]) == (420, 420)
    assert not found["few"]
    assert found["score"] == pytest.approx(69.88095238095238, rel=1e-12)
    assert [found["low"], found["high"]] == pytest.approx(list(expected.interval), rel=1e-9)


def test_a_person_who_answers_often_is_one_person_and_one_cluster():
    facts = [make_fact(number, person=f"p{number % 4}", value=3) for number in range(40)]
    facts += [make_fact(99, person="p9", stage="use")]
    found = stage_scores(make_facts(facts))

    assert found["shown"].tolist() == [False, False]
    assert found[["persons", "n", "score", "low", "high"]].isna().all(axis=None)


def test_five_colleagues_of_one_account_are_shown_without_an_interval():
    facts = [make_fact(n, person=f"p{n}", account="acme", value=1 + n) for n in range(5)]
    stage = stage_scores(make_facts(facts)).iloc[0]

    assert (stage["persons"], stage["score"]) == (5, 50.0)
    assert np.isnan(stage["low"])


def test_a_person_of_two_accounts_is_still_one_person():
    facts = [make_fact(n, person="p", account=f"a{n}") for n in range(6)]

    assert not stage_scores(make_facts(facts))["shown"].item()


def test_reach_counts_ratings_among_those_who_answered_the_stage():
    facts = []
    for number in range(20):
        rating = 4 if number < 10 else "met_unrated" if number < 14 else "not_met"
        facts += make_response(number, 4, {"shop": rating})
    facts += make_response(50, None, {"shop": 2})
    shop = touchpoint_scores(make_facts(facts)).iloc[0]

    assert (shop["touchpoint"], shop["n"], shop["met"]) == ("shop", 11, 15)
    assert shop["reach"] == 0.5
    assert shop["score"] == pytest.approx((10 * 75 + 25) / 11)


def test_touchpoints_of_two_stages_with_one_name_stay_apart():
    facts = [f for n in range(6) for f in make_response(n, 4, {"phone": 5})]
    facts += [f for n in range(6) for f in make_response(n, 4, {"phone": 1}, stage="use")]
    found = touchpoint_scores(make_facts(facts))

    assert found["stage"].tolist() == ["order", "use"]
    assert found["score"].tolist() == [100.0, 0.0]


def test_skipped_refused_and_unmet_questions_do_not_count():
    states = ["skipped", "not_applicable", "not_met", "met_unrated"] * 5
    facts = [make_fact(n, state=state) for n, state in enumerate(states)]

    assert stage_scores(make_facts(facts)).empty


@pytest.mark.parametrize("score_of", [stage_scores, touchpoint_scores])
def test_no_facts_give_no_rows_and_all_columns(score_of):
    found = score_of(make_facts([]))

    assert found.empty
    assert {"stage", "persons", "n", "score", "low", "high", "shown", "few"} <= set(found)


def test_ratings_without_any_overall_answer_have_no_reach():
    facts = [f for n in range(6) for f in make_response(n, None, {"shop": 4})]
    shop = touchpoint_scores(make_facts(facts)).iloc[0]

    assert np.isnan(shop["reach"])
    assert shop["score"] == 75.0


def test_a_breakdown_hides_what_could_be_subtracted():
    audiences = ["prospect"] * 3 + ["ex_customer"] * 8 + ["customer"] * 30
    facts = [make_fact(n, audience=audience) for n, audience in enumerate(audiences)]
    found = breakdown(make_facts(facts), "audience").set_index("audience")

    assert found["shown"].to_dict() == {"customer": True, "ex_customer": False, "prospect": False}
    assert found.loc["customer", "mean"] == 75.0


def test_a_missing_channel_is_a_cell_of_its_own():
    facts = [make_fact(n, channel=None if n < 6 else "online") for n in range(12)]
    found = breakdown(make_facts(facts), "channel")

    assert found["n"].tolist() == [6, 6]
    assert found["channel"].isna().tolist() == [False, True]


answers = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from("abcdefgh"), st.sampled_from(["buy", "use"])),
    min_size=1,
    max_size=40,
)


def facts_of(rows):
    return [
        make_fact(number, value=value, account=account, stage=stage)
        for number, (value, account, stage) in enumerate(rows)
    ]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers, st.randoms())
def test_order_is_irrelevant_and_scores_lie_within_bounds(rows, random):
    facts = facts_of(rows)
    found = score_cells(make_facts(facts), ["stage"])
    again = score_cells(make_facts(random.sample(facts, len(facts))), ["stage"])

    pd.testing.assert_frame_equal(found, again)
    shown = found[found["shown"]]
    assert shown["mean"].between(0, 100).all()
    assert (shown["low"].fillna(0) <= shown["mean"] + 1e-9).all()
    assert (shown["high"].fillna(100) >= shown["mean"] - 1e-9).all()


def test_who_may_not_be_told_of_yet_does_not_count_for_the_reach():
    told = [fact for at in range(10) for fact in make_response(at, ratings={"shop": 4})]
    few = [fact for at in range(20, 23) for fact in make_response(at, ratings={"shop": "waiting"})]

    row = touchpoint_scores(make_facts(told + few)).iloc[0]

    assert (row["n"], row["reach"]) == (10, 1.0)
