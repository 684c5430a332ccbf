"""`flask improvement`: register, list, show and withdraw."""

import json

import pytest
import time_machine

from tests.improvements import ANNOUNCED, NOW, announce, tell_of_invoice

REGISTER = ["improvement", "register", "household", "--stage", "retention"]
REGISTER += ["--touchpoint", "invoice", "--expected", "12.5", "--title", "Shorter", "--starts-on"]


@pytest.fixture
def told(app):
    journey = tell_of_invoice()
    return announce(app, journey)


@time_machine.travel(NOW, tick=False)
def test_the_list_gives_each_with_its_verdict(told, runner):
    output = runner.invoke(args=["improvement", "list", "household"]).output

    assert output.split() == [
        *(str(told.id), "2026-03-01", "Helped", "A", "shorter", "invoice"),
        *("[retention:", "invoice]"),
    ]


@time_machine.travel(NOW, tick=False)
def test_one_is_shown_with_what_it_rests_on(told, runner, tmp_path):
    file = tmp_path / "effect.json"

    output = runner.invoke(
        args=["improvement", "show", "household", str(told.id), "--json", str(file)]
    ).output

    assert "It helped. Set against the untouched touchpoints, Bill changed by +4" in output
    assert "Compared: 120 ratings from March 2025 to February 2026 with 70" in output
    assert output.count("compared with") == 3
    content = json.loads(file.read_text())
    assert content["effect"]["verdict"] == "helped"
    assert content["starts_on"] == "2026-03-01"


@time_machine.travel(ANNOUNCED, tick=False)
def test_what_starts_tomorrow_is_registered_and_what_starts_today_is_not(app, runner):
    tell_of_invoice(persons=1)

    today = runner.invoke(args=[*REGISTER, "2026-02-02"])
    late = runner.invoke(args=[*REGISTER, "2026-02-02", "--late"])
    tomorrow = runner.invoke(args=[*REGISTER, "2026-02-03"])

    assert today.exit_code == 1
    assert "Register before the start, or add --late" in today.output
    assert late.output.startswith("Registered as 1")
    assert tomorrow.output.startswith("Registered as 2")


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("--stage", "moon", "has no stage “moon” in use, but has: awareness, consideration"),
        ("--touchpoint", "moon", "has no touchpoint “moon” in use, but has: delivery"),
        ("--control", "invoice", "Leave at least one touchpoint untouched"),
        ("--expected", "0", "above 0 and at most 100"),
    ],
)
@time_machine.travel(ANNOUNCED, tick=False)
def test_what_is_wrong_is_said_with_what_to_do(app, runner, option, value, expected):
    tell_of_invoice(persons=1)

    result = runner.invoke(args=[*REGISTER, "2026-03-01", option, value])

    assert result.exit_code == 1
    assert expected in result.output


@time_machine.travel(NOW, tick=False)
def test_a_withdrawn_one_stays_in_the_list(told, runner):
    with time_machine.travel(ANNOUNCED):
        runner.invoke(args=["improvement", "withdraw", "household", str(told.id)])

    assert "Withdrawn" in runner.invoke(args=["improvement", "list", "household"]).output
    shown = runner.invoke(args=["improvement", "show", "household", str(told.id)]).output
    assert "Withdrawn" in shown


def test_what_is_judged_is_not_withdrawn(told, runner):
    with time_machine.travel(NOW):
        refused = runner.invoke(args=["improvement", "withdraw", "household", str(told.id)])

    assert refused.exit_code == 1
    assert "There is a verdict already" in refused.output


def test_a_journey_or_number_that_is_not_there_is_said(app, runner):
    tell_of_invoice(persons=1)

    assert "no journey “moon”" in runner.invoke(args=["improvement", "list", "moon"]).output
    assert (
        "no improvement 7" in runner.invoke(args=["improvement", "show", "household", "7"]).output
    )
