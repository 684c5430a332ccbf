"""Cells of somebody's own CSV."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from insights.file.answers import (
    Fault,
    Scale,
    accounts_of,
    number_of,
    scale_of,
    scores_of,
    weights_of,
)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("1-5", (1, 5)),
        ("0-10", (0, 10)),
        ("5-1", (5, 1)),
        ("-2-2", (-2, 2)),
        ("2--2", (2, -2)),
        (" 1 – 7 ", (1, 7)),
        ("1:7", (1, 7)),
        ("0,5-4,5", (0.5, 4.5)),
    ],
)
def test_a_scale_is_read_as_people_write_it(text, scale):
    assert scale_of(text) == Scale(*scale)


@pytest.mark.parametrize("text", ["", "5", "1-1", "one-five", "1-5-9", "1-inf", "١-٥"])
def test_what_is_no_scale_says_what_one_looks_like(text):
    with pytest.raises(ValueError, match="looks like 1-5 or 0-10"):
        scale_of(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("4,5", 4.5), (".5", 0.5), ("1e2", 100), ("4.", 4), ("１", None), ("1_0", None)],
)
def test_only_plain_numbers_are_numbers(text, number):
    assert number_of(text) == number


def test_scores_are_0_to_100_and_a_scale_may_run_backwards():
    assert scores_of(["1", "3", "5"], Scale(1, 5)).numbers.tolist() == [0, 50, 100]
    assert scores_of(["1", "3", "5"], Scale(5, 1)).numbers.tolist() == [100, 50, 0]


def test_not_met_is_recognised_as_number_and_as_word_whatever_the_case():
    found = scores_of(["6", "6.0", " N/A ", "0", "", "  "], Scale(1, 5), ["6", "n/a", "0"])

    assert np.isnan(found.numbers).all()
    assert found.faults == {}


def test_what_is_off_the_scale_or_no_number_is_refused_and_nothing_else():
    found = scores_of(["5", "6", "good", "0.99", "1"], Scale(1, 5))

    assert found.faults == {1: Fault.OFF_SCALE, 2: Fault.NO_NUMBER, 3: Fault.OFF_SCALE}
    assert found.numbers[[0, 4]].tolist() == [100, 0]


def test_weights_keep_their_proportions_and_bad_ones_are_refused():
    found = weights_of(["1e308", "5e307", "0", "-1", "inf", "1e999", "much", ""])

    assert found.numbers[:3].tolist() == [1.0, 0.5, 0.0]
    assert list(found.faults.values()) == [
        Fault.NEGATIVE,
        Fault.INFINITE,
        Fault.INFINITE,
        Fault.NO_NUMBER,
        Fault.NO_WEIGHT,
    ]


def test_who_has_no_account_stands_alone():
    numbers = accounts_of(["a", "", "b", " a", ""])

    assert numbers[0] == numbers[3]
    assert len(set(numbers.tolist())) == 4


@given(st.lists(st.text(max_size=6), max_size=20))
def test_whatever_stands_there_each_cell_is_a_score_or_nothing_or_refused(texts):
    found = scores_of(texts, Scale(1, 5), ["6"])

    assert len(found.numbers) == len(texts)
    for at, score in enumerate(found.numbers):
        assert np.isnan(score) or 0 <= score <= 100
        assert not (at in found.faults and not np.isnan(score))
