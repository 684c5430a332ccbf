"""Colleagues: inviting, mailing a link, changing a role, letting in and keeping out."""

import secrets
from collections.abc import Collection
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from actions.password import link_token
from address import public_url
from extensions import db
from mail import deliver
from mail.letter import Reader, compose
from models import Journey, Membership, Organisation, SignIn, User
from vocabulary import Role


class EmailTakenError(Exception):
    """A colleague has this e-mail address already."""


class LastAdministratorError(Exception):
    """Without this colleague nobody could administer the site."""


def invite_user(email: str, name: str, role: Role, language: str, now: datetime) -> User:
    """Add a colleague who has yet to choose a password by a link.

    Raises:
        EmailTakenError: a colleague has this address.
    """
    user = new_user(email, name, role, language, now)
    try:
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise EmailTakenError from error
    return user


def new_user(email: str, name: str, role: Role, language: str, now: datetime) -> User:
    """Add a colleague without a password, in the caller's transaction."""
    user = User(
        email=email.strip().lower(),
        name=name,
        role=role,
        language=language,
        fs_uniquifier=secrets.token_hex(32),
        created_at=now,
    )
    db.session.add(user)
    return user


def make_link(user: User) -> str:
    """A link by which a colleague chooses a password; an older invitation stops working.

    Who has a password keeps it, and their sessions, until the link is used.
    """
    if user.is_invited:
        user.fs_uniquifier = secrets.token_hex(32)
        db.session.commit()
    return public_url("password.choose", token=link_token(user))


def mail_invitation(user: User, inviter: str, link: str, now: datetime) -> None:
    """Mail an invitation.

    Raises:
        MailError: it was not, or not certainly, sent; the link can be copied instead.
    """
    reader = Reader(user.name, user.email, user.language)
    host = _host()
    db.session.commit()  # a slow mail server keeps no one waiting for the database
    message = compose(reader, host, "invitation", now, link=link, inviter=inviter)
    deliver.send(message, current_app.config["SMTP_URL"])


def mail_password_link(user_id: int, now: datetime) -> None:
    """Mail a colleague a link to choose a new password; work of the worker.

    Raises:
        MailError: it was not, or not certainly, sent.
    """
    user = db.session.get(User, user_id)
    if user is None or not user.active:
        return
    reader, link, host = Reader(user.name, user.email, user.language), make_link(user), _host()
    db.session.commit()
    message = compose(reader, host, "password_link", now, link=link)
    deliver.send(message, current_app.config["SMTP_URL"])


def edit_user(user: User, role: Role, is_active: bool, journey_ids: Collection[int]) -> None:
    """Change what a colleague may do: role, access at all, and which journeys they see.

    Who is kept out is out with their next click, and links made for them stop working.

    Raises:
        LastAdministratorError: nobody else could administer the site.
    """
    is_leaving = user.role is Role.ADMINISTRATOR and user.active
    if is_leaving and not (role is Role.ADMINISTRATOR and is_active) and _is_last(user):
        db.session.rollback()
        raise LastAdministratorError
    if user.active and not is_active:
        user.fs_uniquifier = secrets.token_hex(32)
        db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    user.role, user.active = role, is_active
    _set_memberships(user, journey_ids)
    db.session.commit()


def _is_last(user: User) -> bool:
    """Whether no other administrator can sign in; asked under a lock, for two may leave at once."""
    administrators = select(User).where(User.role == Role.ADMINISTRATOR, User.active)
    others = [
        other
        for other in db.session.scalars(administrators.with_for_update())
        if other.id != user.id and not other.is_invited
    ]
    return not others


def _set_memberships(user: User, journey_ids: Collection[int]) -> None:
    """Let a colleague see these journeys and no others, in the caller's transaction."""
    known = db.session.scalars(select(Journey.id).where(Journey.id.in_(journey_ids))).all()
    db.session.execute(delete(Membership).where(Membership.user_id == user.id))
    db.session.add_all(Membership(user_id=user.id, journey_id=key) for key in known)


def _host() -> str:
    """The name of the organisation, as the sender of mail."""
    organisation = db.session.get(Organisation, 1)
    return organisation.name if organisation else "Outsidein"
