"""The organisation's settings."""

from extensions import db
from tests.factories import make_organisation, make_user, sign_in_as

GIVEN = {"name": "Rijwiel BV", "contact": "020 123 45 67", "language": "en", "privacy_note": "Wij."}


def test_an_administrator_changes_them(client):
    ours = make_organisation(language="nl")
    sign_in_as(client, make_user())

    assert client.post("/organisation", data=GIVEN).status_code == 303

    db.session.expire_all()
    assert (ours.name, ours.contact, ours.language, ours.privacy_note) == tuple(
        GIVEN[key] for key in ("name", "contact", "language", "privacy_note")
    )
    assert "Rijwiel BV" in client.get("/organisation").text


def test_too_long_or_invisible_text_is_refused(client):
    make_organisation()
    sign_in_as(client, make_user())

    for wrong in (
        {"name": ""},
        {"name": "x" * 201},
        {"privacy_note": "a\x07b"},
        {"language": "xx"},
    ):
        assert client.post("/organisation", data=GIVEN | wrong).status_code == 422
    assert client.post("/organisation", data=GIVEN | {"privacy_note": "a\r\nb"}).status_code == 303


def test_an_invented_organisation_says_so_on_every_page(client):
    make_organisation(is_invented=True, name="Fietserij", language="en")

    said = "Demonstration: Fietserij is an invented company; all people and answers are made up."
    assert said in client.get("/sign-in").text
    assert said in client.get("/nowhere", headers={"Accept-Language": "en"}).text
