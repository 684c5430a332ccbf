"""What moment it is where the organisation is."""

from datetime import datetime

from flask import current_app


def this_month() -> str:
    """The month it is, "YYYY-MM"."""
    return f"{datetime.now(current_app.config['TIME_ZONE']):%Y-%m}"
