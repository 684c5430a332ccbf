"""Sending a month's summaries: planned once, begun once, and never two to one person.

A delivery is marked as begun, and that is committed, before the mail server hears of it. What then
surely did not reach it is begun again later; of what may have reached it, nobody knows: it stays
begun, is listed, and goes out again only by hand, with the same Message-ID.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, and_, exists, not_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from actions.summary_mail import mail_of
from extensions import db
from jobs.kinds import JobKind
from jobs.queue import put
from mail import deliver
from models import Delivery, Journey, Membership, Subscription, Summary, User
from vocabulary import Role

PATIENCE = timedelta(minutes=10)
"""After this time something begun is no longer on its way: its worker was stopped."""

Clock = Callable[[], datetime]


class NothingToResendError(Exception):
    """The delivery is not one whose fate is unknown, or was sent again already."""


class MailStillWaitsError(Exception):
    """Some mail was not taken yet; trying again is safe."""


class Tally(NamedTuple):
    """What became of a run: how many were sent, refused, may have arrived, or wait."""

    sent: int
    refused: int
    unknown: int
    waiting: int


def plan_deliveries(summary_id: int, now: datetime) -> int:
    """Freeze a summary and plan a delivery for each subscriber who has none of its month.

    Returns:
        How many deliveries of the month there are now.
    """
    summary = db.session.get_one(Summary, summary_id)
    journey_id, month = summary.journey_id, summary.month
    active = db.session.scalars(select(Subscription.id).where(_may_get(journey_id))).all()
    if active:
        freeze = update(Summary).where(Summary.id == summary_id, Summary.frozen_at.is_(None))
        db.session.execute(freeze.values(frozen_at=now))
        rows = [
            {
                "subscription_id": number,
                "month": month,
                "message_id": message_id(number, month),
                "planned_at": now,
                "attempts": 0,
            }
            for number in active
        ]
        dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
        db.session.execute(dialect.insert(Delivery).on_conflict_do_nothing(), rows)
    db.session.commit()
    return len(active)


def message_id(subscription_id: int, month: str) -> str:
    """The Message-ID of one subscriber's mail about one month: always the same, never guessed."""
    key = current_app.config["SECRET_KEY"].encode()
    name = f"summary:{subscription_id}:{month}".encode()
    digest = hmac.new(key, name, hashlib.sha256).hexdigest()[:32]
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"<{digest}@{host}>"


def send_waiting(journey_ids: Iterable[int], month: str, clock: Clock) -> Tally:
    """Send what waits of a month, one mail after the other, until the mail server is out of reach.

    Raises:
        MailNotConfiguredError: there is no mail server in the settings.
    """
    tally = {"sent": 0, "refused": 0, "unknown": 0}
    for number in _waiting(journey_ids, month):
        try:
            fate = _send(number, clock)
        except deliver.MailUnreachableError:
            break
        if fate:
            tally[fate] += 1
    return Tally(**tally, waiting=len(_waiting(journey_ids, month)))


def resend(delivery_id: int, now: datetime) -> None:
    """Send a mail again whose fate is unknown, by hand; soon, by the worker.

    Raises:
        NothingToResendError: its fate is known, or somebody was quicker.
    """
    delivery = db.session.get_one(Delivery, delivery_id)
    month = delivery.month
    journey_id = db.session.get_one(Subscription, delivery.subscription_id).journey_id
    released = (
        update(Delivery)
        .where(Delivery.id == delivery_id, is_unknown(now))
        .values(begun_at=None, error=None)
    )
    if not db.session.connection().execute(released).rowcount:
        db.session.rollback()
        raise NothingToResendError
    _put(journey_id, month, now)
    db.session.commit()


def ask_for_sending(journey_id: int, month: str, now: datetime) -> None:
    """Have what waits of a month sent soon, to new subscribers too."""
    _put(journey_id, month, now)
    db.session.commit()


def is_unknown(now: datetime) -> ColumnElement[bool]:
    """That nobody knows whether it arrived: the server fell silent, or the worker was stopped."""
    is_left = or_(Delivery.error.is_not(None), Delivery.begun_at < now - PATIENCE)
    return and_(_is_begun(), is_left)


def unknown_months(now: datetime) -> dict[int, list[str]]:
    """Per journey, by its number, the months with mail whose fate is unknown."""
    found = (
        select(Subscription.journey_id, Delivery.month)
        .join(Delivery, Delivery.subscription_id == Subscription.id)
        .where(is_unknown(now))
        .distinct()
        .order_by(Subscription.journey_id, Delivery.month)
    )
    months: dict[int, list[str]] = {}
    for journey_id, month in db.session.execute(found):
        months.setdefault(journey_id, []).append(month)
    return months


def _put(journey_id: int, month: str, now: datetime) -> None:
    """Add the job, in the caller's transaction."""
    key = db.session.get_one(Journey, journey_id).key
    put(JobKind.SEND_SUMMARIES, {"month": month, "journey": key}, now=now)


def _is_begun() -> ColumnElement[bool]:
    """Begun, and no more known."""
    return and_(
        Delivery.begun_at.is_not(None), Delivery.sent_at.is_(None), Delivery.refused_at.is_(None)
    )


def _may_get(journey_id: int | None = None) -> ColumnElement[bool]:
    """That a subscription is active and, if it is a colleague's, that they may see the journey.

    It is a colleague's when they asked for it, and when its address is theirs.
    """
    theirs = or_(User.id == Subscription.user_id, User.email == Subscription.email)
    is_member = exists().where(
        Membership.user_id == User.id, Membership.journey_id == Subscription.journey_id
    )
    sees = and_(User.active, or_(User.role == Role.ADMINISTRATOR, is_member))
    kept_out = exists().where(theirs, not_(sees))
    allowed = and_(Subscription.ended_at.is_(None), not_(kept_out))
    return allowed if journey_id is None else and_(Subscription.journey_id == journey_id, allowed)


def _waiting(journey_ids: Iterable[int], month: str) -> list[int]:
    """The deliveries that were not begun, in the order planned."""
    found = (
        select(Delivery.id)
        .join(Subscription, Delivery.subscription_id == Subscription.id)
        .where(
            Delivery.month == month,
            Delivery.begun_at.is_(None),
            Delivery.sent_at.is_(None),
            Delivery.refused_at.is_(None),
            Subscription.journey_id.in_(list(journey_ids)),
            _may_get(),
        )
        .order_by(Delivery.id)
    )
    numbers = list(db.session.scalars(found))
    db.session.rollback()
    return numbers


def _send(delivery_id: int, clock: Clock) -> str | None:
    """Send one mail and write down what became of it: its fate, or nothing when it waits on.

    Raises:
        MailUnreachableError: no mail server answers; it waits on.
        MailNotConfiguredError: there is none; it waits on.
    """
    message = mail_of(delivery_id, clock())
    begun = clock()
    if not _begin(delivery_id, begun):
        return None
    try:
        deliver.send(message, current_app.config["SMTP_URL"])
    except deliver.MailRefusedError as error:
        _note(delivery_id, begun, refused_at=clock(), error=str(error))
        return "refused"
    except deliver.MailFateUnknownError as error:
        _note(delivery_id, begun, error=str(error))
        return "unknown"
    except deliver.MailDeferredError as error:
        _note(delivery_id, begun, begun_at=None, error=str(error))
        return None
    except (deliver.MailUnreachableError, deliver.MailNotConfiguredError) as error:
        _note(delivery_id, begun, begun_at=None, error=str(error))
        raise
    _note(delivery_id, begun, sent_at=clock(), error=None)
    return "sent"


def _begin(delivery_id: int, now: datetime) -> bool:
    """Claim a delivery; whether it was still free, and still wanted."""
    wanted = exists().where(Subscription.id == Delivery.subscription_id, _may_get())
    free = update(Delivery).where(
        Delivery.id == delivery_id,
        Delivery.begun_at.is_(None),
        Delivery.sent_at.is_(None),
        Delivery.refused_at.is_(None),
        wanted,
    )
    claimed = db.session.connection().execute(
        free.values(begun_at=now, error=None, attempts=Delivery.attempts + 1)
    )
    db.session.commit()
    return bool(claimed.rowcount)


def _note(delivery_id: int, begun: datetime, **values: datetime | str | None) -> None:
    """Write down what became of a delivery, if it still is the one that we began."""
    ours = update(Delivery).where(Delivery.id == delivery_id, Delivery.begun_at == begun)
    db.session.execute(ours.values(**values))
    db.session.commit()
