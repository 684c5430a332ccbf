"""`flask flow show` says how people go through a journey, as tables and as JSON."""

import json

from tests.story import tell
from tests.views.test_flow import leave


def show(runner, *more, exit_code=0):
    result = runner.invoke(args=["flow", "show", "household", *more])
    assert result.exit_code == exit_code, result.output
    return result.output


def test_it_prints_steps_scores_and_what_followed(app, runner):
    tell(app)
    leave()

    lines = [" ".join(line.split()) for line in show(runner).splitlines()]

    bill = next(line for line in lines if line.startswith("Bill left"))
    assert bill.startswith("Bill left 25%, between 14% and 40% (n = 40) / 0%, between 0% and 9%")
    assert bill.endswith(": +25.0, between +11.1 and +40.2 · proven")
    assert any(line.startswith("Retention Customers who left since") for line in lines)


def test_it_says_what_the_page_says_in_the_language_asked_for(app, runner):
    tell(app)
    leave()

    told = show(runner, "--language", "nl")

    assert "Van de klanten bij wie “Rekening” lager dan 75 scoorde, ging 25%" in told
    assert "Oud-klanten en afvallers is niet gevraagd naar Behoud" in told
    assert "Klanten die later weggingen" in told
    assert "aangetoond" in told


def test_the_json_has_every_table_with_names_and_nulls(app, runner, tmp_path):
    tell(app)
    leave()
    file = tmp_path / "flow.json"

    show(runner, "--json", str(file), "--language", "nl")

    content = json.loads(file.read_text(encoding="utf-8"))
    assert content["journey"] == "household"
    assert [row["stage"] for row in content["steps"]][:2] == ["awareness", "consideration"]
    assert content["steps"][0]["reason"] == "too_few_persons"
    assert content["n_walkers"] == 80
    churn = next(row for row in content["outcomes"] if row["touchpoint"] == "invoice")
    assert (churn["outcome"], churn["n_hurt"], churn["is_proven"]) == ("churn", 40, True)
    assert churn["touchpoint_name"] == "Rekening"
    assert content["unknown"] == ["repeat_purchase", "cross_sale", "up_sale", "referral"]


def test_without_events_it_says_where_they_come_from(app, runner):
    tell(app)

    told = show(runner)

    assert "What people did afterwards is not known: no event has been imported yet." in told
    assert "flask events import FILE.csv" in told


def test_a_journey_that_is_not_there_is_said(app, runner):
    result = runner.invoke(args=["flow", "show", "moon"])

    assert result.exit_code == 1
    assert "There is no journey “moon”: see `flask journey list`." in result.output
