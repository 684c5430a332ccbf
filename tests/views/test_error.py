"""Pages that say what is wrong and what to do next."""

import pytest
from flask import Blueprint, abort
from sqlalchemy.exc import OperationalError

from tests.factories import make_organisation
from views import guard

CODES = (400, 401, 403, 404, 405, 410, 413, 429, 500, 503)


@pytest.fixture(autouse=True)
def _breaking(app):
    """Routes that end in each way a route can end."""
    make_organisation(language="en")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    bp = Blueprint("breaking", __name__)

    @bp.get("/breaking/<int:code>")
    @guard.public
    def ended(code):
        abort(code)

    @bp.get("/breaking/database")
    @guard.public
    def database():
        raise OperationalError("SELECT secret", {}, Exception("disk full"))

    @bp.get("/breaking/code")
    @guard.public
    def code():
        raise ZeroDivisionError("secret")

    app._got_first_request = False
    app.register_blueprint(bp)


@pytest.mark.parametrize("code", CODES)
def test_each_has_a_heading_and_advice_of_its_own(client, code):
    page = client.get(f"/breaking/{code}")

    assert page.status_code == code
    heading = page.text.split("<h1>")[1].split("</h1>")[0]
    advice = page.text.split('<p class="lead">')[1].split("</p>")[0]
    others = {client.get(f"/breaking/{other}").text for other in CODES if other != code}
    assert not any(f"<h1>{heading}</h1>" in other for other in others)
    assert len(advice) > 20


def test_a_database_in_trouble_is_a_503_that_says_when_to_come_back(client):
    page = client.get("/breaking/database", headers={"Accept-Language": "en"})

    assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
    assert "This site is resting for a moment" in page.text
    assert "secret" not in page.text


def test_a_mistake_of_ours_shows_nothing_of_the_inside(client):
    page = client.get("/breaking/code")

    assert page.status_code == 500
    assert "secret" not in page.text
    assert "Traceback" not in page.text


def test_the_page_for_a_broken_site_asks_the_database_nothing(client, count_statements):
    count_statements.clear()
    client.get("/breaking/code", headers={"Accept-Language": "en"})

    assert [s for s in count_statements if s.startswith("SELECT")] == []


def test_a_form_that_was_left_open_says_that_nothing_was_changed(client, app):
    app.config["WTF_CSRF_ENABLED"] = True

    page = client.post("/sign-in", data={"email": "x", "password": "y"})

    assert page.status_code == 400
    assert "Nothing was changed." in page.text


def test_a_wrong_method_says_which_is_right(client):
    page = client.get("/sign-out")

    assert page.status_code == 405
    assert "POST" in page.headers["Allow"]
