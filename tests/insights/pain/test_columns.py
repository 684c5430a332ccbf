import numpy as np
import pytest

import insights.pain.columns
from insights.pain.design import Extra, make_design


def make(n, seed=1):
    random = np.random.default_rng(seed)
    ratings = random.choice([np.nan, 0.0, 25.0, 50.0, 75.0, 100.0], (n, 4))
    return random.normal(60, 20, n), ratings, Extra(random.uniform(0.1, 3, n))


@pytest.mark.parametrize("n", [3, 8, 9, 35, 36, 37, 1000, 25_001])
def test_a_triangle_has_the_lengths_and_angles_of_the_columns(n):
    y, ratings, extra = make(n)
    design = make_design(y, ratings, 75.0, extra)
    columns = np.column_stack([design.held, design.shortfalls, y])
    products = columns.T @ (columns * design.weight[:, None])

    assert design.triangle.T @ design.triangle == pytest.approx(products, rel=1e-9, abs=1e-6)
    assert (np.tril(design.triangle, -1) == 0).all()
    assert len(design.triangle) == min(n, columns.shape[1])


def test_how_many_rows_are_in_memory_at_a_time_makes_no_difference(monkeypatch):
    y, ratings, extra = make(2000)
    once = make_design(y, ratings, 75.0, extra)
    monkeypatch.setattr(insights.pain.columns, "AT_ONCE", 77)
    often = make_design(y, ratings, 75.0, extra)

    assert np.abs(often.triangle) == pytest.approx(np.abs(once.triangle), abs=1e-8)


def test_a_block_is_some_rows_of_all_columns():
    y, ratings, extra = make(5)
    columns = make_design(
        np.resize(y, 500), np.resize(ratings, (500, 4)), 75.0, extra._replace(weight=None)
    ).columns

    assert columns.block(slice(10, 13)).shape == (3, columns.n_held + columns.priced.size + 1)
    assert (columns.block(np.array([4, 2])) == columns.block(slice(None))[[4, 2]]).all()
