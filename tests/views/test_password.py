"""A new password, by a mailed or a copied link."""

import re
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
import time_machine
from sqlalchemy import select

from actions.user import mail_password_link, make_link
from extensions import db
from models import Job, SignIn, User
from tests.factories import PASSWORD, make_organisation, make_user, sign_in_as

NEW = "drie groene tafels"


@pytest.fixture(autouse=True)
def _set_up(app):
    make_organisation(language="en")
    app.config.update(SMTP_URL="smtp://127.0.0.1:1", BASE_URL="https://survey.example.org")


@pytest.fixture
def sent(monkeypatch):
    """Messages that would have been sent."""
    messages = []
    monkeypatch.setattr("mail.deliver.send", lambda message, _url: messages.append(message))
    return messages


def path_of(link):
    assert link.startswith("https://survey.example.org/password/")
    return link.removeprefix("https://survey.example.org")


def choose(client, path, password=NEW):
    return client.post(path, data={"password": password, "again": password})


def test_asking_for_a_link_says_and_does_the_same_for_every_address(client):
    known = make_user(email="els@devries.example").id

    answers = [
        client.post("/password-link", data={"email": f"{who}@devries.example"})
        for who in ("els", "nobody")
    ]

    assert [(a.status_code, a.location) for a in answers] == [(303, "/password-link/sent")] * 2
    jobs = db.session.scalars(select(Job).order_by(Job.id)).all()
    assert [(job.kind, job.payload) for job in jobs] == [
        ("send_password_link", {"user": known}),
        ("send_password_link", {"user": 0}),
    ]


def test_asking_takes_equally_long_for_every_address(client):
    took = {"els": [], "nobody": []}
    for n in range(9):
        for who, times in took.items():
            email = f"{who}{n}@devries.example"
            if who == "els":
                make_user(email=email)
            began = process_time()
            client.post(
                "/password-link",
                data={"email": email},
                environ_base={"REMOTE_ADDR": f"192.0.2.{n}"},
            )
            times.append(process_time() - began)

    assert abs(min(took["els"]) - min(took["nobody"])) < 0.010


def test_the_mailed_link_is_built_from_the_configured_address_whatever_a_request_says(client, sent):
    user = make_user(email="els@devries.example", name="Els", language="en")
    client.post(
        "/password-link",
        data={"email": "els@devries.example"},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )

    mail_password_link(user.id, datetime.now(UTC))

    (message,) = sent
    links = re.findall(r"https?://\S+", message.get_body(("plain",)).get_content())
    assert [link.startswith("https://survey.example.org/password/") for link in links] == [True]
    assert "evil" not in message.as_string()
    assert (message["Subject"], message["To"]) == (
        "Choose a new password",
        "Els <els@devries.example>",
    )


def test_nobody_is_mailed_for_an_unknown_or_a_disabled_colleague(sent):
    mail_password_link(0, datetime.now(UTC))
    mail_password_link(make_user(active=False).id, datetime.now(UTC))

    assert sent == []


def test_a_link_works_once_and_ends_all_sessions(client, app):
    user = make_user(email="els@devries.example")
    elsewhere = app.test_client()
    sign_in_as(elsewhere, user)
    path = path_of(make_link(user))

    assert choose(client, path).location == "/"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 401
    assert choose(app.test_client(), path).status_code == 410

    given = {"email": "els@devries.example", "password": PASSWORD}
    assert app.test_client().post("/sign-in", data=given).status_code == 422
    assert app.test_client().post("/sign-in", data=given | {"password": NEW}).status_code == 303


def test_opening_a_link_a_hundred_times_uses_nothing_up(client):
    path = path_of(make_link(make_user(password=None)))
    for _ in range(50):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200

    assert choose(client, path).status_code == 303


@pytest.mark.parametrize(
    ("password", "hours", "status"),
    [(None, 167, 200), (None, 169, 410), ("set", 23, 200), ("set", 25, 410)],
)
def test_an_invitation_lasts_a_week_and_another_link_a_day(client, password, hours, status):
    path = path_of(make_link(make_user(password=password)))

    with time_machine.travel(datetime.now(UTC) + timedelta(hours=hours)):
        assert client.get(path).status_code == status


def test_a_new_invitation_replaces_the_older_one(client):
    user = make_user(password=None)
    older, newer = path_of(make_link(user)), path_of(make_link(user))

    assert client.get(older).status_code == 410
    assert client.get(newer).status_code == 200


@pytest.mark.parametrize("token", ["x", "a.b.c", "é" * 50, "W10.x.y"])
def test_an_invented_link_is_stale(client, token):
    assert client.get(f"/password/{token}").status_code == 410


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("seven77", "Use at least 8 characters."),
        ("x" * 201, "Use at most 200 characters."),
        ("Password123", "Many people use this password"),
        ("welkom01", "Many people use this password"),
    ],
)
def test_a_short_or_common_password_is_refused(client, password, said):
    user = make_user(password=None)

    page = choose(client, path_of(make_link(user)), password)

    assert said in page.text
    assert db.session.get(User, user.id).password is None


@pytest.mark.parametrize("password", ["vier blauwe fietsen", "zxkqvwpf", "Ω≈ç√∫˜µ≤", "  spaces  "])
def test_any_other_password_of_eight_characters_is_taken(client, password):
    assert choose(client, path_of(make_link(make_user(password=None))), password).status_code == 303


def test_a_colleague_changes_the_password_and_stays_signed_in_here_only(client, app):
    user = make_user()
    elsewhere = app.test_client()
    sign_in_as(client, user)
    sign_in_as(elsewhere, user)

    wrong = client.post("/account/password", data={"current": "x", "password": NEW, "again": NEW})
    right = client.post(
        "/account/password", data={"current": PASSWORD, "password": NEW, "again": NEW}
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "This is not your password." in wrong.text
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 401
    assert len(db.session.scalars(select(SignIn)).all()) == 1


def test_without_a_mail_server_the_page_says_what_to_do(client, app):
    app.config["SMTP_URL"] = ""

    page = client.get("/password-link").text

    assert "Ask an administrator for a link" in page
    assert "flask user link" in page
