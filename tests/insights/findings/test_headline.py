import pandas as pd
import pytest

from insights.findings.headline import Hurt, headline


def stages(**scores):
    rows = [
        {"stage": stage, "n": 40, "score": score, "low": score - 2, "high": score + 2}
        for stage, score in scores.items()
    ]
    return pd.DataFrame(rows).assign(shown=True, few=False)


def row(touchpoint, pain, low=None, tie=1):
    low = pain / 2 if low is None else low
    return {"touchpoint": touchpoint, "pain": pain, "pain_low": low, "pain_high": 9.0, "tie": tie}


def test_the_weakest_stage_and_its_tied_touchpoints_are_named():
    pains = [row("invoice", 3.0), row("call", 2.0), row("web", 1.0, tie=2)]
    found = headline(stages(buy=72.0, use=61.0), {"use": pains, "buy": [row("shop", 9.0)]})

    assert (found.stage, found.score, found.n, found.is_clear) == ("use", 61.0, 40, True)
    assert found.hurts[0] == Hurt("invoice", 3.0, 1.5, 9.0)
    assert [hurt.touchpoint for hurt in found.hurts] == ["invoice", "call", "web"]
    assert found.are_tied
    assert found.share == pytest.approx(1)


def test_what_may_cost_nothing_is_not_named():
    unpriced = dict.fromkeys(["pain", "pain_low", "pain_high", "tie"])
    rows = [row("invoice", 3.0), row("call", 1.0, low=0.0, tie=2), {"touchpoint": "web"} | unpriced]
    found = headline(stages(use=61.0), {"use": rows})

    assert [hurt.touchpoint for hurt in found.hurts] == ["invoice"]
    assert not found.are_tied
    assert found.share == pytest.approx(0.75)


@pytest.mark.parametrize(("unsure", "are_largest"), [(1.0, True), (3.5, False)])
def test_most_is_lost_only_where_nothing_else_may_cost_more(unsure, are_largest):
    rows = [row("invoice", 3.0), row("call", unsure, low=0.0, tie=2)]
    found = headline(stages(use=61.0), {"use": rows})

    assert [hurt.touchpoint for hurt in found.hurts] == ["invoice"]
    assert found.are_largest is are_largest


def test_stages_whose_intervals_overlap_are_not_clearly_apart():
    assert not headline(stages(buy=63.0, use=61.0), {}).is_clear
    assert headline(stages(buy=66.0, use=61.0), {}).is_clear


def test_a_stage_without_an_interval_is_not_clearly_the_weakest():
    frame = stages(buy=90.0, use=10.0).assign(low=float("nan"), high=float("nan"))
    found = headline(frame, {})

    assert (found.stage, found.low, found.is_clear) == ("use", None, False)
    assert found.hurts == ()
    assert found.share is None


def test_hidden_stages_are_not_named_and_nothing_shown_is_no_headline():
    frame = stages(buy=72.0, use=10.0).assign(shown=[True, False])

    assert headline(frame, {}).stage == "buy"
    assert headline(frame.assign(shown=False), {}) is None
    assert headline(frame.iloc[:0], {}) is None


def test_what_costs_less_than_shows_is_not_named():
    found = headline(stages(use=61.0), {"use": [row("invoice", 0.02, low=0.01)]})

    assert found.hurts == ()
    assert found.share is None


def test_a_stage_alone_is_not_called_the_weakest():
    found = headline(stages(use=61.0), {})

    assert (found.is_alone, found.is_clear) == (True, False)
    assert not headline(stages(buy=66.0, use=61.0), {}).is_alone
