import math

import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from insights.flow.outcomes import outcomes
from insights.intervals import wilson
from tests.insights.walkers import LEGS, make_walks


def rated(n_hurt=40, n_content=60, day=0, touchpoint="invoice"):
    hurt = [(f"h{i}", touchpoint, day, 25.0) for i in range(n_hurt)]
    return hurt + [(f"c{i}", touchpoint, day, 100.0) for i in range(n_content)]


def row(walked, outcome="churn", touchpoint="invoice"):
    found = outcomes(walked, LEGS, 75)
    meant = (found["outcome"] == outcome) & (found["touchpoint"] == touchpoint)
    return found[meant].iloc[0]


def test_with_everybody_followed_a_year_it_is_wilson_and_newcombe():
    events = [(f"h{i}", "churn", 100 + i) for i in range(12)]
    events += [(f"c{i}", "churn", 100 + i) for i in range(6)]
    found = row(make_walks(ratings=rated(), events=events))

    assert (found["n_hurt"], found["n_content"]) == (40, 60)
    assert (found["low_hurt"], found["high_hurt"]) == pytest.approx(wilson(12, 40))
    assert (found["low_content"], found["high_content"]) == pytest.approx(wilson(6, 60))
    low, high = confint_proportions_2indep(12, 40, 6, 60, method="newcomb", compare="diff")
    assert found["change"] == pytest.approx(0.2)
    assert (found["change_low"], found["change_high"]) == pytest.approx((low, high))
    assert found["p"] < 0.05


def test_what_happened_before_the_rating_or_after_a_year_is_no_outcome():
    events = [(f"h{i}", "repeat_purchase", -5) for i in range(40)]
    events += [(f"c{i}", "repeat_purchase", 400) for i in range(60)]
    events += [("c0", "repeat_purchase", 0), ("c1", "repeat_purchase", 364)]
    found = row(make_walks(ratings=rated(), events=events), "repeat_purchase")

    assert (found["share_hurt"], found["share_content"]) == (0.0, pytest.approx(1 / 60))


def test_who_was_rated_recently_counts_for_as_long_as_they_were_seen():
    recent = [(f"r{i}", "invoice", 760, 25.0) for i in range(40)]
    events = [(f"h{i}", "churn", 100) for i in range(10)]
    found = row(make_walks(ratings=rated() + recent, events=events))

    assert found["n_hurt"] == 80
    # At day 100 only the first forty were still followed: 10 of 40, not 10 of 80.
    assert found["share_hurt"] == pytest.approx(0.25)


def test_who_had_left_is_not_followed_and_who_leaves_is_known_not_to_have_bought():
    events = [(f"h{i}", "ex_customer", -10) for i in range(20)]
    events += [(f"h{i}", "churn", 10) for i in range(20, 30)]
    events += [(f"h{i}", "cross_sale", 50) for i in range(30, 40)]
    found = row(make_walks(ratings=rated(), events=events), "cross_sale")

    assert (found["n_hurt"], found["share_hurt"]) == (20, 0.5)


def test_each_customer_counts_once_from_the_first_rating_on():
    events = [("h0", "churn", 30), ("h0", "churn", 60)]
    found = row(make_walks(ratings=rated(), events=events))

    assert found["share_hurt"] == pytest.approx(1 / 40)


def test_four_people_are_too_few_and_a_half_year_is_too_short():
    events = [("c0", "churn", 30)]
    found = row(make_walks(ratings=rated(n_hurt=4), events=events))
    assert (found["shown"], found["reason"]) == (False, "too_few_persons")
    assert math.isnan(found["share_content"])

    found = row(make_walks(ratings=rated(day=600), events=[("c0", "churn", 630)]))
    assert (found["shown"], found["reason"]) == (False, "too_short")


def test_what_happened_to_neither_side_is_not_tested():
    ratings = [*rated(), *rated(touchpoint="delivery", day=500)]
    events = [("h1", "up_sale", 30), ("h1", "up_sale", 40)]
    found = row(make_walks(ratings=ratings, events=events, until=900), "up_sale", "delivery")

    assert (found["reason"], found["share_hurt"], found["share_content"]) == ("never", 0, 0)
    assert math.isnan(found["p"])


def test_outcomes_of_which_no_event_tells_are_left_out():
    found = outcomes(make_walks(ratings=rated(), events=[("h0", "churn", 5)]), LEGS, 75)

    assert set(found["outcome"]) == {"churn"}


def test_without_ratings_or_events_there_are_no_rows():
    assert len(outcomes(make_walks(ratings=rated()), LEGS, 75)) == 0
    assert len(outcomes(make_walks(events=[("h0", "churn", 5)]), LEGS, 75)) == 0
