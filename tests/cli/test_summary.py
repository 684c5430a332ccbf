"""`flask summary send` and the worker's part in it."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from actions.delivery import MailStillWaitsError
from cli import summary_jobs
from extensions import db
from mail import deliver
from models import Delivery, Summary
from tests.factories import NOON, make_journey, make_organisation, make_user
from tests.mail_server import MailServer, free_port, hanging_up, serving
from tests.summaries import make_stages, make_subscription, make_summary

MONTH = "2026-10"


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def journey(app):
    make_organisation()
    journey = make_journey(key="home")
    make_stages(journey)
    return journey


def send(runner, *options):
    db.session.rollback()
    return runner.invoke(args=["summary", "send", *options])


def test_it_sends_to_every_subscriber_and_a_second_run_to_none(app, runner, journey):
    make_subscription(journey, "els@a.example")
    make_subscription(journey, "jan@b.example", language="en")
    with serving(MailServer(), app) as server:
        first, second = send(runner, "--month", MONTH), send(runner, "--month", MONTH)

    assert (first.exit_code, first.output) == (
        0,
        "home, 2026-10: 2 sent, 0 refused, 0 waiting.\n",
    )
    assert second.output == "home, 2026-10: 0 sent, 0 refused, 0 waiting.\n"
    assert server.readers == ["els@a.example", "jan@b.example"]
    assert [mail["Subject"] for mail in server.taken][1] == "October: no answers came in"


def test_the_last_closed_month_is_meant_when_none_is_named(app, runner, journey):
    make_subscription(journey)
    with serving(MailServer(), app):
        assert send(runner).output.startswith("home, 2026-10: 1 sent")


@pytest.mark.parametrize("month", ["2026-11", "2026-13", "october", "2099-01"])
def test_a_month_that_is_not_over_is_refused_and_nothing_is_kept(runner, journey, month):
    result = send(runner, "--month", month)

    assert result.exit_code == 1
    assert f"“{month}” is no month that is over in Europe/Amsterdam" in result.output
    assert db.session.query(Summary).count() == 0


def test_an_unknown_journey_is_refused(app, runner, journey):
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    result = send(runner, "--month", MONTH, "--journey", "away")

    assert result.exit_code == 1
    assert "There is no journey “away”" in result.output


def test_without_a_mail_server_it_says_what_to_do(runner, journey):
    make_subscription(journey)

    result = send(runner, "--month", MONTH)

    assert result.exit_code == 1
    assert "Set OUTSIDEIN_SMTP_URL" in result.output
    assert db.session.query(Delivery).count() == 0


def test_while_the_server_is_down_it_says_so_and_can_be_run_again(app, runner, journey):
    make_subscription(journey)
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"

    result = send(runner, "--month", MONTH)

    assert result.exit_code == 1
    assert "home, 2026-10: 0 sent, 0 refused, 1 waiting." in result.output
    assert "Run this again later: none go twice." in result.output


def test_out_writes_what_each_subscriber_would_get_and_sends_nothing(
    app, runner, journey, tmp_path
):
    make_subscription(journey, "els@a.example")
    make_subscription(journey, "weg@a.example", ended_at=NOON)
    with serving(MailServer(), app) as server:
        result = send(runner, "--month", MONTH, "--out", str(tmp_path / "mail"))

    assert result.output.endswith("mail; nothing was sent.\n")
    assert server.readers == []
    assert db.session.query(Delivery).count() == 0
    (file,) = (tmp_path / "mail").iterdir()
    assert file.name == "home-2026-10-els@a.example.eml"
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["To"] == "Els de Vries <els@a.example>"
    assert "/unsubscribe/" in mail["List-Unsubscribe"]


def test_out_writes_one_for_each_language_where_nobody_subscribed(runner, journey, tmp_path):
    send(runner, "--month", MONTH, "--journey", "home", "--out", str(tmp_path))

    names = sorted(file.name for file in tmp_path.glob("*.eml"))
    assert names == ["home-2026-10-en.eml", "home-2026-10-nl.eml"]


def test_the_mail_that_was_written_is_the_mail_that_is_sent(app, runner, journey, tmp_path):
    make_subscription(journey)
    send(runner, "--month", MONTH, "--out", str(tmp_path))
    with serving(MailServer(), app) as server:
        send(runner, "--month", MONTH)

    (file,) = tmp_path.glob("*.eml")
    written = message_from_bytes(file.read_bytes(), policy=default)
    (sent,) = server.taken
    for name in ("Message-ID", "Subject", "To", "List-Unsubscribe"):
        assert written[name] == sent[name]
    for kind in ("plain", "html"):
        texts = [mail.get_body((kind,)).get_content() for mail in (written, sent)]
        assert texts[0].splitlines() == texts[1].splitlines()


def test_the_job_of_the_month_fails_while_mail_waits_so_that_it_is_tried_again(
    app, journey, monkeypatch
):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    make_subscription(journey)
    db.session.rollback()
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"
    with pytest.raises(MailStillWaitsError, match="1 summaries wait"):
        summary_jobs.send_summaries({"month": MONTH}, NOON, lambda _share: None)

    with serving(MailServer(), app) as server:
        for _ in range(2):
            summary_jobs.send_summaries({"month": MONTH}, NOON, lambda _share: None)

    assert server.readers == ["els@devries.example"]


def test_the_job_of_the_month_is_done_where_there_is_no_mail_server(journey):
    make_subscription(journey)
    db.session.rollback()

    summary_jobs.send_summaries({"month": MONTH}, NOON, lambda _share: None)

    assert db.session.query(Delivery).count() == 0


def test_a_test_mail_goes_to_who_asked_and_counts_as_nothing(app, journey):
    user, summary = make_user(), make_summary(journey)
    payload = {"summary": summary.id, "user": user.id, "language": "en"}
    email = user.email
    db.session.rollback()
    with serving(MailServer(), app) as server:
        summary_jobs.send_test_summary(payload, datetime.now(UTC), lambda _share: None)

    (mail,) = server.taken
    assert mail["To"].addresses[0].addr_spec == email
    assert mail["Subject"].startswith("[Test] October:")
    assert mail["List-Unsubscribe"] is None
    assert db.session.query(Delivery).count() == 0
    assert db.session.get(Summary, payload["summary"]).is_frozen is False


def test_a_test_mail_that_may_have_arrived_is_not_repeated(app, journey):
    payload = {"summary": make_summary(journey).id, "user": make_user().id, "language": "en"}
    db.session.rollback()
    with hanging_up(app) as taken:
        later = NOON + timedelta(minutes=1)
        summary_jobs.send_test_summary(payload, later, lambda _share: None)

    assert len(taken) == 1
