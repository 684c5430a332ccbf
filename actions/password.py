"""Passwords: choosing one by a link, changing one, asking for a link."""

import secrets
from datetime import datetime

from flask_security.proxies import _security
from flask_security.utils import hash_password
from itsdangerous import BadSignature
from sqlalchemy import delete, select

from actions.sign_in import begin_session, count_tries, forget_tries, is_password_of
from extensions import db
from jobs import queue
from jobs.kinds import JobKind
from models import SignIn, User

DAY_SECONDS = 24 * 60 * 60
LINK_SECONDS = DAY_SECONDS
INVITATION_SECONDS = 7 * DAY_SECONDS


class StaleLinkError(Exception):
    """A link that was used, replaced, is too old, or was never ours."""


class WrongPasswordError(Exception):
    """The password given as the present one is another."""


def link_token(user: User) -> str:
    """A token for a link that lets this colleague choose a password, once."""
    return str(_security.reset_serializer.dumps([user.fs_uniquifier]))


def user_of_link(token: str) -> User:
    """The colleague a link was made for.

    An invitation lives for a week, a link for a forgotten password for a day. Each is bound to
    the colleague's present uniquifier, which a new password, a new invitation and being disabled
    replace.

    Raises:
        StaleLinkError: the link is no longer, or never was, good.
    """
    try:
        (uniquifier,) = _security.reset_serializer.loads(token, max_age=INVITATION_SECONDS)
    except (BadSignature, ValueError, TypeError) as error:
        raise StaleLinkError from error
    found = select(User).where(User.fs_uniquifier == uniquifier, User.active)
    user: User | None = db.session.scalar(found)
    if user is None:
        raise StaleLinkError
    if not user.is_invited:
        try:
            _security.reset_serializer.loads(token, max_age=LINK_SECONDS)
        except BadSignature as error:
            raise StaleLinkError from error
    return user


def choose_password(token: str, password: str, now: datetime) -> tuple[User, str]:
    """Give the colleague of a link a password, end all their sessions and begin a new one.

    Returns:
        The colleague, and the token of the new session.

    Raises:
        StaleLinkError: the link is no longer, or never was, good.
    """
    user = user_of_link(token)
    db.session.commit()
    hash_ = hash_password(password)
    user = user_of_link(token)  # as the database has it now: of two who come together, one wins
    _replace(user, hash_)
    session = begin_session(user, now)
    db.session.commit()
    return user, session


def change_password(
    user: User, current: str, password: str, network_address: str, now: datetime
) -> str:
    """Give a colleague who knows their password another one; all other sessions end.

    Returns:
        The token of the new session.

    Raises:
        TooManyAttemptsError: the present password was guessed at too often.
        WrongPasswordError: the present password is another.
    """
    tries = count_tries("password", user.email, network_address, now)
    if not is_password_of(user, current):
        raise WrongPasswordError
    hash_ = hash_password(password)
    forget_tries(tries)
    _replace(user, hash_)
    session = begin_session(user, now)
    db.session.commit()
    return session


def ask_for_link(email: str, network_address: str, now: datetime) -> None:
    """Have a link for a new password mailed, if a colleague has this address.

    A job is put for every address, and mailing is left to the worker, so that asking takes equally
    long whoever is asked for.

    Raises:
        TooManyAttemptsError: asked for too often.
    """
    email = email.strip().lower()
    count_tries("link", email, network_address, now)
    known = db.session.scalar(select(User.id).where(User.email == email, User.active))
    queue.put(JobKind.SEND_PASSWORD_LINK, {"user": known or 0}, now=now)
    db.session.commit()


def _replace(user: User, hash_: str) -> None:
    """Store a new password; links and sessions of before are worth nothing from here on."""
    user.password = hash_
    user.fs_uniquifier = secrets.token_hex(32)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))
