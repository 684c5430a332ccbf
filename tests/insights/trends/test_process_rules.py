"""The four rules, one by one."""

import numpy as np
import pytest

from insights.months import months_from
from insights.trends.process_rules import Course, Rule, Signal, signal_months, signals_of

MONTHS = months_from("2024-01", "2027-12")


def signals(scores, *, half=0.1, months=None, deviation=1.0):
    """The signals of a series around nought with limits at 3, whose baseline came before it."""
    scores = np.array(scores, dtype=float)
    months = list(months or MONTHS[: len(scores)])
    widths = np.full(len(scores), 3.0)
    found = signals_of(
        Course(months, scores, scores - half, scores + half, widths, deviation, 1_000)
    )
    return [(s.rule.value, s.first[2:], s.last[2:], s.n, s.is_up) for s in found]


def test_a_month_beyond_a_limit():
    assert signals([0, 0, -3.1, 0]) == [("outside", "24-03", "24-03", 1, False)]
    assert signals([0, 0, 3.1, 0]) == [("outside", "24-03", "24-03", 1, True)]
    assert signals([0, 0, 3.0, -3.0]) == []


def test_months_beyond_a_limit_one_after_the_other_are_one_signal():
    assert signals([0, -4, -5, -4, 0]) == [("outside", "24-02", "24-04", 3, False)]


@pytest.mark.parametrize("scores", [[0, 2.1, 2.1, 0], [0, 2.1, 0, 2.1]])
def test_two_of_three_months_in_the_outer_third(scores):
    ((rule, _first, last, n, is_up),) = signals(scores)

    assert (rule, n, is_up) == ("near", 2, True)
    assert last == ("24-03" if scores[2] else "24-04")


def test_two_of_four_months_or_on_two_sides_are_none():
    assert signals([0, 2.1, 0, 0, 2.1]) == []
    assert signals([0, 2.1, -2.1, 0]) == []


def test_what_is_outside_is_not_told_again_as_near():
    assert [rule for rule, *_ in signals([0, 3.5, 0, 3.5])] == ["outside", "outside"]
    assert {rule for rule, *_ in signals([0, 3.5, 2.5])} == {"outside", "near"}


def test_a_month_near_a_limit_whose_interval_holds_the_middle_does_not_count():
    assert signals([0, 2.5, 2.5, 3.5], half=4) == []


@pytest.mark.parametrize(("n", "is_told"), [(6, False), (7, True), (9, True)])
def test_seven_months_in_a_row_on_one_side(n, is_told):
    found = signals([1, *[-1.5, -1.2] * 5][: n + 1])

    assert found == ([("run", "24-02", f"24-{n + 1:02}", n, False)] if is_told else [])


def test_seven_months_that_hardly_leave_the_middle_are_no_run():
    """Their mean lies 0.5 away, and three standard errors of seven months are 1.13."""
    assert signals([0.5, 0.4, 0.6] * 3) == []


@pytest.mark.parametrize("step", [0.1, -0.1])
def test_seven_months_each_higher_or_lower_than_the_last(step):
    scores = [step * n for n in range(-3, 4)]

    assert signals(scores) == [("drift", "24-01", "24-07", 7, step > 0)]
    assert signals(scores[:6]) == []
    assert signals([*scores[:4], scores[3], *scores[4:]]) == []


def test_no_rule_reaches_over_a_missing_month():
    months = [*MONTHS[:4], *MONTHS[5:9]]

    assert signals([-1.5, -1.2] * 4, months=months) == []
    assert signals([2.1, 0, 0, 2.1], months=["2024-01", "2024-03", "2024-04", "2024-06"]) == []


def test_signals_come_newest_first_and_by_month():
    found = signals([0, -4, 0, 0, 4])

    assert [last for _, _, last, *_ in found] == ["24-05", "24-02"]
    run = Signal(Rule.RUN, "2024-11", "2025-02", 4, True)
    alone = Signal(Rule.OUTSIDE, "2025-01", "2025-01", 1, True)
    by_month = signal_months([run, alone])
    assert list(by_month) == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert by_month["2025-01"] == [run, alone]
