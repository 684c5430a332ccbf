import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from insights.comparing.differences import SUMS, adjusted, difference, paired_sums
from tests.insights.reference import truth


def apart(before, after):
    """Bring the answers of different persons into sums."""
    b, a = len(before), len(after)
    return paired_sums(
        [1] * b + [0] * a, [*before, *[0] * a], [0] * b + [1] * a, [*[0] * b, *after]
    )


def test_different_persons_are_compared_as_welch_does():
    random = np.random.default_rng(1)
    before, after = random.normal(60, 25, 400), random.normal(66, 20, 350)
    found = difference(apart(before, after))
    welch = ttest_ind(after, before, equal_var=False)

    assert found.change == pytest.approx(after.mean() - before.mean())
    assert found.p == pytest.approx(welch.pvalue, rel=0.05)
    assert (found.clusters_before, found.clusters_after) == (400, 350)


def leave_one_out(clusters, before, after):
    """Compare without each cluster; the spread round the whole is the error."""

    def change(keep):
        return after[1][keep(after[0])].mean() - before[1][keep(before[0])].mean()

    whole = change(lambda names: names >= 0)
    without = [change(lambda names, c=c: names != c) for c in clusters]
    return whole, math.sqrt(sum((each - whole) ** 2 for each in without))


def test_accounts_in_both_periods_are_left_out_of_both_at_once():
    random = np.random.default_rng(3)
    level = random.normal(60, 20, 30)
    names = random.integers(0, 22, 80), random.integers(8, 30, 90)
    before, after = ((each, level[each] + random.normal(0, 9, each.size)) for each in names)
    frame = pd.DataFrame(
        {"cluster": np.concatenate(names), "score": np.concatenate([before[1], after[1]])}
    ).assign(late=[False] * 80 + [True] * 90)
    sums = frame.pivot_table(
        index="cluster", columns="late", values="score", aggfunc=["count", "sum"], fill_value=0
    )
    found = difference(
        paired_sums(
            sums[("count", False)], sums[("sum", False)], sums[("count", True)], sums[("sum", True)]
        )
    )
    change, error = leave_one_out(sums.index, before, after)

    assert found.change == pytest.approx(change)
    assert found.error == pytest.approx(error)


def test_the_same_persons_twice_are_surer_than_different_persons():
    random = np.random.default_rng(2)
    before = random.normal(60, 25, 50)
    after = before + 5 + random.normal(0, 5, 50)
    same = difference(paired_sums(np.ones(50), before, np.ones(50), after))

    assert same.error < difference(apart(before, after)).error / 3
    assert same.p < 0.001


def test_the_smallest_change_is_the_power_formula():
    """With 392 answers a month and a spread of 25 a true change of 5 points is found in 80%."""
    random = np.random.default_rng(4)
    answers = random.normal(0, 1, 392)
    answers = 60 + 25 * (answers - answers.mean()) / answers.std()

    assert difference(apart(answers, answers)).smallest == pytest.approx(5, abs=0.03)


def test_few_accounts_no_spread_and_no_answers_are_not_tested():
    few = difference(apart([0, 50, 100, 50], [25] * 10))
    flat = difference(apart([50] * 10, [75] * 10))
    none = difference(apart([], [50] * 10))

    assert (few.change, flat.change) == (-25, 25)
    assert np.isnan([few.p, few.error, flat.p, flat.smallest, none.change, none.p]).all()
    assert math.isnan(difference(pd.DataFrame(columns=list(SUMS), dtype=float)).change)


def test_adjusted_p_values_equal_r():
    expected = truth("bh_1995_example_R")

    assert adjusted(expected["p"]) == pytest.approx(expected["BH"].to_numpy(), rel=1e-12)
    assert (adjusted(expected["p"]) <= 0.05).sum() == 4


def test_cells_that_were_not_tested_do_not_count():
    expected = truth("bh_1995_example_R")
    with_gaps = np.insert(expected["p"].to_numpy(), [0, 7, 15], np.nan)
    found = adjusted(with_gaps)

    assert np.isnan(found).sum() == 3
    assert found[~np.isnan(found)] == pytest.approx(expected["BH"].to_numpy())
    assert adjusted([]).size == 0
    assert np.isnan(adjusted([np.nan])).all()


@given(st.lists(st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0]), min_size=5, max_size=30))
def test_before_and_after_turned_round_is_the_opposite_change(answers):
    before, after = answers, [3.0, *(100 - 0.5 * answer for answer in answers[1:])]
    one, other = difference(apart(before, after)), difference(apart(after, before))

    assert one.change == pytest.approx(-other.change)
    assert np.allclose([one.p, one.smallest], [other.p, other.smallest], equal_nan=True)
