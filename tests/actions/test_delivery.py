"""Sending summaries: each once, whatever the mail server does."""

import socket
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from actions import delivery as actions
from actions.delivery import Tally, plan_deliveries, send_waiting
from actions.subscription import decline, end_subscription
from extensions import db
from jobs.kinds import JobKind
from mail import deliver
from models import Delivery, Job, Subscription, Summary
from tests.factories import NOON, make_journey, make_membership, make_user
from tests.mail_server import MailServer, free_port, hanging_up, serving
from tests.summaries import make_subscription, make_summary
from vocabulary import Role

MONTH = "2026-10"


def clock():
    return NOON


def planned(*emails, **given):
    """A journey whose summary is planned for these readers."""
    journey = make_journey()
    for email in emails:
        make_subscription(journey, email, **given)
    plan_deliveries(make_summary(journey).id, NOON)
    return journey


def delivery():
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Delivery)).one()


def test_each_reader_gets_it_once_however_often_it_runs(app):
    journey = planned("els@a.example", "jan@b.example")
    with serving(MailServer(), app) as server:
        first = send_waiting([journey.id], MONTH, clock)
        plan_deliveries(db.session.scalar(select(Summary.id)), NOON)
        second = send_waiting([journey.id], MONTH, clock)

    assert server.readers == ["els@a.example", "jan@b.example"]
    assert (first, second) == (Tally(2, 0, 0, 0), Tally(0, 0, 0, 0))


def test_planning_freezes_the_summary_and_a_new_reader_still_gets_it(app):
    journey = planned("els@a.example")
    make_subscription(journey, "jan@b.example")
    number = db.session.scalar(select(Summary.id))

    with serving(MailServer(), app) as server:
        send_waiting([journey.id], MONTH, clock)
        plan_deliveries(number, NOON + timedelta(days=1))
        send_waiting([journey.id], MONTH, clock)

    assert server.readers == ["els@a.example", "jan@b.example"]
    assert db.session.get(Summary, number).frozen_at == NOON


def test_a_summary_without_readers_stays_open_for_change(app):
    planned()

    assert db.session.scalar(select(Summary)).is_frozen is False


def test_what_the_server_refuses_is_kept_with_the_reason_and_not_tried_again(app):
    journey = planned("els@a.example", "jan@b.example")
    refusing = MailServer(at_recipient="550 no such mailbox", for_whom="els@a.example")
    with serving(refusing, app) as server:
        first = send_waiting([journey.id], MONTH, clock)
        second = send_waiting([journey.id], MONTH, clock)

    assert (first, second) == (Tally(1, 1, 0, 0), Tally(0, 0, 0, 0))
    assert server.readers == ["jan@b.example"]
    refused = db.session.scalar(select(Delivery).where(Delivery.refused_at == NOON))
    assert refused.error == "550 no such mailbox"


@pytest.mark.parametrize("mood", [{"at_recipient": "451 later"}, {"at_message": "452 full"}])
def test_what_the_server_puts_off_is_tried_again_and_others_are_not_kept_waiting(app, mood):
    journey = planned("els@a.example", "jan@b.example")
    with serving(MailServer(**mood, for_whom="els@a.example"), app) as server:
        first = send_waiting([journey.id], MONTH, clock)
        server.at_recipient = server.at_message = "250 OK"
        second = send_waiting([journey.id], MONTH, clock)

    assert (first, second) == (Tally(1, 0, 0, 1), Tally(1, 0, 0, 0))
    assert server.readers == ["jan@b.example", "els@a.example"]


def test_while_the_server_is_down_all_waits_and_one_try_is_enough_to_know(app):
    journey = planned("els@a.example", "jan@b.example")
    app.config["SMTP_URL"] = f"smtp://127.0.0.1:{free_port()}"

    assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 0, 2)

    tried = db.session.scalars(select(Delivery.attempts).order_by(Delivery.id)).all()
    assert tried == [1, 0]
    with serving(MailServer(), app) as server:
        assert send_waiting([journey.id], MONTH, clock) == Tally(2, 0, 0, 0)
    assert server.readers == ["els@a.example", "jan@b.example"]


def test_a_server_that_stalls_is_left_soon_and_tried_again(app, monkeypatch):
    monkeypatch.setattr(deliver, "TIMEOUT_SECONDS", 0.2)
    journey = planned("els@a.example")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        app.config["SMTP_URL"] = f"smtp://127.0.0.1:{silent.getsockname()[1]}"

        assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 0, 1)

    assert delivery().begun_at is None
    assert "timed out" in delivery().error


def test_a_line_that_breaks_after_the_message_leaves_its_fate_unknown(app):
    journey = planned("els@a.example")
    with hanging_up(app) as taken:
        assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 1, 0)
    with serving(MailServer(), app) as server:
        assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 0, 0)

    assert (len(taken), server.readers) == (1, [])
    assert delivery().begun_at is not None
    assert (delivery().sent_at, delivery().refused_at) == (None, None)
    assert actions.unknown_months(NOON) == {journey.id: [MONTH]}


def test_only_a_hand_sends_it_again_with_the_same_message_id(app):
    journey = planned("els@a.example")
    with hanging_up(app) as taken:
        send_waiting([journey.id], MONTH, clock)
    identity = delivery().message_id

    actions.resend(delivery().id, NOON)
    with pytest.raises(actions.NothingToResendError):
        actions.resend(delivery().id, NOON)
    with serving(MailServer(), app) as server:
        send_waiting([journey.id], MONTH, clock)

    assert f"Message-ID: {identity}".encode() in taken[0]
    assert [message["Message-ID"] for message in server.taken] == [identity]
    job = db.session.scalars(select(Job)).one()
    assert (job.kind, job.payload) == (
        JobKind.SEND_SUMMARIES,
        {"month": MONTH, "journey": journey.key},
    )


def test_a_worker_that_died_leaves_an_unknown_fate_once_it_can_no_longer_be_at_work(app):
    journey = planned("els@a.example")
    delivery().begun_at = NOON
    db.session.commit()
    with serving(MailServer(), app) as server:
        assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 0, 0)

    assert server.readers == []
    assert actions.unknown_months(NOON + timedelta(minutes=9)) == {}
    assert actions.unknown_months(NOON + timedelta(minutes=11)) == {journey.id: [MONTH]}
    with pytest.raises(actions.NothingToResendError):
        actions.resend(delivery().id, NOON)


def test_two_workers_at_once_send_each_mail_once(app):
    journey = planned(*[f"reader{number}@a.example" for number in range(12)])
    number, together, tallies = journey.id, Barrier(3), []
    db.session.rollback()  # or this test would hold the lock its workers wait for

    def work():
        with app.app_context():
            together.wait()
            tallies.append(send_waiting([number], MONTH, clock))

    with serving(MailServer(), app) as server:
        threads = [Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(server.readers) == sorted({f"reader{n}@a.example" for n in range(12)})
    assert sum(tally.sent for tally in tallies) == 12


@pytest.mark.parametrize("end", [end_subscription, decline])
def test_who_unsubscribes_between_planning_and_sending_gets_none(app, end):
    journey = planned("els@a.example")
    end(db.session.scalar(select(Subscription)), NOON)

    with serving(MailServer(), app) as server:
        assert send_waiting([journey.id], MONTH, clock) == Tally(0, 0, 0, 0)

    assert server.readers == []


def test_a_colleague_who_may_no_longer_see_the_journey_gets_none(app):
    journey, other = make_journey(), make_journey()
    stays, left, out = (make_user(Role.MANAGER) for _ in range(3))
    administrator = make_user(Role.ADMINISTRATOR)
    make_membership(stays, journey)
    make_membership(left, other)
    make_membership(out, journey)
    out.active = False
    for user in (stays, left, out, administrator):
        make_subscription(journey, user.email, user_id=user.id)

    plan_deliveries(make_summary(journey).id, NOON)
    with serving(MailServer(), app) as server:
        send_waiting([journey.id], MONTH, clock)

    assert server.readers == [stays.email, administrator.email]


def test_a_colleague_added_by_address_is_kept_out_like_one_who_asked(app):
    journey = make_journey()
    stays, left, out = (make_user(Role.MANAGER) for _ in range(3))
    make_membership(stays, journey)
    make_membership(out, journey)
    out.active = False
    for email in (stays.email, left.email, out.email, "els@elsewhere.example"):
        make_subscription(journey, email)

    plan_deliveries(make_summary(journey).id, NOON)
    with serving(MailServer(), app) as server:
        send_waiting([journey.id], MONTH, clock)

    assert server.readers == [stays.email, "els@elsewhere.example"]


def test_without_a_mail_server_in_the_settings_all_waits(app):
    journey = planned("els@a.example")

    with pytest.raises(deliver.MailNotConfiguredError):
        send_waiting([journey.id], MONTH, clock)

    assert (delivery().begun_at, delivery().sent_at) == (None, None)
