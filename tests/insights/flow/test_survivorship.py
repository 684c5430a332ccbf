import math

import numpy as np
import pytest
import statsmodels.api as sm

from insights.flow.survivorship import survivors
from tests.insights.walkers import LEGS, make_walks


def rows(walked):
    return {(row["stage"], row["group"]): row for row in survivors(walked, LEGS).to_dict("records")}


def answers(kind, n, audience, score, stage="retention"):
    return [(f"{kind}{i}", stage, 100, audience, score + i % 5) for i in range(n)]


def test_those_who_stayed_stand_beside_those_who_left_and_those_who_never_came():
    told = [
        *answers("stay", 30, "customer", 80.0),
        *answers("gone", 10, "customer", 50.0),
        *answers("ex", 12, "ex_customer", 30.0),
        *answers("lost", 8, "prospect", 40.0, "decision"),
        *answers("open", 9, "prospect", 70.0, "decision"),
    ]
    events = [(f"gone{i}", "churn", 300) for i in range(10)]
    events += [(f"lost{i}", "lost_deal", 90) for i in range(8)]

    found = rows(make_walks(told, events))

    scores = {place: round(row["score"]) for place, row in found.items()}
    assert scores == {
        ("retention", "customer"): 82,
        ("retention", "left_since"): 52,
        ("retention", "ex_customer"): 32,
        ("decision", "lost_deal"): 42,
        ("decision", "prospect"): 72,
    }
    assert found["retention", "ex_customer"]["change"] == pytest.approx(-50.2, abs=0.3)
    assert math.isnan(found["decision", "lost_deal"]["change"])  # no customer to compare with


def test_a_lost_deal_that_was_won_after_all_is_none():
    told = answers("w", 9, "prospect", 40.0, "decision")
    events = [(f"w{i}", "lost_deal", 150) for i in range(9)]
    events += [(f"w{i}", "customer", 200) for i in range(9)]

    assert list(rows(make_walks(told, events))) == [("decision", "prospect")]


def test_who_came_back_has_stayed():
    told = answers("w", 9, "customer", 40.0)
    events = [(f"w{i}", "churn", 150) for i in range(9)]
    events += [(f"w{i}", "customer", 200) for i in range(9)]

    assert list(rows(make_walks(told, events))) == [("retention", "customer")]


def test_a_group_of_fewer_than_five_takes_the_next_smallest_with_it():
    told = [*answers("stay", 30, "customer", 80.0), *answers("gone", 12, "customer", 50.0)]
    told += answers("ex", 3, "ex_customer", 30.0)
    events = [(f"gone{i}", "churn", 300) for i in range(12)]

    found = rows(make_walks(told, events))

    shown = {group: row["shown"] for (_, group), row in found.items()}
    assert shown == {"customer": True, "left_since": False, "ex_customer": False}
    assert math.isnan(found["retention", "ex_customer"]["score"])
    assert math.isnan(found["retention", "left_since"]["change"])


def test_nothing_is_compared_with_customers_who_are_hidden():
    told = [*answers("stay", 4, "customer", 80.0), *answers("ex", 30, "ex_customer", 30.0)]
    told += answers("gone", 6, "customer", 50.0)
    events = [(f"gone{i}", "churn", 300) for i in range(6)]

    found = rows(make_walks(told, events))

    row = found["retention", "ex_customer"]
    assert row["shown"]
    assert math.isnan(row["change"])


def test_the_difference_is_that_of_a_regression_on_those_who_left():
    told = [*answers("stay", 40, "customer", 70.0), *answers("ex", 25, "ex_customer", 66.0)]
    row = rows(make_walks(told))["retention", "ex_customer"]

    scores = np.array([score for *_, score in told])
    has_left = np.array([audience == "ex_customer" for *_, audience, _ in told], float)
    fitted = sm.OLS(scores, sm.add_constant(has_left)).fit(cov_type="HC3")
    assert row["change"] == pytest.approx(fitted.params[1])
    assert row["p"] == pytest.approx(fitted.pvalues[1], abs=0.005)


def test_nobody_gives_no_rows():
    assert rows(make_walks()) == {}
