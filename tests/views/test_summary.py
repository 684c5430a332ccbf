"""The page of the monthly summary: the mail as it is sent, and what became of it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from actions.delivery import plan_deliveries
from extensions import db
from jobs.kinds import JobKind
from models import Delivery, Job
from tests.factories import (
    NOON,
    make_journey,
    make_membership,
    make_organisation,
    make_user,
    sign_in_as,
)
from tests.summaries import make_subscription, make_summary
from views.mail_policy import policy_of
from vocabulary import Role

PAGE = "/journeys/home/summary?month=2026-10&language=en"
MAIL = "/journeys/home/summary/mail?month=2026-10&language=en"


@pytest.fixture
def journey(app):
    make_organisation()
    return make_journey(key="home")


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def analyst(journey, client):
    user = make_user(Role.ANALYST)
    make_membership(user, journey)
    sign_in_as(client, user)
    return user


def jobs():
    db.session.rollback()
    return [(job.kind, job.payload) for job in db.session.scalars(select(Job).order_by(Job.id))]


def test_a_month_that_was_not_composed_offers_to_do_so(journey, analyst, client):
    page = client.get(PAGE).text
    assert "has not been composed yet" in page

    answer = client.post("/journeys/home/summary/compositions", data={"month": "2026-10"})

    assert answer.status_code == 303
    assert jobs() == [(JobKind.COMPOSE_SUMMARY, {"journey": "home", "month": "2026-10"})]


def test_the_page_shows_subject_text_and_the_mail_in_a_frame(journey, analyst, client):
    make_summary(journey)

    answer = client.get(PAGE)

    assert "October: Retention fell 6.1 points to 61; no other change is proven" in answer.text
    assert "THE JOURNEY, STAGE BY STAGE" in answer.text
    assert f'src="{MAIL.replace("&", "&amp;")}"' in answer.text
    assert 'sandbox="allow-popups' in answer.text
    assert answer.headers["Content-Security-Policy"].endswith("; frame-src 'self'")


def test_the_mail_stands_alone_and_nothing_in_it_can_run(journey, analyst, client):
    make_summary(journey)

    answer = client.get(MAIL)

    policy = answer.headers["Content-Security-Policy"]
    assert "script" not in policy
    assert "'unsafe-inline'" not in policy
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert policy == policy_of(answer.text)
    assert answer.text.count('src="data:image/png;base64,') == 2
    assert "cid:" not in answer.text


def test_the_policy_names_each_style_and_only_those():
    policy = policy_of('<p style="color:red">a</p><p style="color:red">b</p><style>x{}</style>')

    assert len(re.findall(r"'sha256-[^']+'", policy)) == 2
    assert "style-src-attr 'unsafe-hashes' 'sha256-" in policy


@pytest.mark.parametrize("month", ["2026-11", "2031-01", "x", "../etc"])
def test_only_closed_months_can_be_looked_at(journey, analyst, client, month):
    assert client.get("/journeys/home/summary", query_string={"month": month}).status_code == 404
    form = {"month": month}
    assert client.post("/journeys/home/summary/compositions", data=form).status_code == 400


def test_without_a_mail_server_the_page_says_what_to_do_and_sends_nothing(journey, analyst, client):
    summary = make_summary(journey)
    make_subscription(journey)
    plan_deliveries(summary.id, NOON)

    assert "sets OUTSIDEIN_SMTP_URL" in client.get(PAGE).text
    for place in ("test-mails", "sendings", f"deliveries/{1}/resendings"):
        client.post(f"/journeys/home/summary/{place}", data={"month": "2026-10"})
    assert jobs() == []
    assert "Nothing was sent: there is no mail server yet." in client.get(PAGE).text


def test_a_test_mail_and_sending_now_are_left_to_the_worker(app, journey, analyst, client):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    summary = make_summary(journey)
    form = {"month": "2026-10", "language": "en"}

    client.post("/journeys/home/summary/test-mails", data=form)
    client.post("/journeys/home/summary/sendings", data=form)

    test = {"summary": summary.id, "user": analyst.id, "language": "en"}
    assert jobs() == [
        (JobKind.SEND_TEST_SUMMARY, test),
        (JobKind.SEND_SUMMARIES, {"month": "2026-10", "journey": "home"}),
    ]


@pytest.mark.parametrize(
    ("fate", "said"),
    [
        ({}, "waiting"),
        ({"error": "451 later"}, "waiting; the last try met: 451 later"),
        ({"begun_at": NOON}, "on its way"),
        ({"begun_at": NOON, "error": "silence"}, "nobody knows whether it arrived"),
        ({"begun_at": NOON - timedelta(minutes=11)}, "nobody knows whether it arrived"),
        ({"begun_at": NOON, "sent_at": NOON}, "sent on"),
        (
            {"begun_at": NOON, "refused_at": NOON, "error": "550 nobody here"},
            "refused by the mail server: 550 nobody here",
        ),
    ],
)
@pytest.mark.usefixtures("analyst")
def test_what_became_of_each_mail_is_listed(app, journey, client, fate, said):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    make_subscription(journey)
    plan_deliveries(make_summary(journey).id, NOON)
    delivery = db.session.query(Delivery).one()
    for name, value in fate.items():
        setattr(delivery, name, value)
    db.session.commit()

    page = client.get(PAGE).text

    assert said in page
    assert ("Send again" in page) == ("nobody knows" in said)


def test_a_mail_of_unknown_fate_is_pointed_at_from_other_months_and_from_the_jobs(
    journey, analyst, client
):
    make_subscription(journey)
    plan_deliveries(make_summary(journey).id, NOON)
    page = "/journeys/home/summary?month=2026-10"
    assert f'href="{page}#readers"' not in client.get(page).text
    db.session.query(Delivery).one().begun_at = NOON - timedelta(minutes=11)
    db.session.commit()

    assert f'href="{page}#readers"' in client.get(page).text
    assert "Nobody knows whether some summaries arrived" in client.get("/jobs/").text


def test_a_mail_of_unknown_fate_is_sent_again_by_hand_once(app, journey, analyst, client):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    make_subscription(journey)
    plan_deliveries(make_summary(journey).id, NOON)
    delivery = db.session.query(Delivery).one()
    delivery.begun_at, delivery.error = NOON, "silence"
    db.session.commit()
    path = f"/journeys/home/summary/deliveries/{delivery.id}/resendings"

    client.post(path, data={"month": "2026-10"})
    client.post(path, data={"month": "2026-10"})

    assert jobs() == [(JobKind.SEND_SUMMARIES, {"month": "2026-10", "journey": "home"})]


def test_a_mail_of_another_journey_is_out_of_reach(app, journey, analyst, client):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    other = make_journey()
    make_subscription(other, "geheim@elders.example")
    plan_deliveries(make_summary(other).id, NOON)
    number = db.session.query(Delivery).one().id

    answer = client.post(f"/journeys/home/summary/deliveries/{number}/resendings")

    assert answer.status_code == 404
    assert "geheim@elders.example" not in client.get(PAGE).text


@pytest.mark.parametrize("role", [Role.OWNER, Role.MANAGER])
def test_addresses_of_others_are_for_who_looks_after_the_list(journey, client, role):
    user = make_user(role)
    make_membership(user, journey)
    make_subscription(journey, "geheim@elders.example")
    sign_in_as(client, user)

    page = client.get(PAGE)

    assert page.status_code == 200
    assert "geheim@elders.example" not in page.text


def test_a_frozen_summary_stays_as_it_was_mailed(journey, analyst, client):
    make_summary(journey, frozen_at=datetime(2026, 11, 1, 6, tzinfo=UTC))

    page = client.get(PAGE).text

    assert "it stays as it was mailed" in page
    assert "Compose it anew" not in page


def test_each_further_finding_leads_to_its_evidence_of_the_same_year(journey, analyst, client):
    make_summary(journey)

    page = client.get(MAIL).text

    found = re.findall(r'<a class="proof"[^>]*?href="https?://[^/]+/journeys/home/([^"]+)"', page)
    year = "?from=2025-11&amp;to=2026-10"
    assert found == [
        "improvements/3",
        f"gap{year}",
        f"reading{year}#clashes",
        f"accounts{year}",
        "improvements/4",
    ]
