"""From facts to plain values: what pages show, and JSON holds."""

import json

import numpy as np
import pytest

import insights.pain.rows
from insights.pain.content import stage_pain
from insights.pain.rows import pain_rows
from insights.weighting.groups import OTHERS, group_name
from insights.weighting.mix import Margin
from tests.insights.facts_factory import make_facts, make_response
from tests.insights.reference import TOUCHPOINTS, toy_answers

NAMES = {
    *("touchpoint", "persons", "n", "met", "reach", "score", "low", "high", "shortfall", "gap"),
    *("impact", "pain", "pain_low", "pain_high", "p_worst", "reward", "kind", "shrunk", "order"),
    *("rank", "rank_low", "rank_high", "tie", "is_tied"),
    *("reason", "needed", "have", "missing", "expected_month"),
}
AUDIENCE = Margin("audience", (("customer", 0.5), ("ex_customer", 0.2), ("prospect", 0.3)))


def make_toy(n=420, audiences=("customer", "prospect", "customer"), **given):
    """The toy survey as facts, over three months."""
    facts = []
    for number, row in toy_answers().iloc[:n].iterrows():
        met = {name: 1 + row[name] / 25 for name in TOUCHPOINTS if row[name] == row[name]}
        audience = audiences[number % len(audiences)]
        own = {"account": row["cluster"], "month": f"2026-{8 + number % 3:02d}"} | given
        facts += [
            fact | {"audience": audience}
            for fact in make_response(number, 1 + row["y"] / 25, met, **own)
        ]
    return facts


@pytest.fixture(scope="module")
def toy():
    return make_facts(make_toy())


def test_every_touchpoint_has_every_name_and_json_holds_it(toy):
    content = stage_pain(toy, "order")

    json.dumps(content, allow_nan=False)
    assert content["method"] == "2"
    assert [row["touchpoint"] for row in content["touchpoints"]] == [
        "tp2",
        "tp1",
        "tp3",
        "tp4",
        "tp5",
    ]
    for row in content["touchpoints"]:
        assert set(row) >= NAMES
    whole = content["whole"]
    assert (whole["n"], whole["accounts"], whole["n_eff"], whole["is_capped"]) == (
        420,
        89,
        None,
        False,
    )
    assert content["weighting"] == {"reason": "no_mix", "absent": [], "is_weighted": False}


def test_answers_are_weighted_to_a_known_mix_and_whom_it_lacks_is_named(toy):
    content = stage_pain(toy, "order", (AUDIENCE,))
    rows = pain_rows(toy, "order", (AUDIENCE,))
    whole = content["whole"]

    # Of three answers two are of customers; without ex-customers the mix is 5/8 and 3/8.
    share = np.array([5 / 8 / (280 / 420), 3 / 8 / (140 / 420)])
    weight = np.where(rows.frame[group_name(0)] == "customer", *share)
    assert whole["mean"] == pytest.approx(np.average(rows.frame["y"], weights=weight))
    assert whole["unweighted"] == pytest.approx(rows.frame["y"].mean())
    assert whole["n_eff"] == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
    assert whole["deff"] > 1
    assert content["weighting"]["is_weighted"]
    assert content["weighting"]["absent"] == [["audience", "ex_customer"]]


def test_answers_of_people_the_mix_does_not_know_keep_their_share():
    facts = make_facts(make_toy(audiences=("customer", "prospect", "stranger")))
    rows = pain_rows(facts, "order", (AUDIENCE,))

    shares = dict(rows.fitted.mix[0].shares)
    assert shares[OTHERS] == pytest.approx(1 / 3)
    assert sum(shares.values()) == pytest.approx(1)
    assert stage_pain(facts, "order", (AUDIENCE,))["whole"]["reason"] is None


def test_a_group_of_four_persons_is_too_few_to_carry_a_share():
    facts = make_facts(make_toy(audiences=("prospect", *["customer"] * 119)))
    content = stage_pain(facts, "order", (AUDIENCE,))

    assert content["weighting"]["reason"] == "too_few_of_a_group"
    assert content["whole"]["n_eff"] is None
    assert content["whole"]["mean"] == stage_pain(facts, "order")["whole"]["mean"]


def test_many_answers_brought_month_by_month_are_the_same_answers(toy, monkeypatch):
    once = stage_pain(toy, "order", (AUDIENCE,))
    monkeypatch.setattr(insights.pain.rows, "MANY", 10)
    by_month = stage_pain(toy, "order", (AUDIENCE,))

    for name in ("n", "mean", "total", "low", "high", "r2", "n_eff", "deff"):
        assert by_month["whole"][name] == pytest.approx(once["whole"][name], rel=1e-6)
    assert by_month["touchpoints"][0]["pain"] == pytest.approx(once["touchpoints"][0]["pain"])


def test_months_without_answers_of_the_stage_count_when_answers_are_expected():
    facts = make_toy(n=30) + make_response(9000, 4, {}, stage="use", month="2026-12")
    whole = stage_pain(make_facts(facts), "order")["whole"]

    # 30 in August to December are 6 a month, so 30 more take five months.
    assert (whole["missing"], whole["expected_month"]) == (30, "2027-05")
