"""`flask gap open|close|show`."""

import json

from actions.estimate import Colleague, save_sheet
from tests.factories import NOON
from tests.story import tell
from vocabulary import Team


def told(runner, *args):
    return runner.invoke(args=["gap", *args])


def ask(runner, colleagues):
    token = told(runner, "open", "household").output.strip().rsplit("/", 1)[1]
    for number in range(colleagues):
        points = {"retention/invoice": 5, "retention/delivery": 4}
        save_sheet(token, f"key {number}", Colleague(None, Team.SALES), points, NOON)
    return token


def test_open_prints_the_link_and_close_how_many_took_part(app, runner):
    tell(app, people=8)

    first = told(runner, "open", "household").output

    assert first.startswith("http://127.0.0.1:8000/e/")
    assert told(runner, "open", "household").output == first
    ask(runner, 6)
    assert told(runner, "close", "household").output == "Closed; colleagues who took part: 6.\n"
    again = told(runner, "close", "household")
    assert again.exit_code == 1
    assert "`flask gap open household`" in again.output


def test_show_says_the_sentence_and_the_gaps_in_both_languages(app, runner):
    tell(app)
    ask(runner, 6)
    told(runner, "close", "household")

    lines = told(runner, "show", "household").output.splitlines()
    dutch = told(runner, "show", "household", "--language", "nl").output.splitlines()

    assert lines[0].startswith("Colleagues expect 100 for “Bill”; customers give 38, 62 points ")
    assert lines[1].split()[:4] == ["Bill", "100", "38", "+62"]
    assert lines[1].endswith("proud, while customers hurt")
    assert lines[2].split()[:4] == ["Delivery", "75", "80", "−5"]
    assert dutch[1].split()[:4] == ["Rekening", "100", "38", "+62"]


def test_the_json_has_every_figure(app, runner, tmp_path):
    tell(app)
    ask(runner, 6)
    told(runner, "close", "household")
    file = tmp_path / "gap.json"

    told(runner, "show", "household", "--json", str(file))

    content = json.loads(file.read_text())
    assert (content["journey"], content["colleagues"]) == ("household", 6)
    row = content["touchpoints"][0]
    assert (row["name"], row["inside"], row["outside"], row["gap"]) == ("Bill", 100.0, 37.5, 62.5)
    assert row["low"] < 62.5 < row["high"]
    assert (row["side"], row["is_clear"], row["n"]) == ("proud", True, 80)
    assert row["pain"] > 0
    assert content["teams"][0]["persons"] == 6


def test_four_colleagues_are_not_told_of_in_the_json_either(app, runner, tmp_path):
    tell(app)
    ask(runner, 4)
    told(runner, "close", "household")
    file = tmp_path / "gap.json"

    output = told(runner, "show", "household", "--json", str(file)).output

    assert output.startswith("Fewer than five colleagues took part")
    content = json.loads(file.read_text())
    assert {row["inside"] for row in content["touchpoints"]} == {None}
    assert {row["gap"] for row in content["touchpoints"]} == {None}
    assert content["teams"][0]["gap"] is None


def test_what_is_not_there_is_said_with_what_to_do(app, runner):
    tell(app, people=8)

    journey = told(runner, "show", "moon")
    nothing = told(runner, "show", "household")

    assert "`flask journey list`" in journey.output
    assert nothing.exit_code == 1
    assert "`flask gap close household`" in nothing.output
