import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.power import NormalIndPower

from insights.cells import overall
from insights.planning.planner import Status, answers_needed, arrival, plan, spreads
from tests.insights.facts_factory import make_fact, make_facts


def test_five_points_at_the_usual_spread_take_392_answers_in_each_period():
    assert answers_needed(25, 5) == 392


@pytest.mark.parametrize(("spread", "points"), [(25, 5), (17.3, 3), (31, 20), (25, 2)])
def test_the_number_is_that_of_statsmodels(spread, points):
    expected = NormalIndPower().solve_power(points / spread, power=0.8, alpha=0.05)

    assert answers_needed(spread, points) == pytest.approx(expected, abs=0.51)


def test_a_design_effect_of_two_takes_twice_as_many_answers():
    assert answers_needed(25, 5, design=2) == 785


@pytest.mark.parametrize("wrong", [(0, 5, 1), (25, 0, 1), (25, 5, float("nan")), (-1, 5, 1)])
def test_what_is_not_positive_is_refused(wrong):
    spread, points, design = wrong

    with pytest.raises(ValueError, match="positive"):
        answers_needed(spread, points, design=design)


@pytest.mark.parametrize(
    ("still", "monthly", "expected"),
    [
        (0, 0, (Status.NOW, None)),
        (23, 6, (Status.LATER, "2027-02")),
        (24, 6, (Status.LATER, "2027-02")),
        (25, 6, (Status.LATER, "2027-03")),
        (1, 100, (Status.LATER, "2026-11")),
        (10, 0, (Status.STANDSTILL, None)),
        (10, float("nan"), (Status.STANDSTILL, None)),
        (240, 10, (Status.LATER, "2028-10")),
        (241, 10, (Status.FAR, None)),
    ],
)
def test_the_month_is_the_one_at_whose_end_the_answers_are_there(still, monthly, expected):
    assert arrival(still, monthly, "2026-10") == expected


def test_the_spread_of_a_cell_is_the_sample_standard_deviation():
    values = [1, 2, 2, 5, 4, 3]
    facts = [make_fact(number, value=value) for number, value in enumerate(values)]
    found = spreads(overall(make_facts(facts)), ["stage"]).iloc[0]

    assert found["sd"] == pytest.approx(np.std([25 * (v - 1) for v in values], ddof=1))
    assert (found["n"], found["icc"], found["design"]) == (6, 0, 1)


def test_the_design_effect_is_that_of_a_one_way_analysis_of_variance():
    groups = {"a": [1, 1, 2], "b": [4, 5], "c": [3, 3, 4, 3], "d": [2]}
    facts, number = [], 0
    for account, values in groups.items():
        for value in values:
            facts.append(make_fact(number, value=value, account=account))
            number += 1
    found = spreads(overall(make_facts(facts)), ["stage"]).iloc[0]

    scores = {name: 25 * (np.array(values) - 1) for name, values in groups.items()}
    every = np.concatenate(list(scores.values()))
    n, k = len(every), len(groups)
    between = sum(len(s) * (s.mean() - every.mean()) ** 2 for s in scores.values()) / (k - 1)
    within = sum(((s - s.mean()) ** 2).sum() for s in scores.values()) / (n - k)
    usual = (n - sum(len(s) ** 2 for s in scores.values()) / n) / (k - 1)
    icc = (between - within) / (between + (usual - 1) * within)
    size = sum(len(s) ** 2 for s in scores.values()) / n
    assert found["icc"] == pytest.approx(icc)
    assert found["design"] == pytest.approx(1 + (size - 1) * icc)


def test_answers_of_one_account_in_two_months_are_not_taken_for_one_cluster():
    facts = [
        make_fact(number, value=1 + number % 4, account="a", month=f"2026-{1 + number:02}")
        for number in range(8)
    ]

    assert spreads(overall(make_facts(facts)), ["stage"])["design"].item() == 1


@pytest.mark.parametrize("values", [[3], [3] * 40])
def test_answers_without_spread_are_planned_with_the_usual_one(values):
    facts = [make_fact(number, value=value) for number, value in enumerate(values)]
    cells = spreads(overall(make_facts(facts)), ["stage"])
    found = plan(cells.assign(persons=cells["n"], monthly=10.0), 5, "2026-10").iloc[0]

    assert found["is_assumed"]
    if len(values) > 1:
        assert (found["each"], found["still"]) == (392, 744)
    else:
        assert found["status"] == "too_few_persons"
        assert found[["n", "each", "still", "smallest"]].isna().all()


def test_no_answers_give_no_rows_and_no_error():
    cells = spreads(overall(make_facts([])), ["stage"])
    found = plan(cells.assign(persons=cells["n"], monthly=0.0), 5, "2026-10")

    assert found.empty
    assert {"each", "still", "status", "month", "shown"} <= set(found)


def test_the_smallest_difference_is_found_in_80_of_100_cases():
    facts = [make_fact(number, value=1 + number % 5) for number in range(200)]
    cells = spreads(overall(make_facts(facts)), ["stage"])
    found = plan(cells.assign(persons=200, monthly=10.0), 5, "2026-10").iloc[0]

    error = found["sd"] * np.sqrt(2 / 100)
    power = norm.cdf(found["smallest"] / error - norm.ppf(0.975))
    assert power == pytest.approx(0.8, abs=1e-9)


@given(st.floats(1, 50), st.floats(2, 20), st.floats(1, 5))
def test_more_spread_or_likeness_or_a_smaller_difference_never_takes_fewer(spread, points, design):
    base = answers_needed(spread, points, design=design)

    assert answers_needed(spread * 1.1, points, design=design) >= base
    assert answers_needed(spread, points * 0.9, design=design) >= base
    assert answers_needed(spread, points, design=design * 1.1) >= base
