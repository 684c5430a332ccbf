"""Signing in and out."""

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
import time_machine
from sqlalchemy import select

from extensions import db
from models import Attempt, SignIn
from tests.factories import PASSWORD, make_organisation, make_user, sign_in_as
from vocabulary import Role

WRONG = "This e-mail address and this password do not go together."


@pytest.fixture(autouse=True)
def _set_up(app):
    make_organisation(language="en")


def send(client, email, password=PASSWORD, address="192.0.2.1", **options):
    return client.post(
        "/sign-in",
        data={"email": email, "password": password},
        environ_base={"REMOTE_ADDR": address},
        **options,
    )


def test_a_colleague_signs_in_whatever_the_case_of_the_address(client):
    user = make_user(Role.ANALYST, email="els@devries.example")

    answer = send(client, " Els@DeVries.example ")

    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/account").status_code == 200
    assert db.session.scalars(select(SignIn.user_id)).all() == [user.id]


def test_signing_in_leads_back_to_the_page_that_was_asked_for(client):
    make_user(email="els@devries.example")

    asked = client.get("/account?x=1", headers={"Accept": "text/html"})
    assert asked.location == "/sign-in?next=/account?x%3D1"

    answer = client.post(
        asked.location, data={"email": "els@devries.example", "password": PASSWORD}
    )
    assert answer.location == "/account?x=1"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    make_user(email="els@devries.example")

    answer = client.post(
        "/sign-in",
        query_string={"next": elsewhere},
        data={"email": "els@devries.example", "password": PASSWORD},
    )

    assert answer.location == "/"


def test_unknown_wrong_invited_and_disabled_look_the_same(client):
    make_user(email="known@devries.example")
    make_user(email="invited@devries.example", password=None)
    make_user(email="disabled@devries.example", active=False)

    pages = {
        send(client, "unknown@devries.example").text.replace("unknown@", "known@"),
        send(client, "known@devries.example", "wrong").text,
        send(client, "invited@devries.example").text.replace("invited@", "known@"),
        send(client, "disabled@devries.example").text.replace("disabled@", "known@"),
    }

    assert len(pages) == 1
    assert WRONG in pages.pop()
    assert client.get("/account", headers={"Accept": "text/html"}).status_code == 302


def test_a_wrong_password_and_an_unknown_address_take_equally_long(client, app):
    from flask_security.utils import hash_password

    make_user(email="known@devries.example", password=hash_password(PASSWORD))
    took = {"known": [], "unknown": []}

    for n in range(9):
        for who, times in took.items():
            began = process_time()
            send(client, f"{who}@devries.example", "wrong", address=f"192.0.2.{n}")
            times.append(process_time() - began)

    assert abs(min(took["known"]) - min(took["unknown"])) < 0.010


def test_the_eleventh_failed_try_for_an_account_within_an_hour_is_refused(client):
    make_user(email="els@devries.example")
    statuses = [
        send(client, "els@devries.example", "wrong", f"192.0.2.{n}").status_code for n in range(11)
    ]

    assert statuses == [422] * 10 + [429]
    assert send(client, "els@devries.example", address="192.0.2.99").status_code == 429
    assert send(client, "other@devries.example", address="192.0.2.99").status_code == 422

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        assert send(client, "els@devries.example").status_code == 303


def test_the_twenty_first_failed_try_from_an_address_is_refused_whatever_it_claims(client):
    statuses = [
        send(
            client, f"{n}@devries.example", headers={"X-Forwarded-For": f"198.51.100.{n}"}
        ).status_code
        for n in range(21)
    ]

    assert statuses == [422] * 20 + [429]


def test_successes_are_not_counted(client):
    make_user(email="els@devries.example")

    for _ in range(25):
        assert send(client, "els@devries.example").status_code == 303
        client.delete_cookie("session")

    assert db.session.scalars(select(Attempt)).all() == []


def test_a_session_ends_here_too_when_its_owner_signs_out(client, app):
    sign_in_as(client, make_user())
    stolen = client.get_cookie("session").value

    assert client.post("/sign-out").location == "/sign-in"

    client.set_cookie("session", stolen)
    assert client.get("/account", headers={"Accept": "application/json"}).status_code == 401
    assert db.session.scalars(select(SignIn)).all() == []


def test_signing_in_keeps_nothing_of_the_session_before(client):
    make_user(email="els@devries.example")
    with client.session_transaction() as session:
        session["planted"], session["sign_in"] = "x", "chosen by someone else"

    send(client, "els@devries.example")

    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["sign_in"] != "chosen by someone else"


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_session_ends_after_half_an_hour_of_nothing(client, minutes, status):
    sign_in_as(client, make_user())

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes)):
        page = client.get("/account", headers={"Accept": "text/html"})

    assert page.status_code == status


def test_a_session_ends_after_eight_hours_of_work(client):
    sign_in_as(client, make_user())
    began = datetime.now(UTC)

    statuses = []
    for n in range(1, 21):
        with time_machine.travel(began + timedelta(minutes=25 * n)):
            statuses.append(client.get("/account", headers={"Accept": "text/html"}).status_code)

    assert statuses == [200] * 19 + [302]  # 19 times 25 minutes is just under eight hours


def test_a_disabled_colleague_is_out_with_the_next_click(client):
    user = make_user()
    sign_in_as(client, user)
    assert client.get("/account").status_code == 200

    user.active = False

    assert client.get("/account", headers={"Accept": "text/html"}).status_code == 302


def test_a_page_asks_the_database_once_who_the_reader_is(client, count_statements):
    sign_in_as(client, make_user())
    count_statements.clear()

    client.get("/account")

    assert len([s for s in count_statements if " user" in s or '"user"' in s]) == 1
    assert len([s for s in count_statements if "FROM organisation" in s]) == 1


def test_passwords_are_kept_as_argon2id_with_19_mib_and_two_passes(app):
    from flask_security.utils import hash_password

    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_token_in_a_header_or_address_signs_nobody_in(client):
    token = make_user().get_auth_token()

    by_header = client.get("/account", headers={"Authentication-Token": token})
    by_address = client.get("/account", query_string={"auth_token": token})

    assert (by_header.status_code, by_address.status_code) == (401, 401)
