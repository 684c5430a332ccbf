"""Setting up: the one-time code on the console, and the organisation with its first colleague."""

import hmac
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask_security.utils import hash_password
from sqlalchemy.exc import IntegrityError

from actions.sign_in import begin_session, count_tries, forget_tries, hashed
from actions.user import new_user
from extensions import db
from models import Organisation, User
from vocabulary import Role

_FILE = "setup_code"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


class WrongCodeError(Exception):
    """The code is not the one on the console."""


class AlreadySetUpError(Exception):
    """There is an organisation already."""


@dataclass(frozen=True)
class Beginning:
    """What the first visitor says: about the organisation, and about themselves."""

    organisation: str
    contact: str
    language: str
    name: str
    email: str
    password: str


def setup_code(home: Path) -> str | None:
    """A new code for the first visitor, to be printed where only the site's keeper sees it.

    Only its hash is kept, in the home folder; a code of an earlier start stops working.

    Returns:
        Three groups of four letters; none when the site is set up.
    """
    if is_set_up():
        return None
    code = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
    path = home / _FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(hashed(_plain(code)))
    return code


def is_set_up() -> bool:
    """Whether there is an organisation."""
    is_there = db.session.get(Organisation, 1) is not None
    db.session.rollback()
    return is_there


def set_up(
    home: Path, code: str, beginning: Beginning, network_address: str, now: datetime
) -> tuple[User, str]:
    """Make the organisation and its administrator, and begin their session.

    Returns:
        The administrator, and the token of the session.

    Raises:
        TooManyAttemptsError: codes were guessed at.
        WrongCodeError: the code is not the one on the console.
        AlreadySetUpError: someone was first.
    """
    if is_set_up():
        raise AlreadySetUpError
    tries = count_tries("setup", "setup", network_address, now)
    path = home / _FILE
    expected = path.read_text().strip() if path.is_file() else ""
    if not hmac.compare_digest(expected, hashed(_plain(code))):
        raise WrongCodeError
    password_hash = hash_password(beginning.password)
    forget_tries(tries)
    db.session.add(
        Organisation(
            id=1,
            name=beginning.organisation,
            language=beginning.language,
            contact=beginning.contact,
            created_at=now,
        )
    )
    given = (beginning.email, beginning.name, Role.ADMINISTRATOR, beginning.language)
    user = new_user(*given, now)
    user.password = password_hash
    try:
        db.session.flush()
        token = begin_session(user, now)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadySetUpError from error
    path.unlink(missing_ok=True)
    return user, token


def _plain(code: str) -> str:
    """The letters of a code, however they were typed."""
    return "".join(letter for letter in code.upper() if letter.isalnum())
