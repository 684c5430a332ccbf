"""`flask pain show` says what hurts, `flask pain change` what changed, as a table and as JSON."""

import json

import pytest

from actions.mix import WhoMix, set_mix
from tests.factories import NOON
from tests.story import answer_as, answer_worse, tell
from vocabulary import Audience


def test_it_prints_what_hurts_most_first_with_a_minus(app, runner):
    tell(app)

    told = runner.invoke(args=["pain", "show", "household", "--stage", "retention"]).output

    lines = [line for line in told.splitlines() if line.strip()]
    assert lines[0].startswith("Retention [retention]: score 54, n = 80")
    bill = next(line for line in lines if line.split()[0] == "Bill")
    assert bill.split()[1].startswith("−")
    assert "between −" in bill
    assert lines.index(bill) < next(at for at, line in enumerate(lines) if "Delivery" in line)


def test_the_json_has_every_figure_and_nulls_with_reasons(app, runner, tmp_path):
    tell(app)
    file = tmp_path / "pain.json"

    runner.invoke(args=["pain", "show", "household", "--json", str(file)])

    content = json.loads(file.read_text())
    assert (content["from"], content["to"]) == ("2025-12", "2026-11")
    stages = {stage["stage"]: stage for stage in content["stages"]}
    invoice = stages["retention"]["touchpoints"][0]
    assert (invoice["name"], invoice["n"], invoice["met"], invoice["reach"]) == (
        "Bill",
        80,
        80,
        1.0,
    )
    assert invoice["score"] == 37.5
    assert invoice["pain"] > 0
    assert 0 <= invoice["pain_low"] <= invoice["pain"] <= invoice["pain_high"]
    assert invoice["p_worst"] == 1.0
    delivery = stages["retention"]["touchpoints"][1]
    assert (delivery["name"], delivery["pain"]) == ("Delivery", None)
    assert delivery["reason"] == "too_few_low_ratings"
    assert (delivery["have"], delivery["missing"]) == (0, 5)
    assert invoice["kind"] in {None, "dissatisfier", "delighter"}
    assert 0 < invoice["importance"] <= stages["retention"]["whole"]["r2"] + 1e-9
    assert stages["advocacy"]["whole"]["reason"] == "too_few_answers"


def test_one_month_is_only_that_month(app, runner):
    tell(app)

    before = runner.invoke(args=["pain", "show", "household", "--month", "2026-10"]).output

    assert "score 54" not in before


def test_what_is_not_there_is_said_with_what_is(app, runner):
    tell(app)

    journey = runner.invoke(args=["pain", "show", "moon"])
    stage = runner.invoke(args=["pain", "show", "household", "--stage", "moon"])
    month = runner.invoke(args=["pain", "show", "household", "--month", "October"])

    assert journey.exit_code == 1
    assert "flask journey list" in journey.output
    assert "awareness, consideration, decision, retention, advocacy" in stage.output
    assert "looks like 2026-10" in month.output


def test_a_change_is_split_in_reach_and_shortfall(app, runner, tmp_path):
    tell(app)
    answer_worse(app)
    file = tmp_path / "change.json"
    between = ["--before", "2026-11", "--after", "2026-12"]

    result = runner.invoke(args=["pain", "change", "household", *between, "--json", str(file)])

    assert "Points lost went from −" in result.stdout
    assert "More is lost at Bill: −" in result.stdout
    content = json.loads(file.read_text())
    assert (content["before"], content["after"]) == (["2026-11"] * 2, ["2026-12"] * 2)
    stages = {one["stage"]: one["change"] for one in content["stages"]}
    assert stages["awareness"] is None
    bill = stages["retention"]["touchpoints"][0]
    assert (bill["name"], bill["is_proven"]) == ("Bill", True)
    assert bill["change"] == pytest.approx(bill["reach_part"] + bill["shortfall_part"])
    assert (bill["reach_before"], bill["reach_after"]) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2026-12", "2026-11", "must all come before"),
        ("2026-10:2026-11", "2026-11", "must all come before"),
        ("October", "2026-11", "2026-07:2026-09"),
        ("2026-11:2026-10", "2026-12", "2026-07:2026-09"),
    ],
)
def test_periods_that_cannot_be_compared_are_refused(app, runner, before, after, said):
    tell(app, people=5)

    result = runner.invoke(
        args=["pain", "change", "household", "--before", before, "--after", after]
    )

    assert (result.exit_code, said in result.output) == (2, True)


def test_a_period_without_answers_is_said(app, runner):
    tell(app)
    between = ["--before", "2026-01", "--after", "2026-11", "--stage", "retention"]

    result = runner.invoke(args=["pain", "change", "household", *between])

    assert result.stdout.strip() == "Retention [retention]: No answers before to compare with."


def test_weighted_pain_prints_both_ways(app, runner):
    journey = tell(app)
    answer_as(Audience.EX_CUSTOMER, 20, 1)
    set_mix(journey, WhoMix("audience", "2026-01", {"customer": 50, "ex_customer": 50}), NOON)

    told = runner.invoke(
        args=["pain", "show", "household", "--stage", "retention", "--weighted"]
    ).output

    assert "Weighted: these 100 answers are worth 64" in told
    assert "Every answer once:" in told
    assert told.count("Bill") >= 2


def test_weighting_without_a_mix_says_how_to_set_one(app, runner):
    tell(app)
    result = runner.invoke(args=["pain", "show", "household", "--weighted"])

    assert result.exit_code == 1
    assert "flask mix set --help" in result.output
