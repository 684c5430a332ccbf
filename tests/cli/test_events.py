"""`flask events`: what happened, from a CRM's file."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.person_code import person_code
from extensions import db
from models import LifecycleEvent

HEADER = "person,account,kind,time,value,product"
TOMORROW = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


@pytest.fixture
def bring(runner, tmp_path):
    """Imports rows; what was said."""

    def run(*rows, header=HEADER, more=(), exit_code=0, encoding="utf-8"):
        path = tmp_path / "events.csv"
        path.write_bytes("\n".join((header, *rows, "")).encode(encoding))
        result = runner.invoke(args=["events", "import", str(path), *more])
        assert result.exit_code == exit_code, result.output
        return result

    return run


def stored():
    found = db.session.scalars(select(LifecycleEvent).order_by(LifecycleEvent.happened_at))
    return [
        (event.person, event.account, event.kind.value, event.happened_at.isoformat(), event.value)
        for event in found
    ]


def test_events_are_stored_with_a_code_in_place_of_the_persons_key(bring):
    said = bring(
        "ann,,customer,2026-01-05,1250.50,heat pump",
        ",acme,Lost deal,2026-02-05T14:30,,",
        'bob,acme,REPEAT-PURCHASE,2026-03-05T14:30+00:00,"99,5",',
    )

    assert said.stdout == "3 rows read, 0 refused: 3 events new, 0 known already.\n"
    assert stored() == [
        (person_code("ann"), None, "customer", "2026-01-05T11:00:00+00:00", 1250.5),
        (None, "acme", "lost_deal", "2026-02-05T13:30:00+00:00", None),
        (person_code("bob"), "acme", "repeat_purchase", "2026-03-05T14:30:00+00:00", 99.5),
    ]


def test_the_same_file_twice_changes_nothing_and_a_longer_one_adds(bring):
    rows = ["ann,,customer,2026-01-05,,", "ann,,churn,2026-05-05,,"]
    bring(*rows[:1])

    assert bring(*rows[:1]).stdout.endswith("0 events new, 1 known already.\n")
    assert bring(*rows, rows[1]).stdout.endswith("1 events new, 2 known already.\n")
    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ann,,bought,2026-01-05,,", "kind", "this is none of: known_visitor, lead, customer,"),
        ("ann,,,2026-01-05,,", "kind", "this is blank"),
        ("ann,,lead,,,", "time", "this is blank"),
        (",,lead,2026-01-05,,", "person", "name the person, the account, or both"),
        (f"ann,,lead,{TOMORROW},,", "time", "this lies in the future"),
        ("ann,,lead,1812-01-05,,", "time", "this lies before 1900"),
        ("ann,,lead,05-01-2026,,", "time", "this is no time; write 2026-10-31,"),
        ("ann,,lead,2026-02-30,,", "time", "this is no time;"),
        ("ann,,lead,2026-01-05,-3,", "value", "this is below zero"),
        ("ann,,lead,2026-01-05,1.234,", "value", "this may mean thousands or decimals;"),
        ("ann,,lead,2026-01-05,€ 5,", "value", "this is no number;"),
        ("ann,,lead,2026-01-05,nan,", "value", "this is no number;"),
        (f"{'a' * 129},,lead,2026-01-05,,", "person", "this is longer than 128 characters"),
        (f"ann,,lead,2026-01-05,,{'x' * 121}", "product", "this is longer than 120 characters"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_reason_and_the_others_go_in(
    bring, tmp_path, row, column, reason
):
    report = tmp_path / "refused.csv"

    said = bring("bob,,lead,2026-01-05,,", row, more=("--refused", str(report)))

    assert said.stdout == "2 rows read, 1 refused: 1 events new, 0 known already.\n"
    with report.open(newline="") as file:
        refused = list(csv.DictReader(file))
    assert [(one["line"], one["column"]) for one in refused] == [("3", column)]
    assert refused[0]["reason"].startswith(reason)
    assert [event[0] for event in stored()] == [person_code("bob")]


def test_a_row_with_too_few_fields_is_refused(bring):
    said = bring("ann,,lead", "bob,,lead,2026-01-05,,")

    assert "2 rows read, 1 refused: 1 events new" in said.stdout
    assert "line 2" in said.stderr
    assert "3 fields where the header has 6" in said.stderr


def test_semicolons_other_names_and_columns_in_another_order_are_understood(bring):
    said = bring(
        "2026-01-05;customer;ann;x",
        header="Date;Kind;Person;Region",
        encoding="utf-8-sig",
    )

    assert "Not used: the columns Region." in said.stderr
    assert [event[0] for event in stored()] == [person_code("ann")]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("kind,time", "has no column “person” or “account”"),
        ("person,time", "has no column “kind”"),
        ("person,kind", "has no column “time”"),
        ("person,kind,time,date", "has two columns that say “time”"),
    ],
)
def test_a_file_without_its_columns_imports_nothing(bring, header, reason):
    assert reason in bring("a,b", header=header, exit_code=1).stderr
    assert stored() == []


def test_today_is_not_the_future_in_the_morning(bring, app):
    today = datetime.now(app.config["TIME_ZONE"]).date().isoformat()

    assert "1 events new" in bring(f"ann,,lead,{today},,").stdout


def test_all_events_of_a_person_are_removed_on_request(bring, runner):
    bring("ann,,lead,2026-01-05,,", "ann,acme,customer,2026-02-05,,", "bob,acme,lead,2026-01-05,,")

    asked = runner.invoke(args=["events", "remove", "--person", "ann"], input="n\n")
    assert asked.exit_code == 1
    assert len(stored()) == 3
    said = runner.invoke(args=["events", "remove", "--person", "ann", "--yes"]).output

    assert said == "2 events of person ann removed.\n"
    assert [event[0] for event in stored()] == [person_code("bob")]
    said = runner.invoke(args=["events", "remove", "--account", "acme", "--yes"]).output
    assert said == "1 events of account acme removed.\n"
    assert runner.invoke(args=["events", "remove"]).exit_code == 2


def test_the_events_are_listed_by_kind(bring, runner):
    assert "There are no events yet" in runner.invoke(args=["events", "list"]).output
    bring("ann,,lead,2026-01-05,,", "bob,,lead,2026-03-05,,", "bob,,churn,2026-04-05,,")

    assert runner.invoke(args=["events", "list"]).output == (
        "churn  1  2026-04-05 to 2026-04-05\nlead  2  2026-01-05 to 2026-03-05\n"
    )


def test_more_rows_than_go_in_at_once_all_go_in(bring):
    rows = [f"p{number},,lead,2026-01-05,," for number in range(2_500)]

    assert "2,500 events new" in bring(*rows).stdout
    assert "0 events new, 2,500 known" in bring(*rows).stdout
