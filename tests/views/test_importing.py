import pytest

from actions.importing import undo_import
from extensions import db
from jobs.kinds import JobKind
from models import Import, Job, Journey
from tests.factories import (
    NOON,
    make_journey,
    make_membership,
    make_organisation,
    make_user,
    sign_in_as,
)
from tests.importing import row, take_in, write
from vocabulary import Role


@pytest.fixture
def shop(client, tmp_path):
    """The shop's journey with one import, read by an analyst who is a member."""
    make_organisation(language="en")
    take_in(write(tmp_path, row(1), row(2), row(3, till=7)))
    journey = db.session.query(Journey).one()
    analyst = make_user(Role.ANALYST)
    make_membership(analyst, journey)
    sign_in_as(client, analyst)
    return journey


def test_imports_are_listed_with_their_counts(client, shop):
    text = client.get("/journeys/shop/imports").text
    assert "Till survey" in text
    assert "shop.csv" in text
    cells = [cell.split("<")[0] for cell in text.split('<td class="is-figure">')[1:]]
    assert cells == ["3", "2", "0", "1"]


def test_an_import_is_taken_back_with_one_button(client, shop):
    page = client.post("/journeys/shop/imports/1/undoing", follow_redirects=True).text
    assert "The import is taken back." in page
    assert "Taken back on" in page
    assert db.session.get(Import, 1).undone_at is not None
    assert db.session.query(Job).filter_by(kind=JobKind.CLEAR_IMPORT).count() == 1
    assert "/undoing" not in page


def test_looking_at_the_button_takes_nothing_back(client, shop):
    assert client.get("/journeys/shop/imports/1/undoing").status_code == 405
    assert db.session.get(Import, 1).undone_at is None


def test_an_import_of_another_journey_is_out_of_reach(client, shop):
    analyst = make_user(Role.ANALYST)
    make_membership(analyst, make_journey(key="other"))
    sign_in_as(client, analyst)
    assert client.post("/journeys/other/imports/1/undoing").status_code == 404
    assert client.get("/journeys/shop/imports").status_code == 404


def test_without_imports_the_page_says_how_to_make_one(client):
    make_organisation(language="en")
    make_journey(key="empty")
    sign_in_as(client, make_user())
    text = client.get("/journeys/empty/imports").text
    assert "flask answers import FILE.csv --mapping FILE.toml" in text


def test_the_page_costs_the_same_however_many_imports(client, shop, tmp_path, count_statements):
    def n_statements():
        count_statements.clear()
        client.get("/journeys/shop/imports")
        return len(count_statements)

    n_statements()
    of_one = n_statements()
    for number in range(10, 15):
        undo_import(take_in(write(tmp_path, row(number))).id, NOON)
    assert n_statements() == of_one
