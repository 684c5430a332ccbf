"""Every setting: its name, default and meaning, read from the environment.

docs/operations.md lists the same table; a house test holds the two together.
"""

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent


class Setting(NamedTuple):
    """One environment variable."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("PORT", "8000", "Port the web server listens on."),
    Setting("OUTSIDEIN_BIND", "127.0.0.1", "Network address the web server listens on."),
    Setting("OUTSIDEIN_HOME", "instance", "Folder that holds all state."),
    Setting("OUTSIDEIN_DATABASE_URL", "", "Database; by default SQLite in the home folder."),
    Setting(
        "OUTSIDEIN_BASE_URL", "", "Address in every mailed link; by default http://127.0.0.1:PORT."
    ),
    Setting(
        "OUTSIDEIN_SMTP_URL", "", "Mail server: smtp://user:password@host:587 or smtps://...:465."
    ),
    Setting(
        "OUTSIDEIN_MAIL_FROM", "", "Sender of mail; by default outsidein@ the host of the base URL."
    ),
    Setting(
        "OUTSIDEIN_TRUSTED_PROXIES",
        "0",
        "Number of reverse proxies in front whose headers are believed.",
    ),
    Setting("OUTSIDEIN_TIME_ZONE", "Europe/Amsterdam", "Time zone in which months end."),
    Setting(
        "OUTSIDEIN_SECRET_KEY", "", "Signs links and sessions; made on first start if not given."
    ),
    Setting("OUTSIDEIN_WEB_WORKERS", "2", "Web server processes."),
    Setting("OUTSIDEIN_IMPORT_LIMIT", "200", "Largest file of answers to import, in megabytes."),
)


FIXED = {
    "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "PERMANENT_SESSION_LIFETIME": timedelta(hours=8),
    "BABEL_DEFAULT_LOCALE": "nl",
    "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "translations"),
}
"""What is the same on every installation."""


class ConfigurationError(Exception):
    """A setting that cannot be used; the message says what to do."""


def load(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Read all settings into Flask's configuration.

    Args:
        environ: variables; by default the process's own.

    Raises:
        ConfigurationError: a value cannot be used.
    """
    given = os.environ if environ is None else environ
    value = {s.name: (given.get(s.name) or s.default).strip() for s in SETTINGS}
    home = (ROOT / value["OUTSIDEIN_HOME"]).resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # what people said is nobody else's
    port = _whole_number("PORT", value["PORT"])
    base_url = (value["OUTSIDEIN_BASE_URL"] or f"http://127.0.0.1:{port}").rstrip("/")
    address = urlsplit(base_url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise ConfigurationError("OUTSIDEIN_BASE_URL must look like https://survey.example.org.")
    is_secure = address.scheme == "https"
    key = value["OUTSIDEIN_SECRET_KEY"] or _kept_secret(home / "secret_key")
    return FIXED | {
        "PORT": port,
        "BIND": value["OUTSIDEIN_BIND"],
        "HOME": home,
        "BASE_URL": base_url,
        "SQLALCHEMY_DATABASE_URI": value["OUTSIDEIN_DATABASE_URL"]
        or f"sqlite:///{home}/outsidein.db",
        "SMTP_URL": value["OUTSIDEIN_SMTP_URL"],
        "MAIL_FROM": value["OUTSIDEIN_MAIL_FROM"] or f"outsidein@{address.hostname}",
        "TRUSTED_PROXIES": _whole_number(
            "OUTSIDEIN_TRUSTED_PROXIES", value["OUTSIDEIN_TRUSTED_PROXIES"]
        ),
        "TIME_ZONE": _time_zone(value["OUTSIDEIN_TIME_ZONE"]),
        "WEB_WORKERS": _whole_number("OUTSIDEIN_WEB_WORKERS", value["OUTSIDEIN_WEB_WORKERS"]),
        "IMPORT_LIMIT": 1_000_000
        * _whole_number("OUTSIDEIN_IMPORT_LIMIT", value["OUTSIDEIN_IMPORT_LIMIT"]),
        "SECRET_KEY": key,
        "SESSION_COOKIE_NAME": "__Host-session" if is_secure else "session",
        "SESSION_COOKIE_SECURE": is_secure,
        "BABEL_DEFAULT_TIMEZONE": value["OUTSIDEIN_TIME_ZONE"],
        "SECURITY_PASSWORD_SALT": key,
    }


def _whole_number(name: str, text: str) -> int:
    """Read a number that may not be negative."""
    if not text.isdigit():
        raise ConfigurationError(f"{name} must be a whole number, not “{text}”.")
    return int(text)


def _time_zone(name: str) -> ZoneInfo:
    """Look a time zone up by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigurationError(f"OUTSIDEIN_TIME_ZONE: there is no time zone “{name}”.") from error


def _kept_secret(path: Path) -> str:
    """Read the secret kept in the home folder, made on the first start.

    Two processes starting together agree: the first to create the file wins.
    """
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
