"""`flask compare show` says how two groups differ, as a table and as JSON."""

import json

import pytest

from tests.story import answer_next_month, tell


def show(runner, *args):
    return runner.invoke(args=["compare", "show", "household", *args])


CHANNELS = ("--by", "channel", "--a", "offline", "--b", "online")


def test_it_prints_the_sentence_and_every_difference(app, runner):
    tell(app)

    lines = show(runner, *CHANNELS).output.splitlines()

    assert lines[0].startswith("Bill scores 50.0 points lower for online answers than for offline")
    assert lines[1] == "2 of 3 differences that could be tested are proven."
    assert "Retention [retention]" in lines
    bill = next(line for line in lines if line.startswith("  Bill"))
    assert bill.split()[1] == "−50.0"
    assert bill.endswith("proven lower   n = 20 and 60")


def test_the_json_has_every_figure_in_the_language_asked_for(app, runner, tmp_path):
    tell(app)
    file = tmp_path / "compared.json"

    show(runner, *CHANNELS, "--json", str(file), "--language", "nl")

    content = json.loads(file.read_text())
    assert (content["journey"], content["by"]) == ("household", "channel")
    assert (content["a"], content["b"]) == ("offline", "online")
    assert (content["from"], content["to"]) == ("2025-12", "2026-11")
    row = next(one for one in content["differences"] if one["touchpoint"] == "invoice")
    assert (row["name"], row["n_a"], row["n_b"]) == ("Rekening", 20, 60)
    assert (row["score_a"], row["score_b"], row["difference"]) == (75.0, 25.0, -50.0)
    assert row["low"] < -50 < row["high"] < 0
    assert row["is_proven"]
    assert row["p"] <= row["p_adjusted"] < 0.001
    assert row["reason"] is None


def test_periods_are_given_as_ranges_of_months(app, runner):
    tell(app)
    answer_next_month(app)

    told = show(runner, "--by", "period", "--a", "2026-11", "--b", "2026-12..2026-12").output

    assert told.startswith("Too few answers to compare November 2026 and December 2026 anywhere.")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--by", "moon", "--a", "x", "--b", "y"), "cannot compare by “moon”, but by: channel"),
        (("--by", "channel", "--a", "moon", "--b", "online"), "but: offline, online"),
        (("--by", "channel", "--a", "online", "--b", "online"), "--a and --b must differ"),
        ((*CHANNELS, "--from", "May"), "a month looks like 2026-10"),
        ((*CHANNELS, "--from", "2026-05", "--to", "2026-04"), "lies before --from"),
    ],
)
def test_what_cannot_be_compared_is_said_with_what_can(app, runner, args, told):
    tell(app)

    found = show(runner, *args)

    assert found.exit_code == 2
    assert told in found.output


def test_periods_must_be_periods_that_do_not_overlap(app, runner):
    tell(app)
    answer_next_month(app)

    def error(a, b):
        return show(runner, "--by", "period", "--a", a, "--b", b).output

    assert "a period looks like 2026-01..2026-03" in error("spring", "2026-12")
    assert "a period looks like" in error("2026-12..2026-11", "2026-10")
    assert "periods may not overlap" in error("2026-10..2026-11", "2026-11..2026-12")


def test_an_unknown_journey_is_named(app, runner):
    found = runner.invoke(args=["compare", "show", "moon", *CHANNELS])

    assert found.exit_code == 1
    assert "flask journey list" in found.output
