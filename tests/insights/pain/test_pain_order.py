"""Few answers: touchpoints are ordered by slopes drawn together, and shown as they are."""

import numpy as np
import pandas as pd
import pytest

from insights.pain.model import shrunk_slopes
from insights.pain.pain import FEW, pain
from tests.insights.reference import TOUCHPOINTS, toy_answers


def make_answers(n, impacts, seed, noise=25.0):
    random = np.random.default_rng(seed)
    ratings = random.choice([0.0, 25.0, 50.0, 75.0, 100.0], (n, len(impacts)))
    y = 90 - np.maximum(75 - ratings, 0) @ impacts + random.normal(0, noise, n)
    names = [f"t{place}" for place in range(len(impacts))]
    return pd.DataFrame(ratings, columns=names).assign(y=y, cluster=range(n)), names


def test_below_300_answers_the_shrunk_pain_orders_and_from_there_on_the_pain():
    for n, by in ((FEW - 1, "shrunk"), (FEW, "pain")):
        answers, names = make_answers(n, [0.2, 0.15, 0.1, 0.05, 0.0], seed=5)
        table = pain(answers, names, bootstrap=20).touchpoints

        assert table[by].is_monotonic_decreasing
        assert table["order"].tolist() == [1, 2, 3, 4, 5]


def test_both_orders_differ_where_few_rated_what_seems_to_hurt_most():
    answers, names = make_answers(120, [0.2, 0.2, 0.2, 0.2], seed=2, noise=30.0)
    answers.loc[30:, "t0"] = np.nan
    table = pain(answers, names, bootstrap=20).touchpoints

    assert table["shrunk"].is_monotonic_decreasing
    assert table["order"].tolist() == [1, 2, 3, 4]
    assert table["pain"].idxmax() != 0
    assert table["rank"].tolist() != table["order"].tolist()


def test_with_very_many_answers_nothing_is_left_to_shrink():
    answers, names = make_answers(50_000, [0.3, 0.2, 0.1, 0.05], seed=2)
    table = pain(answers, names, bootstrap=20).touchpoints

    assert table["shrunk"].tolist() == pytest.approx(table["pain"].tolist(), abs=0.02)


def test_slopes_that_chance_alone_may_have_parted_are_all_one():
    gram = np.diag([100.0, 100.0, 100.0])
    target = gram @ [0.3, 0.4, 0.5]
    # A residual variance of 1 makes each slope uncertain by 0.1: no spread beyond chance.
    square = float(target @ [0.3, 0.4, 0.5]) + 97.0

    assert shrunk_slopes(gram, target, square, 97) == pytest.approx([0.4] * 3)


def test_a_slope_is_drawn_to_the_common_one_by_its_share_of_chance():
    gram = np.diag([100.0, 100.0])
    target = gram @ [0.2, 0.8]
    square = float(target @ [0.2, 0.8]) + 98.0

    # The common slope is 0.5; they scatter by 0.3^2, of which 0.1^2 is chance: 8/9 of it is left.
    assert shrunk_slopes(gram, target, square, 98) == pytest.approx(
        [0.5 - 0.3 * 8 / 9, 0.5 + 0.3 * 8 / 9]
    )


def test_no_shrunk_slope_is_negative():
    gram = np.diag([100.0, 100.0, 100.0])
    target = gram @ [-1.0, 0.1, 2.0]

    assert (shrunk_slopes(gram, target, float(target @ [-1.0, 0.1, 2.0]) + 97, 97) >= 0).all()


def test_shrunk_pains_come_nearer_to_the_truth_when_slopes_are_much_alike():
    impacts = np.array([0.25, 0.2, 0.15, 0.1])
    squares = {"pain": 0.0, "shrunk": 0.0}
    for seed in range(30):
        answers, names = make_answers(90, impacts, seed)
        table = pain(answers, names, bootstrap=2).touchpoints.set_index("touchpoint").loc[names]
        truth = impacts * table["shortfall"] * table["reach"]
        for name in squares:
            squares[name] += float(((table[name] - truth) ** 2).sum())

    assert squares["shrunk"] < 0.8 * squares["pain"]


def test_the_toy_survey_is_ordered_by_its_pain():
    table = pain(toy_answers(), TOUCHPOINTS, bootstrap=20).touchpoints

    assert table["order"].tolist() == table["rank"].tolist() == [1, 2, 3, 4, 5]
