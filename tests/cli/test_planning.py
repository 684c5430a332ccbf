"""`flask planning show` says what it takes and who did not answer."""

import json

import pytest

from actions.outreach import Counts, set_outreach
from extensions import db
from models import Survey
from tests.factories import NOON
from tests.story import tell


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """The month of the story is over."""
    monkeypatch.setattr("cli.planning.last_closed", lambda _now, _zone: "2026-11")


def test_it_prints_stages_and_touchpoints_with_what_they_need(app, runner):
    tell(app)
    told = runner.invoke(args=["planning", "show", "household", "--points", "20"]).output

    lines = told.splitlines()
    assert lines[0].startswith("In every stage the answers of the last year are enough to tell a")
    stage = next(line for line in lines if line.startswith("Retention"))
    assert stage.split()[1] == "80"
    assert stage.endswith("there now")
    assert any(line.startswith("  Bill") for line in lines)
    assert "Nobody has said how many people were asked, so there is no response rate." in told
    assert "flask outreach set --help" in told


def test_the_json_holds_every_number(app, runner, tmp_path):
    tell(app)
    set_outreach(db.session.query(Survey).one(), "2026-11", Counts(400), NOON)
    file = tmp_path / "planning.json"
    arguments = ["planning", "show", "household", "--json", str(file), "--language", "nl"]
    told = runner.invoke(args=arguments).output

    content = json.loads(file.read_text())
    assert "RR1 20% (tussen 16% en 24%)" in told
    assert "Van de 400 mensen die zijn gevraagd, rondde 20% af (tussen 16% en 24%)." in told
    assert "Wat de zwijgers ervan kunnen maken" in told
    assert "Behoud" in told
    assert (content["points"], content["last"]) == (5, "2026-11")
    assert content["whole"]["rr1"] == 0.2
    assert content["cells"][0]["stage"] == "retention"
    assert content["silent"][0]["silent"] == 320


def test_an_unknown_journey_and_an_odd_difference_are_refused(app, runner):
    assert "There is no journey" in runner.invoke(args=["planning", "show", "nowhere"]).output
    odd = runner.invoke(args=["planning", "show", "nowhere", "--points", "1"])
    assert odd.exit_code == 2
