"""A colleague's own page."""

from extensions import db
from tests.factories import make_organisation, make_user, sign_in_as
from vocabulary import Role


def test_a_colleague_changes_name_and_language_and_nothing_else(client):
    make_organisation()
    user = make_user(Role.MANAGER, language="en", email="els@devries.example")
    sign_in_as(client, user)

    client.post(
        "/account",
        data={
            "name": " Els B. ",
            "language": "nl",
            "role": "administrator",
            "email": "x@y.example",
        },
    )

    db.session.expire_all()
    assert (user.name, user.language) == ("Els B.", "nl")
    assert (user.role, user.email) == (Role.MANAGER, "els@devries.example")


def test_a_name_with_a_line_break_or_nothing_in_it_is_refused(client):
    make_organisation()
    sign_in_as(client, make_user())

    for name in ("Els\nBcc: x", " ", "x" * 201, "Els\x07"):
        given = {"name": name, "language": "nl"}
        assert client.post("/account", data=given).status_code == 422


def test_a_name_is_shown_as_text(client):
    make_organisation()
    sign_in_as(client, make_user(name="<script>alert(1)</script>"))

    page = client.get("/account").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
