"""The team page, an invitation, a colleague's rights."""

import re

import pytest
from sqlalchemy import select

from extensions import db
from mail.deliver import MailRefusedError
from models import Membership, User
from tests.factories import make_journey, make_membership, make_organisation, make_user, sign_in_as
from vocabulary import Role


@pytest.fixture
def anna(client):
    """The administrator, signed in."""
    make_organisation(language="en")
    anna = make_user(name="Anna", email="anna@devries.example")
    sign_in_as(client, anna)
    return anna


def rights(**given):
    return {"role": "owner", "is_active": "y"} | given


def test_an_analyst_sees_the_team_but_no_way_to_change_it(client):
    make_organisation()
    sign_in_as(client, make_user(Role.ANALYST, name="Bram"))

    page = client.get("/team")

    assert page.status_code == 200
    assert "Bram" in page.text
    assert "/team/" not in page.text


def test_an_invited_colleague_comes_in_by_the_copied_link(client, anna, app):
    given = {"name": "Els", "email": "els@devries.example", "role": "owner", "language": "nl"}
    to_colleague = client.post("/team/invitation", data=given).location

    page = client.post(f"{to_colleague}/link", data={"by": "copy"}).text
    (link,) = re.findall(r"http://127.0.0.1:8000(/password/[^<\s]+)", page)
    newcomer = app.test_client()
    chosen = {"password": "vier blauwe fietsen", "again": "vier blauwe fietsen"}

    assert newcomer.post(link, data=chosen).status_code == 303
    assert newcomer.get("/account").status_code == 200
    els = db.session.scalars(select(User).where(User.email == "els@devries.example")).one()
    assert (els.name, els.role, els.language) == ("Els", Role.OWNER, "nl")


def test_an_invitation_is_mailed_where_there_is_mail(client, anna, app, monkeypatch):
    sent = []
    monkeypatch.setattr("mail.deliver.send", lambda message, _url: sent.append(message))
    app.config.update(SMTP_URL="smtp://mail.example", BASE_URL="https://survey.example.org")
    els = make_user(Role.OWNER, name="Els", email="els@devries.example", password=None)
    client.set_cookie("session", client.get_cookie("session").value, domain="evil.example")

    page = client.post(
        f"/team/{els.id}/link", data={"by": "mail"}, headers={"Host": "evil.example"}
    ).text

    assert "The invitation is mailed to els@devries.example." in page
    (message,) = sent
    assert message["Subject"] == "Anna invites you to Outsidein"
    assert "https://survey.example.org/password/" in message.get_body(("plain",)).get_content()
    assert "evil.example" not in message.as_string() + page


def test_a_refused_invitation_says_so_and_shows_the_link(client, anna, app, monkeypatch):
    def refuse(_message, _url):
        raise MailRefusedError("550 no such mailbox")

    monkeypatch.setattr("mail.deliver.send", refuse)
    app.config["SMTP_URL"] = "smtp://mail.example"
    els = make_user(password=None)

    page = client.post(f"/team/{els.id}/link", data={"by": "mail"}).text

    assert "550 no such mailbox" in page
    assert "/password/" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "anna@devries.example"}, "A colleague has this e-mail address already."),
        ({"email": "els@"}, "This is not an e-mail address"),
        ({"email": "els@devries.example\nBcc: all@devries.example"}, "This is not an e-mail"),
        ({"name": "Els\r\nBcc: all@devries.example"}, "Keep this in one line"),
        ({"role": "king"}, "Not a valid choice"),
    ],
)
def test_a_wrong_invitation_is_refused(client, anna, given, said):
    right = {"name": "Els", "email": "els@devries.example", "role": "owner", "language": "nl"}

    page = client.post("/team/invitation", data=right | given)

    assert page.status_code == 422
    assert said in page.text
    assert len(db.session.scalars(select(User)).all()) == 1


def test_a_change_of_role_and_journeys_holds_at_once(client, anna, app):
    els, journey, other = make_user(Role.MANAGER), make_journey(), make_journey()
    make_membership(els, other)

    client.post(f"/team/{els.id}", data=rights(role="analyst", journeys=[journey.id]))

    db.session.expire_all()
    assert els.role is Role.ANALYST
    seen = db.session.scalars(select(Membership.journey_id).where(Membership.user_id == els.id))
    assert seen.all() == [journey.id]


def test_a_colleague_who_is_kept_out_loses_sessions_and_links(client, anna, app):
    els = make_user(Role.OWNER)
    theirs = app.test_client()
    sign_in_as(theirs, els)
    link = client.post(f"/team/{els.id}/link", data={"by": "copy"}).text
    path = re.findall(r"(/password/[^<\s]+)", link)[0]

    client.post(f"/team/{els.id}", data={"role": "owner"})
    assert theirs.get("/account").status_code == 401

    client.post(f"/team/{els.id}", data=rights())
    assert theirs.get("/account").status_code == 401
    assert theirs.get(path).status_code == 410


@pytest.mark.parametrize("given", [rights(), {"role": "administrator"}])
def test_the_last_administrator_stays(client, anna, given):
    make_user(Role.ADMINISTRATOR, active=False)
    make_user(Role.ADMINISTRATOR, password=None)

    page = client.post(f"/team/{anna.id}", data=given)

    assert page.status_code == 422
    assert "The site needs an administrator who can sign in" in page.text
    db.session.expire_all()
    assert (anna.role, anna.active) == (Role.ADMINISTRATOR, True)


def test_an_administrator_may_step_down_when_there_is_another(client, anna):
    make_user(Role.ADMINISTRATOR)

    assert client.post(f"/team/{anna.id}", data=rights()).status_code == 303
    assert client.get("/team").status_code == 403


def test_an_unknown_colleague_is_not_found(client, anna):
    assert client.get("/team/999").status_code == 404
    assert client.post("/team/999/link").status_code == 404
