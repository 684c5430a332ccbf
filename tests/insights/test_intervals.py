import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multinomial

from insights.intervals import net_promoter, nps_interval, wilson
from tests.insights.reference import truth

counts = st.integers(0, 400)


@pytest.mark.parametrize("row", truth("proportion_ci_R").to_dict("records"), ids=str)
def test_wilson_equals_r(row):
    low, high = wilson(row["k"], row["n"])

    assert low == pytest.approx(row["wilson_lo"], abs=1e-12)
    assert high == pytest.approx(row["wilson_hi"], abs=1e-12)


@pytest.mark.parametrize("row", truth("nps_ci").to_dict("records"), ids=str)
def test_nps_and_its_score_interval_equal_the_reference(row):
    answers = (row["promoters"], row["passives"], row["detractors"])
    low, high = nps_interval(*answers)

    assert net_promoter(*answers) == pytest.approx(row["nps"], abs=1e-8)
    assert low == pytest.approx(row["score_lo"], abs=1e-7)
    assert high == pytest.approx(row["score_hi"], abs=1e-7)


@pytest.mark.parametrize("n", [5, 10, 20])
def test_nps_interval_holds_the_truth_as_often_as_enumeration_says(n):
    cases = truth("nps_ci_exact_coverage").query("n == @n")
    samples = [(a, b, n - a - b) for a, b in product(range(n + 1), repeat=2) if a + b <= n]
    ends = np.array([nps_interval(*sample) for sample in samples])
    for case in cases.to_dict("records"):
        shares = np.array([case["p_pro"], case["p_pas"], case["p_det"]])
        real = 100 * (shares[0] - shares[2])
        holds = (ends[:, 0] <= real + 1e-6) & (real - 1e-6 <= ends[:, 1])
        chances = multinomial.pmf(samples, n, shares / shares.sum())
        assert chances[holds].sum() == pytest.approx(case["cov_score"], abs=2e-6)


def test_ten_promoters_of_ten_are_not_surely_a_hundred():
    assert nps_interval(10, 0, 0).low == pytest.approx(44.49344, abs=1e-5)


def test_no_answers_have_no_interval_and_no_score():
    assert all(math.isnan(end) for end in (*wilson(0, 0), *nps_interval(0, 0, 0)))
    assert math.isnan(net_promoter(0, 0, 0))


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (math.nan, 5)])
def test_wilson_refuses_impossible_counts(successes, n):
    with pytest.raises(ValueError, match="successes"):
        wilson(successes, n)


def test_nps_refuses_negative_counts():
    with pytest.raises(ValueError, match="negative"):
        nps_interval(3, -1, 2)


@given(counts, counts, counts)
def test_nps_lies_within_its_interval_and_its_bounds(promoters, passives, detractors):
    if promoters + passives + detractors == 0:
        return
    low, high = nps_interval(promoters, passives, detractors)
    score = net_promoter(promoters, passives, detractors)

    assert -100 <= low <= score + 1e-9
    assert score - 1e-9 <= high <= 100
    assert low < high


@given(counts, counts, counts)
def test_nps_turned_round_has_its_interval_turned_round(promoters, passives, detractors):
    low, high = nps_interval(promoters, passives, detractors)
    other_low, other_high = nps_interval(detractors, passives, promoters)

    assert np.allclose([low, high], [-other_high, -other_low], atol=1e-8, equal_nan=True)


@given(counts, counts, counts)
def test_doubling_all_answers_keeps_the_nps_and_narrows_its_interval(a, b, c):
    if a + b + c == 0:
        return
    assert net_promoter(2 * a, 2 * b, 2 * c) == pytest.approx(net_promoter(a, b, c))
    once, twice = nps_interval(a, b, c), nps_interval(2 * a, 2 * b, 2 * c)
    assert twice.high - twice.low < once.high - once.low
