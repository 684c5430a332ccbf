"""The invented comparisons are what they say: the same again by the same seed, and honest."""

import numpy as np

from evidence import false_discoveries
from evidence.false_discoveries import CELLS, Found, look


def test_the_same_run_gives_the_same_numbers_and_another_run_others():
    sides = [
        false_discoveries._answers(20, 0, np.random.default_rng([1, run])) for run in (1, 1, 2)
    ]

    assert (sides[0][0][1] == sides[1][0][1]).all()
    assert sides[0][0][1].sum() != sides[2][0][1].sum()
    assert look(20_000, 3) == look(20_000, 3)


def test_differences_that_are_large_are_all_found_and_none_is_false(monkeypatch):
    monkeypatch.setattr(false_discoveries, "TRUE", 60.0)

    assert look(60_000 + CELLS, 1) == Found(false=0.0, found=CELLS)


def test_a_third_of_the_accounts_answers_on_both_sides():
    (a, _), (b, scores) = false_discoveries._answers(60, 10, np.random.default_rng([5]))

    assert len(set(a) & set(b)) == 20
    assert len(set(a) | set(b)) == 60
    assert set(np.unique(scores)) <= {0, 25, 50, 75, 100}
    assert scores[:, :10].mean() > scores[:, 10:].mean() + 6
