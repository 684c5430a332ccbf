"""A part of the evidence, measured again; `make evidence` measures the whole."""

import pytest

from evidence import pain_accuracy, pain_changes, pain_intervals
from evidence.__main__ import DOCUMENT, MEASURES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FEW = 0.15
"""The share of the surveys that is measured again."""

WITHIN = 2.5
"""Monte Carlo errors by which so few surveys may miss a bound that all of them keep."""


@pytest.fixture(scope="module")
def intervals():
    return pain_intervals.measure(FEW).figures


@pytest.fixture(scope="module")
def accuracy():
    return pain_accuracy.measure(FEW).figures


def missed(figures):
    """The figures that miss their bound by more than chance explains."""
    return [
        one.what
        for one in figures
        if one.bound is not None
        and (one.bound - one.value if one.is_floor else one.value - one.bound)
        > WITHIN * max(one.error, 0.005)
    ]


def test_intervals_of_pain_hold_the_truth_as_often_as_they_say(intervals):
    assert missed(intervals) == []
    for n, least in pain_intervals.LEAST.items():
        every = [one for one in intervals if f"n = {n}:" in one.what]
        assert sum(one.value * one.n for one in every) / sum(one.n for one in every) >= least


def test_pain_is_as_near_the_truth_as_the_methods_say(accuracy):
    assert missed(accuracy) == []


def test_changes_of_pain_hold_the_truth_and_none_is_proven_that_is_none():
    assert missed(pain_changes.measure(FEW).figures) == []


def test_shrunk_pain_orders_touchpoints_at_least_as_well(accuracy):
    ranks = {one.what: one.value for one in accuracy if one.what.endswith(": rank")}

    for n in ("60", "120", "300"):
        shrunk = ranks[f"n = {n}, shrunk pain, which orders: rank"]
        assert shrunk >= ranks[f"n = {n}, pain as shown: rank"] - 0.02


def test_the_document_holds_every_measure_and_no_bound_that_is_missed():
    text = DOCUMENT.read_text(encoding="utf-8")

    assert text.count("\n## ") == len(MEASURES)
    assert "not kept" not in text
