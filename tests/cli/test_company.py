"""`flask company show`."""

import json

from tests.story import tell
from tests.views.test_company import import_crm, tell_of_accounts


def test_it_prints_the_sentence_the_ways_and_the_parts(app, runner):
    tell_of_accounts()
    import_crm(*({"account": f"a{n}", "revenue": "100"} for n in range(12)))

    lines = runner.invoke(args=["company", "show", "business"]).output.splitlines()

    assert lines[0].startswith(
        "In 6 of the 12 accounts of which it can be said, no decision maker was heard (50%, "
        "between 25% and 75%); they stand for 50% of the revenue"
    )
    assert [line.split("   ")[0].strip() for line in lines[1:4]] == ["Activate"] * 3
    assert "By revenue" in lines[3]
    assert lines[4].split()[:4] == ["Decision", "maker", "6", "75"]


def test_the_json_has_every_table_with_nulls_and_reasons(app, runner, tmp_path):
    tell_of_accounts()
    file = tmp_path / "company.json"

    runner.invoke(args=["company", "show", "business", "--json", str(file)])

    content = json.loads(file.read_text())
    assert (content["n_accounts"], content["n_persons"], content["n_known"]) == (12, 24, 0)
    ways = {row["way"]: row for row in content["ways"]}
    assert (ways["answers"]["mean"], ways["answers"]["n"]) == (87.5, 24)
    assert (ways["revenue"]["mean"], ways["revenue"]["reason"]) == (None, "no_revenue")
    assert content["agreement"][0]["apart"] == 0.0
    assert {row["part"]: row["persons"] for row in content["parts"]} == {
        "decision_maker": 6,
        "user": 18,
        "influencer": 0,
        "buyer": 0,
        "gatekeeper": 0,
    }
    assert content["contrast"][0]["accounts_with"] == 6


def test_in_dutch_the_names_are_dutch(app, runner):
    tell_of_accounts()

    output = runner.invoke(args=["company", "show", "business", "--language", "nl"]).output

    assert "  Activeren " in output


def test_what_is_not_there_is_said_with_what_to_do(app, runner):
    tell(app, people=8)

    journey = runner.invoke(args=["company", "show", "moon"])
    consumers = runner.invoke(args=["company", "show", "household"])

    assert "`flask journey list`" in journey.output
    assert consumers.exit_code == 1
    assert "`flask accounts import FILE.csv`" in consumers.output
