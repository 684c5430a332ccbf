"""`flask mix` sets, lists, takes back and shows."""

import json

import pytest
import time_machine

from extensions import db
from models import Mix
from tests.story import tell


@pytest.fixture
def mix(app, runner):
    tell(app)

    def run(*arguments):
        db.session.commit()
        return runner.invoke(args=["mix", *arguments])

    return run


def test_a_mix_is_set_listed_and_taken_back(mix):
    told = mix("set", "household", "audience", "customer=80", "prospect=20", "--from", "2026-01")

    assert told.exit_code == 0
    assert "household, audience, from 2026-01: customer 80%, prospect 20%." in told.output
    assert "No answers, or too few, have audience “prospect” yet." in told.output
    listed = mix("list").output
    assert listed == "household, audience, from 2026-01: customer 80%, prospect 20%\n"
    assert "taken back" in mix("remove", "household", "audience", "--from", "2026-01").output
    assert "No mix is known yet" in mix("list").output


def test_parts_of_one_are_shares_too(mix):
    mix("set", "household", "market", "b2b=0.25", "b2c=0.75", "--from", "2026-01")

    assert db.session.query(Mix).one().shares == {"b2b": 0.25, "b2c": 0.75}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("household", "audience", "customer=60", "prospect=30"), "these are 90.0"),
        (("household", "audience", "customer=100"), "two groups or more"),
        (("household", "audience", "customer"), "is not VALUE=SHARE"),
        (("household", "audience", "customer=60", "customer=40"), "is given twice"),
        (("nowhere", "audience", "customer=60", "prospect=40"), "There is no journey “nowhere”"),
    ],
)
def test_errors_say_what_to_do(mix, arguments, error):
    told = mix("set", *arguments, "--from", "2026-01")

    assert told.exit_code == 1
    assert error in told.output
    assert db.session.query(Mix).count() == 0


def test_a_month_that_is_none_is_refused(mix):
    told = mix("set", "household", "audience", "a=50", "b=50", "--from", "January")

    assert "A month looks like 2026-10" in told.output


@pytest.mark.parametrize(
    ("month", "is_refused"),
    [
        ("1000-01", True),
        ("1999-12", True),
        ("2000-01", False),
        ("2027-11", False),
        ("2027-12", True),
        ("2999-12", True),
    ],
)
def test_a_month_that_is_far_off_is_refused(mix, month, is_refused):
    with time_machine.travel("2026-11-25", tick=False):
        told = mix("set", "household", "market", "b2b=50", "b2c=50", "--from", month)

    said = f"{month} is far off: give a month from 2000-01 to 2027-11."
    assert (said in told.output) == is_refused
    assert db.session.query(Mix).count() == (not is_refused)
    assert "has no mix" in mix("remove", "household", "audience", "--from", "2026-01").output


def test_scores_are_shown_both_ways_and_written_as_json(mix, tmp_path):
    file = tmp_path / "mix.json"
    before = mix("show", "household").output
    mix("set", "household", "audience", "customer=80", "prospect=20", "--from", "2026-01")
    told = mix("show", "household", "--json", str(file)).output
    dutch = mix("show", "household", "--language", "nl").output

    assert "No mix is known. flask mix set --help" in before
    assert "Audience since January 2026: Customers 80%, Prospects 20%" in told
    assert "All answers are of one group: there is nothing to weight." in told
    assert "Without answers: Prospects (20% of all people)" in told
    assert "Doelgroep sinds januari 2026: Klanten 80%, Mogelijke klanten 20%" in dutch
    assert "Alle antwoorden zijn van één groep: er is niets te wegen." in dutch
    content = json.loads(file.read_text())
    (stage,) = content["stages"]
    assert content["mix"] == {"audience": {"customer": 0.8, "prospect": 0.2}}
    assert (stage["stage"], stage["n"], stage["score"]) == ("retention", 80, None)
    assert stage["unweighted"] == pytest.approx(54.375)
    assert stage["reason"] == "one_group"
    assert stage["absent"] == [["audience", "prospect"]]
