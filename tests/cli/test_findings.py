"""`flask findings show`: the sentences of the findings page, typed."""

import json
from datetime import UTC, datetime

import pytest

from actions.finding import keep_findings
from tests.story import tell

DECEMBER = datetime(2026, 12, 3, 9, tzinfo=UTC)


@pytest.fixture
def journey(app):
    found = tell(app)
    keep_findings(found.key, app.config["HOME"], DECEMBER, app.config["TIME_ZONE"])
    return found


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("nl", " scoort het laagst: ", "Antwoorden tot "),
        ("en", " scores lowest: ", "Answers up to "),
    ],
)
def test_all_is_said_in_the_language_that_is_asked_for(runner, journey, language, first, last):
    result = runner.invoke(args=["findings", "show", journey.key, "--language", language])

    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("1. ")
    assert first in lines[0]
    assert lines[-1].startswith(last)


def test_the_file_holds_each_finding_with_its_sentence(runner, journey, tmp_path):
    file = tmp_path / "found.json"

    result = runner.invoke(args=["findings", "show", journey.key, "--json", str(file)])

    rows = json.loads(file.read_text())["findings"]
    assert rows[0]["subject"] == "weakest_stage"
    assert [f"{at}. {row['sentence']}" for at, row in enumerate(rows, 1)] == (
        result.output.splitlines()[: len(rows)]
    )


def test_what_is_not_there_is_told_with_what_to_do(app, runner):
    unknown = runner.invoke(args=["findings", "show", "nowhere"])
    tell(app)
    unmade = runner.invoke(args=["findings", "show", "household"])

    assert (unknown.exit_code, unmade.exit_code) == (1, 1)
    assert "see `flask journey list`" in unknown.stderr
    assert "Nothing was found yet" in unmade.stderr
