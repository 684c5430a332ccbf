"""What an administrator reads about a job that failed: one line, and no secret in it."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy.exc import DBAPIError

LONGEST = 300

PASSWORD_IN_ADDRESS = re.compile(r"(://[^/@\s:]*):[^/@\s]+@")


def describe(error: BaseException, settings: Mapping[str, Any]) -> str:
    r"""Put an error into one line, without passwords, keys and the values of a statement.

    Only the first line is taken: databases and validators repeat what people wrote further down.

    Args:
        error: what went wrong.
        settings: the app's, whose secrets are masked.

    Example:
        >>> describe(OSError("no way to smtp://ann:pw@mail.example.org\nDETAIL: x"), {})
        'OSError: no way to smtp://ann:***@mail.example.org'
    """
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    lines = str(cause).strip().splitlines() or [""]
    text = f"{type(cause).__name__}: {lines[0]}".rstrip(": ")
    for secret in _secrets(settings):
        text = text.replace(secret, "***")
    return PASSWORD_IN_ADDRESS.sub(r"\1:***@", text)[:LONGEST]


def _secrets(settings: Mapping[str, Any]) -> list[str]:
    """What may never be shown, the longest first."""
    known = [str(settings.get("SECRET_KEY") or "")]
    for name in ("SMTP_URL", "SQLALCHEMY_DATABASE_URI"):
        password = urlsplit(str(settings.get(name) or "")).password or ""
        known += [password, unquote(password)]
    return sorted({secret for secret in known if secret}, key=len, reverse=True)
