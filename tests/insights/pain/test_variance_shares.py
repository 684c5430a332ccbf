"""Dividing R squared: against R, against all orders by hand, and in bounded time."""

from itertools import permutations
from time import process_time

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from insights.pain.variance_shares import lmg, relative_weights
from tests.insights.reference import truth


def gram_of(columns, y, weight=None):
    weight = np.ones(len(y)) if weight is None else np.asarray(weight, dtype=float)
    every = np.column_stack([columns, y])
    every = every - np.average(every, axis=0, weights=weight)
    return every.T @ (every * weight[:, None])


def r_squared(columns, y):
    if not columns.shape[1]:
        return 0.0
    return sm.OLS(y, sm.add_constant(columns)).fit().rsquared


def lmg_by_hand(columns, y, groups):
    """Average what each group adds over all orders, by ordinary least squares each time."""
    names = sorted(set(groups))
    gains = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    for order in orders:
        inside, before = [], 0.0
        for name in order:
            inside += [at for at, group in enumerate(groups) if group == name]
            now = r_squared(columns[:, inside], y)
            gains[name] += (now - before) / len(orders)
            before = now
    return [gains[name] for name in names]


@pytest.mark.parametrize(
    ("file", "overall", "expected"),
    [("swiss", "Fertility", "swiss_relaimpo_2.2-7"), ("attitude", "rating", "attitude_relaimpo")],
)
def test_both_methods_equal_r(file, overall, expected):
    answers, shares = truth(file), truth(expected)
    columns = answers[shares["var"]]
    gram, groups = gram_of(columns, answers[overall]), range(columns.shape[1])

    assert lmg(gram, groups) == pytest.approx(shares["lmg"].to_numpy(), abs=1e-12)
    assert relative_weights(gram, groups) == pytest.approx(shares["genizi"].to_numpy(), abs=1e-12)
    johnson = truth(f"{file}_rwa")
    assert relative_weights(gram, groups) == pytest.approx(johnson["raw"].to_numpy(), abs=1e-12)


def test_weighted_shares_equal_r():
    answers, shares = truth("swiss"), truth("swiss_relaimpo_weighted_1to47")
    gram = gram_of(answers[shares["var"]], answers["Fertility"], np.arange(1, 48))

    assert lmg(gram, range(5)) == pytest.approx(shares["lmg"].to_numpy(), abs=1e-12)


def test_groups_of_columns_are_the_mean_over_all_orders_of_groups():
    random = np.random.default_rng(4)
    columns = random.normal(size=(200, 7)) + random.normal(size=(200, 1))
    y = columns @ np.arange(7) + random.normal(size=200) * 9
    groups = [0, 1, 2, 3, 0, 1, 0]

    assert lmg(gram_of(columns, y), groups) == pytest.approx(lmg_by_hand(columns, y, groups))


def test_columns_that_repeat_each_other_share_alike():
    random = np.random.default_rng(5)
    columns = random.normal(size=(100, 3))
    y = columns.sum(axis=1) + random.normal(size=100)
    twice = np.column_stack([columns, columns[:, 0]])

    for divide in (lmg, relative_weights):
        shares = divide(gram_of(twice, y), range(4))
        assert shares[0] == pytest.approx(shares[3], abs=1e-9)
        assert shares.sum() == pytest.approx(r_squared(columns, y), abs=1e-9)


def test_how_a_group_is_written_down_makes_no_difference():
    random = np.random.default_rng(6)
    columns = random.normal(size=(300, 6)) + random.normal(size=(300, 1))
    y = columns @ np.arange(6) + random.normal(size=300) * 5
    other = columns.copy()
    other[:, :2] = columns[:, :2] @ np.array([[3.0, 1.0], [0.5, -2.0]])
    groups = [0, 0, 1, 1, 2, 3]

    for divide in (lmg, relative_weights):
        assert divide(gram_of(other, y), groups) == pytest.approx(
            divide(gram_of(columns, y), groups), abs=1e-9
        )


@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(1, 3))
def test_shares_are_never_negative_and_together_r_squared(seed, n_groups, n_each):
    random = np.random.default_rng(seed)
    columns = random.integers(0, 3, size=(40, n_groups * n_each)).astype(float)
    y = random.normal(size=40) + columns[:, 0]
    groups = np.tile(np.arange(n_groups), n_each)
    whole = r_squared(columns, y)

    for divide in (lmg, relative_weights):
        shares = divide(gram_of(columns, y), groups)
        assert shares.min() >= -1e-9
        assert shares.sum() == pytest.approx(whole, abs=1e-8)


def test_twelve_groups_of_three_columns_take_less_than_half_a_second():
    random = np.random.default_rng(7)
    columns = random.normal(size=(500, 36))
    gram, groups = gram_of(columns, columns.sum(axis=1)), np.tile(np.arange(12), 3)
    start = process_time()
    lmg(gram, groups)

    assert process_time() - start < 0.5
