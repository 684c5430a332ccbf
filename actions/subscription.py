"""Who gets the monthly summary of a journey: beginning, ending, and ending from the mail itself."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import select

from address import public_url
from extensions import db
from models import Subscription, User

SALT = "unsubscribe"


class DeclinedError(Exception):
    """Who reads mail at this address ended it; only they themselves may begin again."""


class UnknownTokenError(Exception):
    """We did not make this token."""


def subscribe(  # noqa: PLR0913 -- who, what, in which language, by whom
    journey_id: int,
    email: str,
    name: str,
    language: str,
    now: datetime,
    *,
    user_id: int | None = None,
) -> Subscription:
    """Let an address get a journey's summary from now on; once, however often it is asked.

    A colleague's address is theirs whoever asks: they get it as long as they see the journey.

    Args:
        journey_id: which journey.
        email: the address.
        name: whose it is.
        language: of the mail.
        now: the moment.
        user_id: the colleague whose own address it is, where they ask for themselves.

    Raises:
        DeclinedError: they said no before, and it is not they who ask.
    """
    address = email.strip().lower()
    subscription = db.session.scalar(
        select(Subscription)
        .where(Subscription.journey_id == journey_id, Subscription.email == address)
        .with_for_update()
    )
    if subscription is None:
        subscription = Subscription(journey_id=journey_id, email=address, created_at=now)
        db.session.add(subscription)
    elif subscription.was_declined and user_id is None:
        db.session.rollback()
        raise DeclinedError
    subscription.name, subscription.language = name, language
    subscription.ended_at, subscription.was_declined = None, False
    colleague = select(User.id).where(User.email == address)
    subscription.user_id = user_id or db.session.scalar(colleague) or subscription.user_id
    db.session.commit()
    return subscription


def end_subscription(subscription: Subscription, now: datetime) -> None:
    """End a subscription, as a colleague; the address may be added again later."""
    if subscription.ended_at is None:
        subscription.ended_at = now
    db.session.commit()


def decline(subscription: Subscription, now: datetime) -> None:
    """End a subscription, as who gets the mail: no colleague may begin it again."""
    if subscription.ended_at is None:
        subscription.ended_at = now
    subscription.was_declined = True
    db.session.commit()


def resume(subscription: Subscription) -> None:
    """Begin again, as who ended it."""
    subscription.ended_at, subscription.was_declined = None, False
    db.session.commit()


def unsubscribe_link(subscription_id: int) -> str:
    """The address in the mail that ends this subscription; nobody can guess another's."""
    return public_url("subscription.leave", token=_signer().dumps(subscription_id))


def subscription_of(token: str) -> Subscription:
    """The subscription that a link is about.

    Raises:
        UnknownTokenError: the link was cut off or changed.
    """
    try:
        number = _signer().loads(token)
    except BadData as error:
        raise UnknownTokenError from error
    subscription = db.session.get(Subscription, number) if isinstance(number, int) else None
    if subscription is None:
        raise UnknownTokenError
    return subscription


def _signer() -> URLSafeSerializer:
    """Signs and checks the links of this installation."""
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=SALT)
