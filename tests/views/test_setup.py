"""The first visit to a new site."""

import pytest
from sqlalchemy import select

from actions.setup import setup_code
from extensions import db
from models import Organisation, User
from tests.factories import make_organisation
from vocabulary import Role

GIVEN = {
    "organisation": "Fietserij De Vries",
    "contact": "klant@devries.example",
    "language": "nl",
    "name": "Els",
    "email": "Els@devries.example",
    "password": "vier blauwe fietsen",
    "again": "vier blauwe fietsen",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/account", "/team"])
def test_every_page_leads_to_the_set_up_until_it_is_done(client, path):
    page = client.get(path, headers={"Accept": "text/html"})

    assert (page.status_code, page.location) == (302, "/setup")


def test_the_code_from_the_console_makes_the_organisation_and_signs_its_administrator_in(
    client, app
):
    code = setup_code(app.config["HOME"])

    answer = client.post("/setup", data=GIVEN | {"code": code.lower().replace("-", " ")})

    assert (answer.status_code, answer.location) == (303, "/")
    ours = db.session.get(Organisation, 1)
    assert (ours.name, ours.language, ours.is_invented) == ("Fietserij De Vries", "nl", False)
    user = db.session.scalars(select(User)).one()
    assert (user.email, user.role) == ("els@devries.example", Role.ADMINISTRATOR)
    assert client.get("/account").status_code == 200
    assert not (app.config["HOME"] / "setup_code").exists()


def test_a_wrong_or_older_code_sets_nothing_up(client, app):
    older = setup_code(app.config["HOME"])
    setup_code(app.config["HOME"])

    for code in (older, "AAAA-AAAA-AAAA", "é"):
        assert client.post("/setup", data=GIVEN | {"code": code}).status_code == 422

    assert db.session.scalars(select(User)).all() == []


def test_without_a_code_no_code_is_right(client):
    assert client.post("/setup", data=GIVEN | {"code": "x"}).status_code == 422


def test_codes_cannot_be_tried_at_will(client, app):
    code = setup_code(app.config["HOME"])
    statuses = [
        client.post("/setup", data=GIVEN | {"code": f"X{n}"}).status_code for n in range(11)
    ]

    assert statuses == [422] * 10 + [429]
    assert client.post("/setup", data=GIVEN | {"code": code}).status_code == 429


def test_a_site_is_set_up_once(client, app):
    code = setup_code(app.config["HOME"])
    make_organisation()

    assert client.get("/setup").location == "/sign-in"
    assert client.post("/setup", data=GIVEN | {"code": code}).location == "/sign-in"
    assert setup_code(app.config["HOME"]) is None
    assert db.session.scalars(select(User)).all() == []


def test_the_code_is_kept_as_a_hash_that_others_cannot_read(app):
    code = setup_code(app.config["HOME"])
    path = app.config["HOME"] / "setup_code"

    assert code.replace("-", "") not in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
