"""Signing in and out: the only code that begins or ends a session."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask_security.utils import hash_password, verify_password
from sqlalchemy import delete, func, select

from extensions import db
from models import Attempt, SignIn, User

LONGEST = timedelta(hours=8)
WINDOW = timedelta(hours=1)
PER_ACCOUNT = 10
PER_ADDRESS = 20


class WrongCredentialsError(Exception):
    """No colleague may sign in with this e-mail address and this password."""


class TooManyAttemptsError(Exception):
    """More tries within an hour than a person needs."""


def sign_in(email: str, password: str, network_address: str, now: datetime) -> tuple[User, str]:
    """Begin a session for the colleague with this e-mail address and password.

    A known and an unknown address cost the same: one password is hashed or checked.

    Args:
        email: as typed.
        password: as typed.
        network_address: where the request comes from.
        now: the moment.

    Returns:
        The colleague, and the token of the session, of which only a hash is kept.

    Raises:
        TooManyAttemptsError: ten failed tries for the account or twenty from the address
            within the hour before.
        WrongCredentialsError: unknown, wrong, not yet accepted or disabled.
    """
    email = email.strip().lower()
    tries = count_tries("sign_in", email, network_address, now)
    is_right = is_password_of(db.session.scalar(select(User).where(User.email == email)), password)
    user = db.session.scalar(select(User).where(User.email == email, User.active))
    if not is_right or user is None:
        raise WrongCredentialsError
    forget_tries(tries)
    token = begin_session(user, now)
    db.session.commit()
    return user, token


def sign_out(token: str) -> None:
    """End the session with this token, here too: a copy of the cookie is worth nothing."""
    db.session.execute(delete(SignIn).where(SignIn.token_hash == hashed(token)))
    db.session.commit()


def count_tries(purpose: str, account: str, network_address: str, now: datetime) -> list[int]:
    """Write down a try before it is looked at, so that many at once count too.

    Args:
        purpose: what is tried; each is counted by itself.
        account: whose account is tried.
        network_address: where the request comes from.
        now: the moment.

    Returns:
        Keys of what was written, to be taken back when the try succeeds.

    Raises:
        TooManyAttemptsError: the try is one too many; it is not counted itself.
    """
    db.session.execute(delete(Attempt).where(Attempt.tried_at <= now - WINDOW))
    subjects = {
        hashed(f"{purpose}:account:{account}"): PER_ACCOUNT,
        hashed(f"{purpose}:address:{network_address}"): PER_ADDRESS,
    }
    attempts = [Attempt(subject=subject, tried_at=now) for subject in subjects]
    db.session.add_all(attempts)
    db.session.commit()
    keys = [attempt.id for attempt in attempts]
    for subject, most in subjects.items():
        n = select(func.count()).where(Attempt.subject == subject)
        if (db.session.scalar(n) or 0) > most:
            forget_tries(keys)
            db.session.commit()
            raise TooManyAttemptsError
    return keys


def forget_tries(keys: list[int]) -> None:
    """Take tries back, in the caller's transaction: a success is no guess."""
    db.session.execute(delete(Attempt).where(Attempt.id.in_(keys)))


def is_password_of(user: User | None, password: str) -> bool:
    """Whether this is the colleague's password; it takes as long if there is no colleague.

    The transaction is ended first: hashing takes long, and no one shall wait for it.
    """
    stored = user.password if user else None
    db.session.commit()
    if stored is None:
        hash_password(password)
        return False
    return bool(verify_password(password, stored))


def begin_session(user: User, now: datetime) -> str:
    """Note a new session, in the caller's transaction; sessions that are over are forgotten."""
    db.session.execute(delete(SignIn).where(SignIn.created_at <= now - LONGEST))
    token = secrets.token_urlsafe(32)
    db.session.add(SignIn(user_id=user.id, token_hash=hashed(token), created_at=now))
    return token


def hashed(token: str) -> str:
    """What is stored of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()
