"""`flask pain parts`: groups of people and stages add up to what is lost."""

import json

import pytest

from tests.story import answer_as, tell
from vocabulary import Audience


def test_the_parts_add_up_to_what_each_stage_and_the_journey_lose(app, runner, tmp_path):
    tell(app)
    answer_as(Audience.EX_CUSTOMER, 12, 3)
    file = tmp_path / "parts.json"

    told = runner.invoke(args=["pain", "parts", "household", "--json", str(file)]).output
    content = json.loads(file.read_text())

    bill = next(row for row in content["journey"] if row["touchpoint"] == "invoice")
    groups = [row for row in content["parts"] if row["touchpoint"] == "invoice"]
    assert {row["part"] for row in groups} == {"customer", "ex_customer"}
    assert sum(row["lost"] for row in groups) == pytest.approx(bill["pain"])
    assert bill["lost"] == pytest.approx(bill["share"] * bill["pain"])
    assert "Bill (Retention): " in told
    assert "  Customers: " in told


def test_a_group_of_few_people_is_not_told(app, runner):
    tell(app)
    answer_as(Audience.EX_CUSTOMER, 3, 3)

    told = runner.invoke(args=["pain", "parts", "household", "--language", "nl"]).output

    assert "Oud-klanten: te weinig antwoorden om te tonen" in told


def test_a_journey_that_is_not_there_is_said(app, runner):
    result = runner.invoke(args=["pain", "parts", "moon"])

    assert result.exit_code == 1
    assert "There is no journey “moon”" in result.output
