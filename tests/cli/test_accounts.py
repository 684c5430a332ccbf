"""`flask accounts`: companies and who belongs to them, from a CRM's file."""

import csv

import pytest
from sqlalchemy import select

from actions.person_code import person_code
from extensions import db
from models import Account, Person

HEADER = "account,name,market,revenue,person,part"


@pytest.fixture
def bring(runner, tmp_path):
    """Imports rows; what was said."""

    def run(*rows, header=HEADER, exit_code=0):
        path = tmp_path / "accounts.csv"
        path.write_text("\n".join((header, *rows, "")))
        result = runner.invoke(args=["accounts", "import", str(path)])
        assert result.exit_code == exit_code, result.output
        return result

    return run


@pytest.fixture
def refused(tmp_path):
    """The refusals of the last import."""

    def read():
        with (tmp_path / "accounts.csv.refused.csv").open(newline="") as file:
            return [(one["line"], one["column"], one["reason"]) for one in csv.DictReader(file)]

    return read


def accounts():
    db.session.expire_all()
    found = db.session.scalars(select(Account).order_by(Account.key))
    return [(one.key, one.name, one.market and one.market.value, one.revenue) for one in found]


def persons():
    db.session.expire_all()
    found = select(Person, Account.key).join(Account, Account.id == Person.account_id)
    return {
        (person.key, account, person.part and person.part.value)
        for person, account in db.session.execute(found)
    }


def test_an_account_and_its_persons_are_stored(bring):
    said = bring(
        "acme,Acme Ltd,b2b,250000,ann,decision maker",
        "acme,Acme Ltd,b2b,250000,bob,User",
        "jansen,,,,,",
    )

    assert said.stdout == (
        "3 rows read, 0 refused: 2 accounts new, 0 changed; 2 persons new, 0 changed.\n"
    )
    assert accounts() == [
        ("acme", "Acme Ltd", "b2b", 250000.0),
        ("jansen", "jansen", None, None),
    ]
    assert persons() == {
        (person_code("ann"), "acme", "decision_maker"),
        (person_code("bob"), "acme", "user"),
    }


def test_the_same_file_twice_changes_nothing(bring):
    rows = ["acme,Acme Ltd,b2b,250000,ann,buyer", "acme,,,,bob,user"]
    bring(*rows)
    before = [one.updated_at for one in db.session.scalars(select(Account))]

    said = bring(*rows)

    assert said.stdout.endswith("0 accounts new, 0 changed; 0 persons new, 0 changed.\n")
    db.session.expire_all()
    assert [one.updated_at for one in db.session.scalars(select(Account))] == before


def test_a_later_file_updates_and_a_blank_cell_says_nothing(bring):
    bring("acme,Acme Ltd,b2b,250000,ann,buyer", "bolt,Bolt,,,,")

    said = bring("acme,Acme plc,,,ann,", "bolt,,,,ann2,gatekeeper")

    assert said.stdout.endswith("0 accounts new, 1 changed; 1 persons new, 0 changed.\n")
    assert accounts()[0] == ("acme", "Acme plc", "b2b", 250000.0)
    assert (person_code("ann"), "acme", "buyer") in persons()


def test_a_person_moves_to_another_account_with_a_later_file(bring):
    bring("acme,,,,ann,buyer", "bolt,,,,,")

    said = bring("bolt,,,,ann,")

    assert said.stdout.endswith("1 changed.\n")
    assert persons() == {(person_code("ann"), "bolt", "buyer")}


def test_rows_that_contradict_an_earlier_one_are_refused_whole(bring, refused):
    said = bring(
        "acme,Acme Ltd,b2b,100,ann,buyer",
        "acme,Acme plc,b2b,200,bob,user",
        "bolt,Bolt,,,ann,",
        "acme,,,,ann,user",
    )

    assert "4 rows read, 3 refused: 1 accounts new" in said.stdout
    assert refused() == [
        ("3", "name", "line 2 said “Acme Ltd”"),
        ("3", "revenue", "line 2 said “100.0”"),
        ("4", "account", "line 2 said “acme”"),
        ("5", "part", "line 2 said “buyer”"),
    ]
    assert persons() == {(person_code("ann"), "acme", "buyer")}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",Acme,,,,", "account", "this is blank"),
        ("acme,,b2g,,,", "market", "this is none of: b2b, b2c"),
        ("acme,,,much,,", "revenue", "this is no number; write it like 1234.50"),
        ("acme,,,-1,,", "revenue", "this is below zero"),
        ("acme,,,,ann,boss", "part", "this is none of: decision_maker, user, influencer,"),
        ("acme,,,,,user", "part", "whose part this is stands in the column person"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(bring, refused, row, column, reason):
    bring("good,,,,,", row)

    assert [(line, where) for line, where, _ in refused()] == [("3", column)]
    assert refused()[0][2].startswith(reason)
    assert [one[0] for one in accounts()] == ["good"]


def test_role_is_understood_for_part(bring):
    bring("acme,ann,gatekeeper", header="account,person,role")

    assert persons() == {(person_code("ann"), "acme", "gatekeeper")}


def test_the_accounts_are_listed_with_their_persons_by_part(bring, runner):
    assert "There are no accounts yet" in runner.invoke(args=["accounts", "list"]).output
    bring("acme,Acme,b2b,1000,ann,buyer", "acme,,,,bob,user", "acme,,,,cas,user", "bolt,,,,dee,")

    assert runner.invoke(args=["accounts", "list"]).output == (
        "acme  Acme  B2B  1,000.00  1 buyer, 2 user\nbolt  bolt  1 part unknown\n"
    )


def test_a_person_or_an_account_is_removed_on_request(bring, runner):
    bring("acme,,,,ann,buyer", "acme,,,,bob,user")

    said = runner.invoke(args=["accounts", "remove", "--person", "ann", "--yes"])

    assert said.output.startswith("Removed person ann.")
    assert persons() == {(person_code("bob"), "acme", "user")}
    again = runner.invoke(args=["accounts", "remove", "--person", "ann", "--yes"])
    assert (again.exit_code, "There is no person ann" in again.output) == (1, True)
    runner.invoke(args=["accounts", "remove", "--account", "acme", "--yes"])
    assert (accounts(), persons()) == ([], set())
