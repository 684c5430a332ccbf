"""What the worker does for colleagues."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from actions.user import mail_password_link


def send_password_link(
    payload: dict[str, Any], now: datetime, _report_progress: Callable[[float], None]
) -> None:
    """Mail a link for a new password; nobody is behind an address that no colleague has."""
    mail_password_link(payload["user"], now)
