"""Making a mail of a summary: for a subscriber, for a test, for a look."""

from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from actions.evidence import page_of
from actions.reading import reading
from actions.subscription import unsubscribe_link
from actions.summary import pictures_of
from address import public_url
from extensions import db
from insights.months import YEAR, months_before
from jobs.kinds import JobKind
from jobs.queue import put
from mail import deliver
from mail.letter import Reader
from mail.summary import Copy, Sheet, compose
from models import Delivery, Journey, Organisation, Subscription, Summary, User


def sheet_of(summary: Summary, journey_key: str) -> Sheet:
    """What every reader of a summary gets."""
    organisation = db.session.get(Organisation, 1)
    further = summary.content.get("further", [])
    year = {"from": months_before(summary.month, YEAR - 1), "to": summary.month}
    return Sheet(
        content=summary.content,
        as_of=summary.as_of,
        host=organisation.name if organisation else "Outsidein",
        contact=organisation.contact if organisation else "",
        is_invented=bool(organisation and organisation.is_invented),
        board=public_url("board.show", journey_key=journey_key, **year),
        evidence=[_evidence(summary, row, journey_key, year) for row in further],
    )


def _evidence(
    summary: Summary, row: Mapping[str, Any], journey_key: str, year: dict[str, str]
) -> str:
    """The address of what a finding rests on, of the same year where the page lets one choose."""
    endpoint, parts = page_of(row, journey_key, summary.content)
    return public_url(endpoint, **parts | ({} if "number" in parts else year))


def mail_of(delivery_id: int, now: datetime) -> EmailMessage:
    """The mail of one delivery, to be sent now; composed without a lock on the database."""
    with reading():
        subscription = joinedload(Delivery.subscription).joinedload(Subscription.journey)
        delivery = db.session.get_one(
            Delivery, delivery_id, options=[subscription], populate_existing=True
        )
        of_month = select(Summary).where(
            Summary.journey_id == delivery.subscription.journey_id,
            Summary.month == delivery.month,
        )
        summary = db.session.scalars(of_month).one()
        return mail_for(summary, delivery.subscription, delivery.message_id, now)


def mail_for(
    summary: Summary, subscription: Subscription, message_id: str, now: datetime
) -> EmailMessage:
    """A subscriber's mail; the subscription's journey is loaded."""
    copy = Copy(
        reader=Reader(subscription.name, subscription.email, subscription.language),
        pictures=pictures_of(summary.id, subscription.language),
        unsubscribe=unsubscribe_link(subscription.id),
        is_own_wish=subscription.user_id is not None,
    )
    sheet = sheet_of(summary, subscription.journey.key)
    return compose(sheet, copy, message_id, current_app.config["MAIL_FROM"], now)


def mail_to_nobody(
    summary: Summary, journey_key: str, language: str, now: datetime
) -> EmailMessage:
    """The mail as a subscriber would get it, addressed to the sender: to look at."""
    sender = current_app.config["MAIL_FROM"]
    copy = Copy(Reader("", sender, language), pictures_of(summary.id, language))
    return compose(sheet_of(summary, journey_key), copy, new_message_id(), sender, now)


def ask_for_test(summary_id: int, user_id: int, language: str, now: datetime) -> None:
    """Have a test mail sent to a colleague soon, by the worker."""
    payload = {"summary": summary_id, "user": user_id, "language": language}
    put(JobKind.SEND_TEST_SUMMARY, payload, now=now)
    db.session.commit()


def send_test(summary_id: int, user_id: int, language: str, now: datetime) -> None:
    """Mail a summary to one colleague, marked as a test; work of the worker.

    Raises:
        MailError: it was not, or not certainly, sent.
    """
    with reading():
        summary, user = db.session.get(Summary, summary_id), db.session.get(User, user_id)
        if summary is None or user is None or not user.active:
            return
        journey = db.session.get_one(Journey, summary.journey_id)
        reader = Reader(user.name, user.email, language)
        copy = Copy(reader, pictures_of(summary_id, language), is_test=True)
        sender = current_app.config["MAIL_FROM"]
        message = compose(sheet_of(summary, journey.key), copy, new_message_id(), sender, now)
    deliver.send(message, current_app.config["SMTP_URL"])


def new_message_id() -> str:
    """A Message-ID that no other mail has."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"<{uuid4().hex}@{host}>"
