"""The board's cards: numbers become lengths."""

import pandas as pd

from charts.board import Named, Pain, columns, spark

STAGES = (Named("use", "Use", touchpoints=(Named("invoice", "Invoice"),)),)
EMPTY = pd.DataFrame(columns=["stage"])
NUMBERS = dict.fromkeys(("stages", "touchpoints", "trends", "sentiment", "figures"), EMPTY)


def card(**pain):
    row = {"touchpoint": "invoice", "reason": None, "needed": None} | pain
    (column,) = columns(STAGES, NUMBERS, {"use": [row]})
    return column.touchpoints[0].pain


def test_a_touchpoint_that_costs_nothing_was_computed_all_the_same():
    assert card(pain=0.0, pain_low=0.0, pain_high=0.0) == Pain(0.0, 0.0, 0.0)


def test_the_longest_bar_reaches_the_upper_end_of_its_interval():
    assert card(pain=2.0, pain_low=1.0, pain_high=4.0) == Pain(2.0, 1.0, 4.0, 50.0, (25.0, 100.0))


def test_a_touchpoint_without_a_price_keeps_its_reason():
    found = card(pain=None, pain_low=None, pain_high=None, reason="collinear")

    assert (found.lost, found.unpriced["reason"]) == (None, "collinear")


def spark_of(*months):
    trend = pd.DataFrame(
        [
            {"stage": "use", "month": month, "score": 50.0, "is_break": False, "changed": ""}
            for month in months
        ]
    )
    (column,) = columns(STAGES, NUMBERS | {"trends": trend}, {})
    return column.spark


def test_a_small_line_stops_at_a_month_without_answers():
    path = spark_of("2026-01", "2026-02", "2026-04")

    assert path == "M0.0 16.0L40.0 16.0M120.0 16.0h0"


def test_yearly_waves_are_one_small_line():
    assert spark_of("2024-06", "2025-06", "2026-06") == "M0.0 16.0L60.0 16.0L120.0 16.0"


def test_a_score_alone_between_two_gaps_is_a_dot():
    assert spark([0.0, None, 50.0, None, 100.0]) == "M0.0 30.0h0M60.0 16.0h0M120.0 2.0h0"
